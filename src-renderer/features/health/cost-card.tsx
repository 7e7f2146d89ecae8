import type { CaptureCost } from '../../../src-core/contract/views.ts';
import { useFormat } from '../../data/format-context.ts';
import { Card } from '../../ui/card.tsx';
import styles from './health.module.css';
import { costSentences } from './select.ts';
import { text } from './text.ts';

/** What capture itself takes: the wait of Claude Code in words, the rest as a table. */
export function CostCard(props: {
  readonly cost: CaptureCost;
  readonly className?: string | undefined;
}) {
  const format = useFormat();
  const { cost } = props;
  const rows = [
    { name: text.stored, times: cost.stored },
    { name: text.cpu, times: cost.cpu },
    { name: text.wall, times: cost.wall },
  ];
  return (
    <Card title={text.cost} note={text.costNote} isFlush className={props.className}>
      <div className={styles.cost}>
        {costSentences(cost, format).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text.measure}</th>
            <th scope="col">{text.half}</th>
            <th scope="col">{text.most}</th>
            <th scope="col">{text.longest}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, times }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{format.duration(times?.p50 ?? null)}</td>
              <td>{format.duration(times?.p95 ?? null)}</td>
              <td>{format.duration(times?.max ?? null)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
