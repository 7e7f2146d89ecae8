import clsx from 'clsx';
import type { EventRow } from '../../../src-core/contract/views.ts';
import { useFormat } from '../../data/format-context.ts';
import { OUTCOMES } from '../../data/words.ts';
import { Age } from '../../ui/age.tsx';
import { Shape } from '../../ui/shape.tsx';
import textStyles from '../../ui/text.module.css';
import styles from './lists.module.css';
import { text } from './text.ts';

/** The latest failures with their reason and age; absent when there are none. */
export function LastErrors(props: {
  readonly errors: readonly EventRow[];
  /** When the figures were read, if that is too long ago for ages to be true. */
  readonly staleAt: number | null;
  readonly onOpen: () => void;
}) {
  const format = useFormat();
  if (props.errors.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="last-errors">
      <h2 id="last-errors" className={styles.sectionTitle}>
        {text.lastErrors}
        {props.staleAt !== null && (
          <span className={styles.sectionNote}>{text.asOf(format.clock(props.staleAt))}</span>
        )}
      </h2>
      <ul className={styles.list}>
        {props.errors.slice(0, 3).map((error) => {
          const outcome = OUTCOMES[error.outcome ?? 'failed'];
          return (
            <li key={error.id}>
              <button type="button" className={styles.error} data-row="" onClick={props.onOpen}>
                <Shape name={outcome.shape} label={outcome.label} className={styles.errorShape} />
                <span className={clsx(styles.errorWhat, textStyles.truncate)}>
                  <span>{error.name}</span>
                  <code className={textStyles.truncate}>{error.detail}</code>
                </span>
                <span className={clsx(styles.errorReason, textStyles.truncate)}>{error.error}</span>
                <span className={styles.errorAge}>
                  {props.staleAt === null ? <Age at={error.at} /> : format.clock(error.at)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
