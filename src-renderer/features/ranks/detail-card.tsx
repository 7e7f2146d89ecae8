import clsx from 'clsx';
import type { RankDetail, RankedBy } from '../../../src-core/contract/work.ts';
import { RankBar } from '../../charts/proportion.tsx';
import { useFormat } from '../../data/format-context.ts';
import { Card } from '../../ui/card.tsx';
import textStyles from '../../ui/text.module.css';
import styles from './ranks.module.css';
import { entryName, entryTone, rateHead, rowName } from './select.ts';
import { text } from './text.ts';

/** What is behind the chosen row, list by list. */
export function DetailCard(props: {
  readonly by: RankedBy;
  readonly detail: RankDetail;
  readonly className?: string | undefined;
}) {
  const format = useFormat();
  const { by, detail } = props;
  return (
    <Card
      title={rowName(by, detail.name)}
      className={props.className}
      end={
        <span className={styles.count}>
          {text.count(by, detail.total, format.count(detail.total))}
        </span>
      }
    >
      {detail.lists.map((list) => (
        <List key={list.about} by={by} list={list} />
      ))}
    </Card>
  );
}

function List(props: { readonly by: RankedBy; readonly list: RankDetail['lists'][number] }) {
  const format = useFormat();
  const { by, list } = props;
  const { about, rows, others } = list;
  const total = rows.reduce((sum, { count }) => sum + count, others.count);
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const head = rateHead(by, about);
  return (
    <table className={styles.list}>
      <colgroup>
        <col />
        <col className={styles.listBar} />
        <col className={styles.listCount} />
        <col className={styles.listRate} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" colSpan={3} className={styles.listTitle}>
            {text.about[about]}
          </th>
          <th scope="col" className={styles.rateName}>
            {head ?? text.share}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th
              scope="row"
              className={clsx(
                styles.listName,
                textStyles.truncate,
                (about === 'commands' || about === 'subcommands') && styles.code,
              )}
              title={entryName(about, row.name)}
            >
              {entryName(about, row.name)}
            </th>
            <td className={styles.listBar}>
              <RankBar share={row.count / most} tone={entryTone(by, about, row.name)} />
            </td>
            <td className={styles.listCount}>{format.count(row.count)}</td>
            <td className={styles.listRate}>
              {format.percent(head === null ? row.count / total : row.rate)}
            </td>
          </tr>
        ))}
        {others.names > 0 && (
          <tr className={styles.others}>
            <th scope="row" className={styles.listName}>
              {text.others(others.names)}
            </th>
            <td className={styles.listBar}>
              <RankBar share={Math.min(1, others.count / most)} tone="unknown" />
            </td>
            <td className={styles.listCount}>{format.count(others.count)}</td>
            <td />
          </tr>
        )}
      </tbody>
    </table>
  );
}
