import { memo } from 'react';
import styles from './charts.module.css';
import { heatLevel } from './geometry.ts';

const LEFT = 30;
const GAP = 2;
const FOOT = 14;
const HEAT = [styles.heat0, styles.heat1, styles.heat2, styles.heat3, styles.heat4, styles.heat5];

/** Rows of hours: colour for how much, no cell where an hour has not been lived. */
export const HeatMap = memo(function HeatMap(props: {
  readonly width: number;
  readonly rowHeight: number;
  readonly rows: readonly string[];
  readonly cells: readonly (readonly (number | null)[])[];
  readonly max: number;
  readonly label: string;
  /** The words for one cell, shown on hover. */
  readonly cellTitle: (row: number, hour: number, value: number) => string;
}) {
  const { width, rowHeight } = props;
  const cell = Math.max(0, (width - LEFT) / 24);
  const height = props.rows.length * (rowHeight + GAP) + FOOT;
  const hours = [0, 6, 12, 18, 24];
  return (
    <svg
      className={styles.chart}
      width={width}
      height={height}
      viewBox={`0 0 ${Math.max(1, width)} ${height}`}
      role="img"
      aria-label={props.label}
    >
      {props.rows.map((name, row) => (
        <g key={name}>
          <text x="0" y={row * (rowHeight + GAP) + rowHeight / 2 + 3.5}>
            {name}
          </text>
          {props.cells[row]?.map((value, hour) => {
            const level = heatLevel(value, props.max);
            if (level === null || value === null) return null;
            return (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: the index is the hour.
                key={hour}
                className={HEAT[level]}
                x={LEFT + hour * cell}
                y={row * (rowHeight + GAP)}
                width={Math.max(1, cell - 1.5)}
                height={rowHeight}
                rx="2"
              >
                <title>{props.cellTitle(row, hour, value)}</title>
              </rect>
            );
          })}
        </g>
      ))}
      {hours.map((hour) => (
        <text
          key={hour}
          x={hour === 24 ? width - 1.5 : LEFT + hour * cell}
          y={height - 1}
          textAnchor={hour === 24 ? 'end' : 'start'}
        >
          {String(hour).padStart(2, '0')}
        </text>
      ))}
    </svg>
  );
});

/** The five steps of heat in a row, for a legend. */
export function HeatKey() {
  return (
    <svg className={styles.chart} width="75" height="8" aria-hidden="true">
      {[1, 2, 3, 4, 5].map((level) => (
        <rect
          key={level}
          className={HEAT[level]}
          x={(level - 1) * 15}
          width="13.5"
          height="8"
          rx="2"
        />
      ))}
    </svg>
  );
}
