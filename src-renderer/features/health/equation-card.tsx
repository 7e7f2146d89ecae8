import type { HealthView } from '../../../src-core/contract/views.ts';
import { SourceMark } from '../../charts/source-mark.tsx';
import { useNow } from '../../data/clock.ts';
import { useFormat } from '../../data/format-context.ts';
import { Shape } from '../../ui/shape.tsx';
import textStyles from '../../ui/text.module.css';
import styles from './health.module.css';
import { equationOf, equationVerdict } from './select.ts';
import { text } from './text.ts';

/** The record as a sum that must add up in the page's own digits. */
export function EquationCard(props: { readonly view: HealthView }) {
  const format = useFormat();
  const { view } = props;
  const { terms } = equationOf(view);
  const verdict = equationVerdict(view, format);
  return (
    <section className={styles.equation} aria-label={text.equation}>
      <div>
        <p className={textStyles.figure}>{format.count(view.total)}</p>
        <p className={styles.termLabel}>{text.recorded}</p>
      </div>
      {terms.map((term, index) => (
        <div key={term.source} className={styles.term}>
          <span className={styles.operator}>{index === 0 ? '=' : '+'}</span>
          <div>
            <p className={textStyles.figure}>{format.count(term.count)}</p>
            <p className={styles.termLabel}>
              <SourceMark name={term.source} />
              {term.label}
            </p>
          </div>
        </div>
      ))}
      <div className={styles.verdict}>
        <p className={styles.verdictWords}>
          <Shape name={verdict.shape} />
          {verdict.words}
        </p>
        {view.health.checkedAt !== null && (
          <p className={styles.verdictNote}>
            <Compared at={view.health.checkedAt} />
          </p>
        )}
      </div>
    </section>
  );
}

function Compared(props: { readonly at: number }) {
  const now = useNow();
  const format = useFormat();
  const age = format.age(props.at, now);
  return text.compared(age.isRelative ? text.ago(age.text) : age.text);
}
