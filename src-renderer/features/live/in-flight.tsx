import clsx from 'clsx';
import type { InFlight as Item } from '../../../src-core/contract/work.ts';
import { useNow } from '../../data/clock.ts';
import { useFormat } from '../../data/format-context.ts';
import { Shape } from '../../ui/shape.tsx';
import textStyles from '../../ui/text.module.css';
import styles from './live.module.css';
import { text } from './text.ts';

/** What has begun and not ended, pinned below the stream: who waits for the user first. */
export function InFlight(props: {
  readonly items: readonly Item[];
  readonly onSession: (sessionId: string) => void;
}) {
  if (props.items.length === 0) return null;
  return (
    <section className={styles.flight} aria-labelledby="in-flight">
      <h2 id="in-flight" className={styles.flightTitle}>
        {text.inFlight}
      </h2>
      <ul>
        {props.items.map((item) => (
          <li key={item.key}>
            <Row item={item} onOpen={() => props.onSession(item.sessionId)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row(props: { readonly item: Item; readonly onOpen: () => void }) {
  const { item } = props;
  const format = useFormat();
  const age = format.elapsed(useNow() - item.at);
  const time = format.clockExact(item.at);
  const isWaiting = item.state === 'waiting';
  return (
    <button
      type="button"
      className={clsx(styles.flightRow, isWaiting && styles.waiting)}
      data-row=""
      onClick={props.onOpen}
    >
      <span className={styles.flightTime}>{time.seconds}</span>
      <Shape name={item.state} />
      <span className={clsx(styles.flightName, textStyles.truncate)}>{item.what ?? '–'}</span>
      <span className={styles.flightDetail}>
        <code className={textStyles.truncate}>{item.detail}</code>
        {isWaiting && <span className={styles.needsYou}>{text.needsYou}</span>}
      </span>
      <span className={clsx(styles.flightProject, textStyles.truncate)}>{item.project}</span>
      <span className={styles.flightAge}>{age}</span>
    </button>
  );
}
