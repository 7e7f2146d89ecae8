import { memo } from 'react';
import styles from './charts.module.css';
import { proportionWidths } from './geometry.ts';

/** The verdicts that a part of a proportion or rank can have. */
export type FillTone = 'fine' | 'soft' | 'wrong' | 'yours' | 'stopped' | 'unknown';

const FILLS: Readonly<Record<FillTone, string | undefined>> = {
  fine: styles.fineFill,
  soft: styles.softFill,
  wrong: styles.wrongFill,
  yours: styles.yoursFill,
  stopped: styles.stoppedFill,
  unknown: styles.unknownFill,
};

/** One bar cut into parts; a part above zero is always visible. */
export const Proportion = memo(function Proportion(props: {
  readonly width: number;
  readonly parts: readonly {
    readonly key: string;
    readonly value: number;
    readonly tone: FillTone;
  }[];
  readonly label: string;
}) {
  const live = props.parts.filter((part) => part.value > 0);
  const widths = proportionWidths(
    live.map((part) => part.value),
    props.width,
  );
  let x = 0;
  return (
    <svg
      className={styles.chart}
      width={props.width}
      height="8"
      viewBox={`0 0 ${Math.max(1, props.width)} 8`}
      role="img"
      aria-label={props.label}
    >
      {live.length === 0 && <rect className={styles.track} width={props.width} height="8" rx="2" />}
      {live.map((part, index) => {
        const width = widths[index] ?? 0;
        const left = x;
        x += width + 1;
        const isEnd = index === 0 || index === live.length - 1;
        return (
          <rect
            key={part.key}
            className={FILLS[part.tone]}
            x={left}
            width={width}
            height="8"
            rx={isEnd ? 2 : 0.5}
          />
        );
      })}
    </svg>
  );
});

/** A ranked row's bar on its track, from zero, as wide as its cell; `share` between 0 and 1. */
export function RankBar(props: { readonly share: number; readonly tone: FillTone }) {
  return (
    <svg className={styles.chart} width="100%" height="6" aria-hidden="true">
      <rect className={styles.track} width="100%" height="6" rx="2" />
      {props.share > 0 && (
        <rect
          className={FILLS[props.tone]}
          width={`${Math.max(1, props.share * 100)}%`}
          height="6"
          rx="2"
        />
      )}
    </svg>
  );
}
