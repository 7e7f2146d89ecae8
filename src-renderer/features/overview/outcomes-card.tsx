import { Proportion } from '../../charts/proportion.tsx';
import { useFormat } from '../../data/format-context.ts';
import { OUTCOMES } from '../../data/words.ts';
import { Card } from '../../ui/card.tsx';
import { Shape } from '../../ui/shape.tsx';
import { useWidth } from '../../ui/use-width.ts';
import type { CardProps } from './card-props.ts';
import styles from './overview.module.css';
import { outcomesOf } from './select.ts';
import { text } from './text.ts';

/** How the calls of the range ended. */
export function OutcomesCard(props: CardProps) {
  const format = useFormat();
  const [ref, width] = useWidth<HTMLDivElement>();
  const { total, rows } = outcomesOf(props.view);
  const parts = rows.map((row) => ({ key: row.outcome, value: row.count, tone: row.tone }));
  return (
    <Card title={text.outcomes} end={props.provenance} className={props.className}>
      <div ref={ref}>
        <Proportion width={width} parts={parts} label={text.outcomesLabel(format.count(total))} />
      </div>
      <ul className={styles.outcomes}>
        {rows.map((row) => (
          <li key={row.outcome} className={styles.outcome}>
            <Shape name={OUTCOMES[row.outcome].shape} />
            <span>{OUTCOMES[row.outcome].label}</span>
            <span className={styles.number}>{format.count(row.count)}</span>
            <span className={styles.share}>{format.percent(row.share)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
