import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useFormat } from '../../data/format-context.ts';
import { Button } from '../../ui/button.tsx';
import { EventItem } from '../../ui/event-item.tsx';
import styles from './live.module.css';
import type { StreamRow } from './select.ts';
import { text } from './text.ts';

const ROW_PX = 26;
/** So close to its end the list counts as being there. */
const AT_END_PX = 8;

/** The rows that can be seen, of however many there are; the newest stands last. */
export function Stream(props: {
  readonly rows: readonly StreamRow[];
  readonly newer: number;
  readonly isFollowing: boolean;
  /** Stands above the oldest row. */
  readonly head: ReactNode;
  readonly onFollow: (isFollowing: boolean) => void;
}) {
  const { rows, isFollowing, onFollow } = props;
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.event.id ?? index,
    overscan: 12,
  });
  useStayInPlace(scroller, rows);
  const total = virtual.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new height is what moves the end.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (isFollowing && element !== null) element.scrollTop = element.scrollHeight;
  }, [isFollowing, total]);

  const toggle = useCallback(
    (id: string) => {
      setOpenId((open) => (open === id ? null : id));
      // Who reads one event does not want it to move away.
      onFollow(false);
    },
    [onFollow],
  );
  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX;
    if (isAtEnd && openId === null && !isFollowing && props.newer === 0) onFollow(true);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Escape' && openId !== null) {
      setOpenId(null);
      event.preventDefault();
    } else if (walk(event, scroller, rows.length, (index) => virtual.scrollToIndex(index))) {
      onFollow(false);
      event.preventDefault();
    }
  };
  return (
    <div className={styles.streamFrame}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk the buttons within. */}
      <div
        ref={scroller}
        className={styles.stream}
        onScroll={onScroll}
        onWheel={(event) => event.deltaY < 0 && onFollow(false)}
        onKeyDown={onKeyDown}
      >
        {props.head}
        {/* biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, and ol would have none. */}
        <div role="list" aria-label={text.list} className={styles.rows} style={{ height: total }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: see above.
              <div
                key={item.key}
                ref={virtual.measureElement}
                role="listitem"
                data-index={item.index}
                aria-setsize={rows.length}
                aria-posinset={item.index + 1}
                className={clsx(styles.streamRow, row.isTurn && styles.turn)}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <EventItem
                  event={row.event}
                  isOpen={row.event.id === openId}
                  isSub={row.isSub}
                  onToggle={toggle}
                />
              </div>
            );
          })}
        </div>
      </div>
      {!isFollowing && (
        <div className={styles.newer}>
          <Button
            onPress={() => {
              setOpenId(null);
              onFollow(true);
            }}
          >
            {props.newer > 0 ? text.newer(props.newer, format.count(props.newer)) : text.toNewest}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Keeps what is read where it is when older rows come in above it. */
function useStayInPlace(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly StreamRow[],
): void {
  const first = useRef<string | null>(null);
  useLayoutEffect(() => {
    const before = first.current;
    first.current = rows[0]?.event.id ?? null;
    const added = before === null ? 0 : rows.findIndex(({ event }) => event.id === before);
    if (added > 0 && scroller.current !== null) scroller.current.scrollTop += added * ROW_PX;
  }, [rows, scroller]);
}

/** Moves the focus from row to row, also to one that has not been drawn yet. */
function walk(
  { key, target }: KeyboardEvent<HTMLElement>,
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  show: (index: number) => void,
): boolean {
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  const from = (target as HTMLElement).closest('[data-index]')?.getAttribute('data-index');
  if (step === 0 || from === null || from === undefined) return false;
  const index = Math.min(count - 1, Math.max(0, Number(from) + step));
  show(index);
  requestAnimationFrame(() => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row]`);
    row?.focus({ focusVisible: true } as FocusOptions);
  });
  return true;
}
