import clsx from 'clsx';
import type { KeyboardEvent, ReactNode } from 'react';
import type { RankedBy, RankRow, RanksView } from '../../../src-core/contract/work.ts';
import { RankBar } from '../../charts/proportion.tsx';
import { SparkBars } from '../../charts/spark.tsx';
import { useFormat } from '../../data/format-context.ts';
import { Card } from '../../ui/card.tsx';
import textStyles from '../../ui/text.module.css';
import { walkRows } from '../../ui/walk-rows.ts';
import styles from './ranks.module.css';
import { mostOf, rowName } from './select.ts';
import { text } from './text.ts';

/** All names by how often they were there; the chosen one is explained beside the table. */
export function RankTable(props: {
  readonly view: RanksView;
  readonly chosen: string | null;
  readonly provenance: ReactNode;
  readonly className?: string | undefined;
  readonly onChoose: (name: string) => void;
}) {
  const format = useFormat();
  const { view } = props;
  const { by, rows, others } = view;
  const most = mostOf(rows);
  const { head } = text;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (walkRows(event.nativeEvent, event.currentTarget)) event.preventDefault();
  };
  const columns =
    by === 'error'
      ? [head.errors, head.recovered, head.toRecover]
      : [head.calls, head.errors, head.success, head.median, head.p95];
  return (
    <Card
      title={text.table[by]}
      note={text.tableNote[by]}
      end={props.provenance}
      className={props.className}
      isFlush
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk the buttons within. */}
      <div onKeyDown={onKeyDown}>
        <table className={clsx(styles.table, by === 'error' && styles.short)}>
          <thead>
            <tr>
              <th scope="col" className={clsx(styles.columnName, styles.first, styles.nameColumn)}>
                {head.name[by]}
              </th>
              <th scope="col" className={clsx(styles.columnName, styles.seriesColumn)}>
                {head.series}
              </th>
              <th scope="col" className={clsx(styles.columnName, styles.barColumn)}>
                <span className={textStyles.hidden}>{head.bar}</span>
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" className={clsx(styles.columnName, styles.number)}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row.name}
                by={by}
                row={row}
                share={row.calls / most}
                isOn={row.name === props.chosen}
                onChoose={props.onChoose}
              />
            ))}
            {others.names > 0 && (
              <tr className={clsx(styles.row, styles.others)}>
                <th scope="row" className={clsx(styles.cell, styles.first)}>
                  {text.others(others.names)}
                </th>
                <td />
                <td className={clsx(styles.cell, styles.barColumn)}>
                  <RankBar share={Math.min(1, others.calls / most)} tone="soft" />
                </td>
                <td className={clsx(styles.cell, styles.number)}>{format.count(others.calls)}</td>
                <td colSpan={columns.length - 1} />
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Row(props: {
  readonly by: RankedBy;
  readonly row: RankRow;
  readonly share: number;
  readonly isOn: boolean;
  readonly onChoose: (name: string) => void;
}) {
  const format = useFormat();
  const { by, row } = props;
  const name = rowName(by, row.name);
  const isError = by === 'error';
  const number = clsx(styles.cell, styles.number);
  const zero = (value: number): string | undefined => (value === 0 ? styles.zero : undefined);
  return (
    <tr className={clsx(styles.row, props.isOn && styles.chosen)}>
      <th scope="row" className={clsx(styles.cell, styles.first)}>
        <button
          type="button"
          className={clsx(styles.name, textStyles.truncate)}
          data-row=""
          aria-pressed={props.isOn}
          title={name}
          onClick={() => props.onChoose(row.name)}
        >
          {name}
        </button>
      </th>
      <td className={clsx(styles.cell, styles.seriesColumn)}>
        <SparkBars
          width={isError ? 120 : 90}
          height={16}
          values={row.series}
          max={Math.max(1, ...row.series)}
          tone={isError ? 'quiet' : 'fine'}
          unknown={[]}
          label={text.series(name, format.count(row.calls))}
        />
      </td>
      <td className={clsx(styles.cell, styles.barColumn)}>
        <RankBar share={props.share} tone={isError ? 'wrong' : 'fine'} />
      </td>
      <td className={number}>{format.count(row.calls)}</td>
      {isError ? (
        <>
          <td className={number}>{format.percent(row.recovered)}</td>
          <td className={number}>{format.duration(row.medianMs)}</td>
        </>
      ) : (
        <>
          <td className={clsx(number, zero(row.errors))}>{format.count(row.errors)}</td>
          <td className={number}>{format.percent(row.success)}</td>
          <td className={number}>{format.duration(row.medianMs)}</td>
          <td className={number}>{format.duration(row.p95Ms)}</td>
        </>
      )}
    </tr>
  );
}
