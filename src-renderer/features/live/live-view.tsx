import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DashboardPage } from '../../../src-core/contract/ipc.ts';
import type { LiveView as View } from '../../../src-core/contract/work.ts';
import { useIsOlder } from '../../data/clock.ts';
import { FormatContext, formatFor, useFormat } from '../../data/format-context.ts';
import { STALE_AFTER_MS } from '../../data/status.ts';
import { type ReadOlder, useEventList } from '../../data/use-event-list.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { NoWork } from '../../ui/no-work.tsx';
import { Pill } from '../../ui/pill.tsx';
import { type Reading, ReadingPage } from '../../ui/reading-page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { InFlight } from './in-flight.tsx';
import styles from './live.module.css';
import { Pulse } from './pulse.tsx';
import { countKinds, KINDS, type Kind, newerThan, streamRows } from './select.ts';
import { Stream } from './stream.tsx';
import { text } from './text.ts';

/** Events in one reading: more than come in the second between two. */
export const LIVE_PAGE = 400;

/** What the live page shows and what it can ask for. */
export interface LiveProps {
  readonly reading: Reading<View>;
  readonly isInstalled: boolean;
  readonly isNarrow: boolean;
  readonly filter: ReactNode;
  readonly readOlder: ReadOlder;
  readonly onSession: (sessionId: string) => void;
  readonly onShowAll: () => void;
  readonly onOpen: (page: DashboardPage) => void;
}

/** Events as they happen, newest last. */
export function LiveView(props: LiveProps) {
  const [isFollowing, setFollowing] = useState(true);
  const { view } = props.reading;
  const format = view === undefined ? null : formatFor(view.timeZone);
  useSpaceKey(() => setFollowing((is) => !is));
  const sessions = view?.pulse.sessions ?? 0;
  const hasEvents = view !== undefined && view.events.length > 0;
  return (
    <FormatContext value={format}>
      <ReadingPage
        title={text.title}
        sub={
          format === null
            ? undefined
            : sessions === 0
              ? text.noSession
              : text.sub(sessions, format.count(sessions))
        }
        reading={props.reading}
        isBare
        tools={
          <>
            {hasEvents && (
              <Button
                title={isFollowing ? text.holdTitle : text.followTitle}
                onPress={() => setFollowing(!isFollowing)}
              >
                <Icon name={isFollowing ? 'pause' : 'play'} />
                {isFollowing ? text.hold : text.follow}
              </Button>
            )}
            {props.filter}
          </>
        }
        skeleton={
          <div className={styles.waitingForMain}>
            <Skeleton rows={5} />
          </div>
        }
      >
        {(shown) =>
          shown.events.length === 0 ? (
            <NoWork
              isInstalled={props.isInstalled}
              isNarrow={props.isNarrow}
              empty={text.empty}
              hasRange={false}
              onInstall={() => props.onOpen('install')}
              onShowAll={props.onShowAll}
            />
          ) : (
            <Content {...props} view={shown} isFollowing={isFollowing} onFollow={setFollowing} />
          )
        }
      </ReadingPage>
    </FormatContext>
  );
}

function Content(
  props: LiveProps & {
    readonly view: View;
    readonly isFollowing: boolean;
    readonly onFollow: (isFollowing: boolean) => void;
  },
) {
  const { view, isFollowing } = props;
  const format = useFormat();
  const list = useEventList(view.events, LIVE_PAGE, props.readOlder);
  const [kind, setKind] = useState<Kind>('all');
  // While the list is held it ends with the event that was the newest then.
  const held = useRef<string | null>(null);
  if (isFollowing) held.current = list.events[0]?.id ?? null;
  const newer = newerThan(list.events, held.current);
  const shown = useMemo(
    () => (isFollowing ? list.events : list.events.slice(newer)),
    [list.events, isFollowing, newer],
  );
  const counts = useMemo(() => countKinds(shown), [shown]);
  const rows = useMemo(() => streamRows(shown, kind), [shown, kind]);
  const isStale = useIsOlder(view.health.dataAt, STALE_AFTER_MS);
  const follow = useCallback((is: boolean) => props.onFollow(is), [props.onFollow]);
  return (
    <>
      <Pulse view={view} isStale={isStale} />
      <fieldset className={styles.pills} aria-label={text.kindsLabel}>
        {KINDS.map((each) => (
          <Pill
            key={each}
            label={text.kinds[each]}
            count={format.count(counts[each])}
            isOn={each === kind}
            onPress={() => setKind(each)}
          />
        ))}
      </fieldset>
      <Stream
        rows={rows}
        newer={newer}
        isFollowing={isFollowing}
        onFollow={follow}
        head={
          <div className={styles.head}>
            {rows.length === 0 && <p>{text.noneOfKind}</p>}
            {list.problem !== null && <p role="alert">{text.olderFailed(list.problem)}</p>}
            {!list.isWhole && (
              <Button size="small" isDisabled={list.isLoading} onPress={list.loadOlder}>
                {list.isLoading
                  ? text.loading
                  : list.problem === null
                    ? text.loadOlder
                    : text.tryAgain}
              </Button>
            )}
          </div>
        }
      />
      <InFlight items={view.inFlight} onSession={props.onSession} />
    </>
  );
}

/** Space holds the list and lets it go on, unless a control has the focus that uses Space itself. */
function useSpaceKey(press: () => void): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isControl = (event.target as Element).closest('button, input, select, dialog') !== null;
      if (event.key !== ' ' || event.defaultPrevented || isControl) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
