/**
 * Calls over time with errors below: two panels on one x axis, each with a scale of its own, because
 * two scales on one panel would let their heights be compared. Filled-in calls stay hollow, and what is
 * not known yet is hatched in both panels.
 */
import { memo } from 'react';
import { Bar, BarChart, CartesianGrid, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { useWidth } from '../ui/use-width.ts';
import styles from './charts.module.css';
import { type ValueScale, valueScale } from './scale.ts';

/** One bar of the chart. */
export interface ActivityPoint {
  readonly key: number;
  readonly calls: number;
  readonly errors: number;
  /** Calls of this point that were filled in later. */
  readonly filledIn: number;
  /** What the tooltip is headed with. */
  readonly title: string;
}

/** What the chart shows; all words come from the caller. */
export interface ActivityChartProps {
  readonly points: readonly ActivityPoint[];
  readonly ticks: readonly { readonly key: number; readonly label: string }[];
  /** The last point is only known in part. */
  readonly isEndUnknown: boolean;
  readonly label: string;
  readonly errorsLabel: string;
  readonly formatCount: (value: number) => string;
  readonly words: { readonly calls: string; readonly errors: string; readonly filledIn: string };
}

interface Row extends ActivityPoint {
  readonly live: number;
  readonly callsUnknown: number;
  readonly errorsUnknown: number;
}

const CALLS_HEIGHT = 124;
const ERRORS_HEIGHT = 36;
const AXIS_WIDTH = 38;
const TICK_HEIGHT = 18;
// Room for the lowest and highest axis label, which stand half outside the plot.
const margin = { top: 6, right: 0, bottom: 6, left: 0 };
const lowerMargin = { ...margin, bottom: 0 };
const cursor = { fill: 'var(--hover)' };

/** The two panels, as wide as their container. */
export const ActivityChart = memo(function ActivityChart(props: ActivityChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const calls = valueScale(Math.max(0, ...props.points.map((point) => point.calls)), 2);
  const errors = valueScale(Math.max(0, ...props.points.map((point) => point.errors)), 1);
  const last = props.points.length - 1;
  // The last label ends where the last bar ends.
  const endShift = Math.min(10, (width - AXIS_WIDTH) / Math.max(1, props.points.length) / 2);
  const rows: Row[] = props.points.map((point, index) => ({
    ...point,
    live: point.calls - point.filledIn,
    callsUnknown: props.isEndUnknown && index === last ? calls.top - point.calls : 0,
    errorsUnknown: props.isEndUnknown && index === last ? errors.top - point.errors : 0,
  }));
  const labels = new Map(props.ticks.map((tick) => [tick.key, tick.label]));
  const shared = {
    width,
    data: rows,
    margin,
    syncId: 'activity',
    barCategoryGap: rows.length > 60 ? '8%' : '17%',
  };
  return (
    <div ref={ref} className={styles.panels}>
      {width > 0 && (
        <>
          <BarChart {...shared} height={CALLS_HEIGHT} aria-label={props.label}>
            <CartesianGrid
              vertical={false}
              stroke="var(--grid)"
              horizontalValues={[...calls.ticks]}
            />
            <ReferenceLine y={0} stroke="var(--edge)" />
            <XAxis dataKey="key" hide />
            {valueAxis(calls, props.formatCount)}
            <Tooltip
              cursor={cursor}
              isAnimationActive={false}
              content={(tip) => tooltip(tip.payload?.[0]?.payload as Row | undefined, props)}
            />
            <Bar
              dataKey="live"
              stackId="calls"
              fill="var(--fine-fill)"
              minPointSize={leastHeight}
              isAnimationActive={false}
            />
            <Bar dataKey="filledIn" stackId="calls" shape={HollowBar} isAnimationActive={false} />
            <Bar
              dataKey="callsUnknown"
              stackId="calls"
              fill="url(#hatch)"
              isAnimationActive={false}
            />
          </BarChart>
          <BarChart
            {...shared}
            height={ERRORS_HEIGHT + TICK_HEIGHT}
            margin={lowerMargin}
            accessibilityLayer={false}
            role="img"
            aria-label={props.errorsLabel}
          >
            <XAxis
              dataKey="key"
              height={TICK_HEIGHT}
              interval={0}
              ticks={props.ticks.map((tick) => tick.key)}
              tickLine={false}
              axisLine={{ stroke: 'var(--edge)' }}
              tick={({ x, y, payload }) => (
                <text
                  className={styles.tick}
                  x={Number(x) + (payload.value === rows[last]?.key ? endShift : 0)}
                  y={Number(y) + 8}
                  textAnchor={payload.value === rows[last]?.key ? 'end' : 'middle'}
                >
                  {labels.get(Number(payload.value))}
                </text>
              )}
            />
            {valueAxis(errors, props.formatCount)}
            <Tooltip cursor={cursor} isAnimationActive={false} content={() => null} />
            <Bar
              dataKey="errors"
              stackId="errors"
              fill="var(--wrong-fill)"
              minPointSize={leastHeight}
              isAnimationActive={false}
            />
            <Bar
              dataKey="errorsUnknown"
              stackId="errors"
              fill="url(#hatch)"
              isAnimationActive={false}
            />
          </BarChart>
        </>
      )}
    </div>
  );
});

/** One error among thousands still shows. */
function leastHeight(value: unknown): number {
  return typeof value === 'number' && value > 0 ? 1.5 : 0;
}

function valueAxis(scale: ValueScale, formatCount: (value: number) => string) {
  return (
    <YAxis
      width={AXIS_WIDTH}
      domain={[0, scale.top]}
      ticks={[...scale.ticks]}
      interval={0}
      axisLine={false}
      tickLine={false}
      tick={({ y, payload }) => (
        <text className={styles.tick} x={AXIS_WIDTH - 6} y={Number(y) + 3} textAnchor="end">
          {formatCount(Number(payload.value))}
        </text>
      )}
    />
  );
}

function HollowBar(bar: { x?: number; y?: number; width?: number; height?: number }) {
  const { x = 0, y = 0, width = 0, height = 0 } = bar;
  if (height <= 0) return null;
  return (
    <rect
      className={styles.hollow}
      x={x + 0.65}
      y={y + 0.65}
      width={Math.max(1, width - 1.3)}
      height={Math.max(1, height - 1.3)}
      rx="1"
    />
  );
}

function tooltip(row: Row | undefined, { formatCount, words }: ActivityChartProps) {
  if (row === undefined) return null;
  return (
    <div className={styles.tooltip}>
      <p className={styles.when}>{row.title}</p>
      <dl className={styles.facts}>
        <dt>{words.calls}</dt>
        <dd>{formatCount(row.calls)}</dd>
        {row.filledIn > 0 && (
          <>
            <dt>{words.filledIn}</dt>
            <dd>{formatCount(row.filledIn)}</dd>
          </>
        )}
        <dt>{words.errors}</dt>
        <dd>{formatCount(row.errors)}</dd>
      </dl>
    </div>
  );
}
