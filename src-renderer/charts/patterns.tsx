import styles from './charts.module.css';

/** The hatch that means "not known"; stands once in a page, charts fill with `url(#hatch)`. */
export function ChartPatterns() {
  return (
    <svg width="0" height="0" className={styles.patterns} aria-hidden="true">
      <defs>
        <pattern
          id="hatch"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path className={styles.hatchLine} d="M0 0V5" />
        </pattern>
      </defs>
    </svg>
  );
}
