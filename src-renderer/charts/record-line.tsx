/**
 * The record line, the app's one sign: unbroken means that nothing is missing. Each kind of stretch is
 * drawn in its own way, and however short a break is, it stays wide enough to be seen.
 */
import { memo } from 'react';
import styles from './charts.module.css';
import { atLeast, joinSpans, type Span, without } from './geometry.ts';

/** A stretch of the line; positions between 0 and 1. */
export interface RecordStretch extends Span {
  readonly kind: 'hook' | 'journal' | 'transcript' | 'missing' | 'paused';
}

const LEAST_PX = { journal: 5, transcript: 6, missing: 5, paused: 6 } as const;

/** Stretches with volume ticks above them and a bead at `now`. */
export const RecordLine = memo(function RecordLine(props: {
  readonly width: number;
  readonly height: number;
  readonly stretches: readonly RecordStretch[];
  /** Volume per bucket, drawn above the line; empty for a bare line. */
  readonly ticks: readonly number[];
  /** Where now is, 0 to 1; null when the end of the line is not now. */
  readonly bead: number | null;
  readonly label: string;
}) {
  const { width, height, ticks } = props;
  if (width <= 0) return <svg width="0" height={height} aria-hidden="true" />;
  const y = ticks.length > 0 ? height - 4.5 : height / 2;
  const breaks = props.stretches.flatMap((stretch) =>
    stretch.kind === 'hook'
      ? []
      : [{ kind: stretch.kind, ...atLeast(stretch, LEAST_PX[stretch.kind] / width) }],
  );
  const holes = joinSpans(breaks);
  const beadX =
    props.bead === null ? null : Math.min(width - 3.5, Math.max(3.5, props.bead * width));
  const solid = props.stretches
    .filter((stretch) => stretch.kind === 'hook')
    .flatMap((stretch) => without(stretch, holes))
    .map((span) => `M${span.from * width} ${y}H${Math.min(span.to * width, beadX ?? width)}`)
    .join('');
  return (
    <svg
      className={styles.chart}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={props.label}
    >
      <Volume ticks={ticks} width={width} y={y - 2.2} height={height - 11} />
      <path className={styles.hook} d={solid} />
      {breaks.map((stretch) => (
        <Break
          key={`${stretch.kind}${stretch.from}`}
          kind={stretch.kind}
          from={stretch.from * width}
          to={stretch.to * width}
          y={y}
          height={height}
        />
      ))}
      {beadX !== null && <circle className={styles.bead} cx={beadX} cy={y} r="3.5" />}
    </svg>
  );
});

function Volume(props: {
  readonly ticks: readonly number[];
  readonly width: number;
  readonly y: number;
  readonly height: number;
}) {
  const step = props.width / Math.max(1, props.ticks.length);
  const max = Math.max(1, ...props.ticks);
  const path = props.ticks
    .map((value, index) =>
      value > 0
        ? `M${(index + 0.5) * step} ${props.y}v${-Math.max(1.2, (value / max) * props.height)}`
        : '',
    )
    .join('');
  return (
    <path className={styles.volume} strokeWidth={Math.max(1, Math.min(3, step - 1))} d={path} />
  );
}

function Break(props: {
  readonly kind: 'journal' | 'transcript' | 'missing' | 'paused';
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly height: number;
}) {
  const { from, to, y } = props;
  const line = `M${from} ${y}H${to}`;
  switch (props.kind) {
    case 'journal':
      return (
        <>
          <path className={styles.thread} d={line} />
          <path className={styles.blocks} d={line} />
        </>
      );
    case 'transcript':
      return (
        <rect
          className={styles.hollow}
          x={from + 0.5}
          y={y - 2}
          width={to - from - 1}
          height="4"
          rx="2"
        />
      );
    case 'paused':
      return <path className={styles.paused} d={`M${from + 2} ${y}H${to - 1}`} />;
    case 'missing':
      return (
        <>
          <rect
            className={styles.unknownBand}
            x={from}
            y="0"
            width={to - from}
            height={props.height}
          />
          <path className={styles.cap} d={`M${from} ${y - 4}v8M${to} ${y - 4}v8`} />
        </>
      );
  }
}
