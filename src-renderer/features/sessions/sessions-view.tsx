import clsx from 'clsx';
import type { KeyboardEvent, ReactNode } from 'react';
import type { DashboardPage } from '../../../src-core/contract/ipc.ts';
import type { SessionRow, SessionsView as View } from '../../../src-core/contract/work.ts';
import { useNow } from '../../data/clock.ts';
import { FormatContext, formatFor, useFormat } from '../../data/format-context.ts';
import { spanWords } from '../../data/span-words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { NoWork } from '../../ui/no-work.tsx';
import { type Reading, ReadingPage } from '../../ui/reading-page.tsx';
import { Shape } from '../../ui/shape.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import textStyles from '../../ui/text.module.css';
import { walkRows } from '../../ui/walk-rows.ts';
import styles from './sessions.module.css';
import { text } from './text.ts';

/** Sessions in one reading. */
export const SESSIONS_PAGE = 100;

/** What the list of sessions shows and what it can ask for. */
export interface SessionsProps {
  readonly reading: Reading<View>;
  readonly isInstalled: boolean;
  readonly isNarrow: boolean;
  readonly filter: ReactNode;
  /** Shows more of them; absent where no more can be shown. */
  readonly onMore: (() => void) | undefined;
  readonly onSession: (sessionId: string) => void;
  readonly onShowAll: () => void;
  readonly onOpen: (page: DashboardPage) => void;
}

/** The sessions of a range, newest first. */
export function SessionsView(props: SessionsProps) {
  const { view } = props.reading;
  const format = view === undefined ? null : formatFor(view.timeZone);
  return (
    <FormatContext value={format}>
      <ReadingPage
        title={text.title}
        sub={view === undefined || format === null ? undefined : spanWords(view.range, format)}
        reading={props.reading}
        tools={props.filter}
        skeleton={
          <Card title={text.title}>
            <Skeleton rows={5} />
          </Card>
        }
      >
        {(shown) =>
          shown.sessions.length === 0 ? (
            <NoWork
              isInstalled={props.isInstalled}
              isNarrow={props.isNarrow}
              empty={text.empty}
              hasRange
              onInstall={() => props.onOpen('install')}
              onShowAll={props.onShowAll}
            />
          ) : (
            <List {...props} view={shown} />
          )
        }
      </ReadingPage>
    </FormatContext>
  );
}

function List(props: SessionsProps & { readonly view: View }) {
  const format = useFormat();
  const { sessions, total } = props.view;
  const { head } = text;
  const rest = total - sessions.length;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (walkRows(event.nativeEvent, event.currentTarget)) event.preventDefault();
  };
  const counts = [head.prompts, head.calls, head.errors, head.agents];
  return (
    <Card title={text.list} note={text.total(total, format.count(total))} isFlush>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk the buttons within. */}
      <div onKeyDown={onKeyDown}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={clsx(styles.columnName, styles.begin)}>
                {head.begin}
              </th>
              <th scope="col" className={styles.columnName}>
                {head.project}
              </th>
              <th scope="col" className={clsx(styles.columnName, styles.model)}>
                {head.model}
              </th>
              <th scope="col" className={clsx(styles.columnName, styles.numberColumn)}>
                {head.length}
              </th>
              <th scope="col" className={clsx(styles.columnName, styles.numberColumn)}>
                {head.active}
              </th>
              {counts.map((name) => (
                <th key={name} scope="col" className={clsx(styles.columnName, styles.countColumn)}>
                  {name}
                </th>
              ))}
              <th scope="col" className={clsx(styles.columnName, styles.end)}>
                {head.end}
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <Row key={session.sessionId} session={session} onOpen={props.onSession} />
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && (
        <div className={styles.more}>
          {text.rest(rest, format.count(rest))}
          {props.onMore !== undefined && (
            <Button size="small" onPress={props.onMore}>
              {text.showMore}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}

function Row(props: {
  readonly session: SessionRow;
  readonly onOpen: (sessionId: string) => void;
}) {
  const { session } = props;
  const format = useFormat();
  const now = useNow();
  const end = session.end ?? 'open';
  const counts = [session.prompts, session.calls, session.errors, session.agents];
  return (
    <tr className={styles.row}>
      <td className={clsx(styles.cell, styles.soft, styles.begin)}>
        {format.moment(session.fromAt, now)}
      </td>
      <th scope="row" className={styles.cell}>
        <button
          type="button"
          className={clsx(styles.project, textStyles.truncate)}
          data-row=""
          onClick={() => props.onOpen(session.sessionId)}
        >
          {session.project ?? text.noProject}
        </button>
      </th>
      <td
        className={clsx(styles.cell, styles.soft, styles.model, textStyles.truncate)}
        title={session.model ?? undefined}
      >
        {session.model ?? '–'}
      </td>
      <td className={clsx(styles.cell, styles.numberColumn)}>
        {format.roughly((session.end === null ? now : session.toAt) - session.fromAt)}
      </td>
      <td className={clsx(styles.cell, styles.numberColumn)}>{format.roughly(session.activeMs)}</td>
      {counts.map((count, index) => (
        <td
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change places.
          key={index}
          className={clsx(
            styles.cell,
            styles.countColumn,
            count === 0 && styles.zero,
            index === 2 && count > 0 && styles.bad,
          )}
        >
          {format.count(count)}
        </td>
      ))}
      <td className={clsx(styles.cell, styles.soft, styles.end)} title={text.endTitles[end]}>
        <Shape name={end === 'open' ? 'running' : end === 'told' ? 'pass' : 'quiet'} />
        {text.ends[end]}
      </td>
    </tr>
  );
}
