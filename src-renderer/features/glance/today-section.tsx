import clsx from 'clsx';
import { memo, type ReactNode } from 'react';
import type { GlanceView } from '../../../src-core/contract/views.ts';
import { RecordLine } from '../../charts/record-line.tsx';
import { SparkBars, SparkLine, SparkPresence, SparkSteps } from '../../charts/spark.tsx';
import { useIsOlder } from '../../data/clock.ts';
import { partsText } from '../../data/format.ts';
import { useFormat } from '../../data/format-context.ts';
import { STALE_AFTER_MS } from '../../data/status.ts';
import { Quantity } from '../../ui/quantity.tsx';
import styles from './glance.module.css';
import {
  axisOf,
  recordStretches,
  recordVerdict,
  scaleMax,
  successFloor,
  unknownSpans,
} from './select.ts';
import { text } from './text.ts';

const BOX = { width: 168, height: 16 };
const NO_TICKS: readonly number[] = [];

/** Today in six rows on one time axis: an error peak stands under the calls that caused it. */
export const TodaySection = memo(function TodaySection(props: { readonly view: GlanceView }) {
  const { view } = props;
  const { today } = view;
  const format = useFormat();
  const place = axisOf(today);
  const stretches = recordStretches(today);
  const stale = useIsOlder(view.health.dataAt, STALE_AFTER_MS);
  const unknown = unknownSpans(view, stale);
  const verdict = recordVerdict(view, stale, format);
  const from = format.clock(today.fromAt);
  const to = format.clock(view.now);
  const label = (row: string, value: string): string => text.chart(row, value, from, to);
  const chart = { ...BOX, unknown };

  const success = format.percentParts(today.success.rate);
  const active =
    today.active.totalMs === 0 ? ZERO_TIME : format.durationParts(today.active.totalMs);
  const calls = format.count(today.calls.total);
  const errors = format.count(today.errors.total);
  const sessions = format.count(today.sessions.total);
  return (
    <section className={styles.today} aria-label={text.today}>
      <div className={clsx(styles.row, styles.axis)}>
        <h2>{text.today}</h2>
        <span className={styles.ends}>
          <span>{from}</span>
          <span>{to}</span>
        </span>
        <span className={styles.value}>{stale && text.asOf(format.clock(view.health.dataAt))}</span>
      </div>
      <Row
        name={text.record}
        value={
          <span className={clsx(styles.verdict, verdict.isWrong && styles.bad)}>
            {verdict.words}
          </span>
        }
      >
        <RecordLine
          {...BOX}
          stretches={stretches}
          ticks={NO_TICKS}
          bead={stale || stretches.at(-1)?.kind !== 'hook' ? null : 1}
          label={label(text.record, verdict.words)}
        />
      </Row>
      <Row name={text.calls} value={calls}>
        <SparkBars
          {...chart}
          values={today.calls.series}
          max={scaleMax(today.calls.series, 4)}
          tone="fine"
          label={label(text.calls, calls)}
        />
      </Row>
      <Row name={text.success} value={<Quantity parts={success} size="row" />}>
        <SparkLine
          {...chart}
          values={today.success.series}
          low={successFloor(today.success.series)}
          high={1}
          label={label(text.success, partsText(success))}
        />
      </Row>
      <Row name={text.errors} value={errors}>
        <SparkBars
          {...chart}
          values={today.errors.series}
          max={scaleMax(today.errors.series, 5)}
          tone="wrong"
          label={label(text.errors, errors)}
        />
      </Row>
      <Row name={text.sessions} value={sessions}>
        <SparkSteps
          {...chart}
          values={today.sessions.series}
          max={scaleMax(today.sessions.series, 4)}
          label={label(text.sessions, sessions)}
        />
      </Row>
      <Row name={text.time} value={<Quantity parts={active} size="row" />}>
        <SparkPresence
          {...chart}
          spans={today.active.spans.map(([start, end]) => ({ from: place(start), to: place(end) }))}
          label={label(text.time, partsText(active))}
        />
      </Row>
    </section>
  );
});

const ZERO_TIME = [{ value: '0', unit: '\u202fm' }];

function Row(props: {
  readonly name: string;
  readonly value: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.row}>
      <span>{props.name}</span>
      {props.children}
      <span className={styles.value}>{props.value}</span>
    </div>
  );
}
