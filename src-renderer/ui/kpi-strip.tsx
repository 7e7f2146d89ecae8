import clsx from 'clsx';
import type { Kpi } from '../data/kpi.ts';
import { kpiWords as words } from '../data/words.ts';
import styles from './kpi-strip.module.css';
import { Quantity } from './quantity.tsx';
import { Shape } from './shape.tsx';

const MOODS = { better: styles.better, worse: styles.worse, neutral: undefined };

/** Figures of a range in one strip, each with its change against the range before. */
export function KpiStrip(props: { readonly kpis: readonly Kpi[] }) {
  return (
    <section className={styles.kpis} aria-label={words.figures}>
      {props.kpis.map((kpi) => (
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
  const { change, was, isCompared } = props.kpi;
  if (change === null) {
    return <p className={styles.change}>{isCompared ? words.noEarlier : ''}</p>;
  }
  return (
    <p className={clsx(styles.change, MOODS[change.mood])}>
      {change.shape !== 'same' && (
        <Shape
          name={change.shape}
          size={9}
          label={change.shape === 'up' ? words.up : words.down}
          className={styles.changeShape}
        />
      )}
      {change.words}
      {was !== null && <span className={styles.was}>{words.was(was)}</span>}
    </p>
  );
}
