import clsx from 'clsx';
import type { OverviewView } from '../../../src-core/contract/views.ts';
import { useFormat } from '../../data/format-context.ts';
import { Quantity } from '../../ui/quantity.tsx';
import { Shape } from '../../ui/shape.tsx';
import styles from './overview.module.css';
import { type Kpi, kpisOf } from './select.ts';
import { text } from './text.ts';

const MOODS = { better: styles.better, worse: styles.worse, neutral: undefined };

/** The range's five figures, each with its change against the range before. */
export function KpiStrip(props: { readonly view: OverviewView }) {
  const format = useFormat();
  return (
    <section className={styles.kpis} aria-label={text.figures}>
      {kpisOf(props.view, format).map((kpi) => (
        <div key={kpi.label} className={styles.kpi}>
          <h2 className={styles.kpiLabel}>{kpi.label}</h2>
          <Quantity parts={kpi.parts} size="figure" />
          <Change kpi={kpi} />
        </div>
      ))}
    </section>
  );
}

function Change(props: { readonly kpi: Kpi }) {
  const { change, was } = props.kpi;
  if (change === null) return <p className={styles.change}>{text.noEarlier}</p>;
  return (
    <p className={clsx(styles.change, MOODS[change.mood])}>
      {change.shape !== 'same' && (
        <Shape
          name={change.shape}
          size={9}
          label={change.shape === 'up' ? text.up : text.down}
          className={styles.changeShape}
        />
      )}
      {change.words}
      {was !== null && <span className={styles.was}>{text.was(was)}</span>}
    </p>
  );
}
