import clsx from 'clsx';
import { useState } from 'react';
import type { GlanceView, LiveSession } from '../../../src-core/contract/views.ts';
import { useNow } from '../../data/clock.ts';
import { useFormat } from '../../data/format-context.ts';
import { Shape } from '../../ui/shape.tsx';
import textStyles from '../../ui/text.module.css';
import styles from './lists.module.css';
import { holdOrder, orderSessions } from './select.ts';
import { text } from './text.ts';

const MOST_SHOWN = 5;
const SHAPES = {
  running: 'running',
  waiting: 'waiting',
  idle: 'quiet',
  ended: 'quiet',
} as const;

/** Open sessions, two lines each; while the pointer or focus is here their order is held. */
export function LiveSessions(props: {
  readonly sessions: readonly LiveSession[];
  readonly yesterday: GlanceView['yesterday'];
  readonly onOpen: (sessionId: string) => void;
}) {
  const format = useFormat();
  const [heldIds, setHeldIds] = useState<readonly string[] | null>(null);
  const sessions =
    heldIds === null ? orderSessions(props.sessions) : holdOrder(heldIds, props.sessions);
  const hold = (): void => setHeldIds((ids) => ids ?? sessions.map((each) => each.sessionId));
  const release = (): void => setHeldIds(null);
  const { yesterday } = props;
  return (
    <section className={styles.section} aria-labelledby="live-sessions">
      <h2 id="live-sessions" className={styles.sectionTitle}>
        {text.liveSessions}
      </h2>
      {sessions.length === 0 && (
        <p className={styles.none}>
          {yesterday === null
            ? text.noneOpen
            : text.yesterday(
                format.count(yesterday.calls),
                format.count(yesterday.sessions),
                format.count(yesterday.errors),
              )}
        </p>
      )}
      {sessions.length > 0 && (
        <ul
          className={styles.list}
          onPointerEnter={hold}
          onPointerLeave={release}
          onFocus={hold}
          onBlur={release}
        >
          {sessions.slice(0, MOST_SHOWN).map((session) => (
            <li key={session.sessionId}>
              <SessionRow session={session} onOpen={() => props.onOpen(session.sessionId)} />
            </li>
          ))}
        </ul>
      )}
      {sessions.length > MOST_SHOWN && (
        <p className={styles.none}>{text.moreSessions(sessions.length - MOST_SHOWN)}</p>
      )}
    </section>
  );
}

function sinceWords(state: LiveSession['state'], age: string): string {
  switch (state) {
    case 'waiting':
      return text.waiting(age);
    case 'idle':
      return text.idle(age);
    case 'ended':
      return text.ended(age);
    case 'running':
      return age;
  }
}

function SessionRow(props: { readonly session: LiveSession; readonly onOpen: () => void }) {
  const { session } = props;
  const age = useFormat().elapsed(useNow() - session.sinceAt);
  const isWaiting = session.state === 'waiting';
  const since = sinceWords(session.state, age);
  return (
    <button
      type="button"
      className={clsx(styles.session, isWaiting && styles.waiting)}
      data-row=""
      onClick={props.onOpen}
    >
      <Shape name={SHAPES[session.state]} label={text.states[session.state]} />
      <span className={clsx(styles.sessionName, textStyles.truncate)}>
        {session.project ?? text.noProject}
      </span>
      <span className={styles.sessionSince}>{since}</span>
      {(session.what !== null || session.detail !== null) && (
        <span className={styles.sessionWhat}>
          {session.what !== null && <span className={styles.noWrap}>{session.what}</span>}
          <code className={textStyles.truncate}>{session.detail}</code>
        </span>
      )}
    </button>
  );
}
