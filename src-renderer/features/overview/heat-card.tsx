import { useCallback } from 'react';
import { HeatKey, HeatMap } from '../../charts/heat-map.tsx';
import { useFormat } from '../../data/format-context.ts';
import { Card } from '../../ui/card.tsx';
import { useWidth } from '../../ui/use-width.ts';
import type { CardProps } from './card-props.ts';
import styles from './overview.module.css';
import { busiestHour } from './select.ts';
import { text } from './text.ts';

/** When in the week the calls are made. */
export function HeatCard(props: CardProps) {
  const format = useFormat();
  const [ref, width] = useWidth<HTMLDivElement>();
  const weekdays = format.weekdays;
  const best = busiestHour(props.view.heat);
  const most =
    best === null
      ? text.noCalls
      : text.most(
          weekdays[best.weekday] ?? '',
          best.hour,
          best.hour + 1,
          format.count(Math.round(best.calls)),
        );
  const cellTitle = useCallback(
    (row: number, hour: number, value: number) =>
      text.heatCell(format.weekdays[row] ?? '', hour, hour + 1, format.count(Math.round(value))),
    [format],
  );
  return (
    <Card title={text.when} note={text.whenNote} end={props.provenance} className={props.className}>
      <div ref={ref}>
        <HeatMap
          width={width}
          rowHeight={23}
          rows={weekdays}
          cells={props.view.heat}
          max={best?.calls ?? 0}
          label={text.heatLabel(most)}
          cellTitle={cellTitle}
        />
      </div>
      <p className={styles.heatKey}>
        {text.fewer}
        <HeatKey />
        {text.more}
        <span className={styles.heatMost}>{most}</span>
      </p>
    </Card>
  );
}
