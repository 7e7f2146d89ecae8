/**
 * The small charts of the glance. All share one time axis, so each takes the same `unknown` spans and
 * hatches them over its full height: what is not known is seen in every row at once.
 */
import clsx from 'clsx';
import { memo } from 'react';
import styles from './charts.module.css';
import { type Box, barsPath, linePath, type Span, stepsPath, without } from './geometry.ts';

interface SparkProps extends Box {
  readonly unknown: readonly Span[];
  /** Read aloud instead of the drawing. */
  readonly label: string;
}

function Spark(props: SparkProps & { readonly children: React.ReactNode }) {
  const { width, height } = props;
  return (
    <svg
      className={styles.chart}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={props.label}
    >
      {props.children}
      {props.unknown.map((span) => (
        <rect
          key={span.from}
          className={styles.unknownBand}
          x={span.from * width}
          y="0"
          width={(span.to - span.from) * width}
          height={height}
        />
      ))}
    </svg>
  );
}

function Base(props: {
  readonly width: number;
  readonly y: number;
  readonly unknown: readonly Span[];
}) {
  const path = without({ from: 0, to: 1 }, props.unknown)
    .map((span) => `M${span.from * props.width} ${props.y}H${span.to * props.width}`)
    .join('');
  return <path className={styles.base} d={path} />;
}

/** Bars on a zero baseline. */
export const SparkBars = memo(function SparkBars(
  props: SparkProps & {
    readonly values: readonly (number | null)[];
    readonly max: number;
    readonly tone: 'fine' | 'wrong' | 'quiet';
  },
) {
  const isWrong = props.tone === 'wrong';
  const fills = { fine: styles.fineFill, wrong: styles.wrongFill, quiet: styles.quietFill };
  const path = barsPath(props.values, props, { max: props.max, least: isWrong ? 3 : 1.5 });
  return (
    <Spark {...props}>
      <Base width={props.width} y={props.height - 0.5} unknown={props.unknown} />
      <path className={fills[props.tone]} d={path} />
    </Spark>
  );
});

/** A line between `low` and `high`, with a dot on its last point. */
export const SparkLine = memo(function SparkLine(
  props: SparkProps & {
    readonly values: readonly (number | null)[];
    readonly low: number;
    readonly high: number;
  },
) {
  const { path, end } = linePath(props.values, props, props);
  return (
    <Spark {...props}>
      {end === null && <Base width={props.width} y={props.height - 0.5} unknown={props.unknown} />}
      <path className={styles.line} d={path} />
      {end !== null && <circle className={styles.dot} cx={end.x} cy={end.y} r="1.8" />}
    </Spark>
  );
});

/** Steps, for what is open at a moment. */
export const SparkSteps = memo(function SparkSteps(
  props: SparkProps & { readonly values: readonly (number | null)[]; readonly max: number },
) {
  if (props.values.every((value) => value === null || value === 0)) {
    return (
      <Spark {...props}>
        <Base width={props.width} y={props.height - 0.5} unknown={props.unknown} />
      </Spark>
    );
  }
  const { outline, area } = stepsPath(props.values, props, props.max);
  return (
    <Spark {...props}>
      <path className={styles.area} d={area} />
      <path className={clsx(styles.line, styles.thin)} d={outline} />
    </Spark>
  );
});

/** Solid where someone was working. */
export const SparkPresence = memo(function SparkPresence(
  props: SparkProps & { readonly spans: readonly Span[] },
) {
  const middle = props.height / 2;
  return (
    <Spark {...props}>
      <Base width={props.width} y={middle} unknown={props.unknown} />
      {props.spans.map((span) => (
        <rect
          key={span.from}
          className={styles.fineFill}
          x={span.from * props.width}
          y={middle - 2.5}
          width={Math.max(1, (span.to - span.from) * props.width)}
          height="5"
          rx="1"
        />
      ))}
    </Spark>
  );
});
