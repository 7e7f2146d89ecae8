import styles from './charts.module.css';

/**
 * The hatch that means "not known" and the stripe that means "waits for you"; they stand once in a
 * page, charts fill with `url(#hatch)` and `url(#stripe)`.
 */
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
        <pattern
          id="stripe"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-45)"
        >
          <rect className={styles.stripeGround} width="6" height="6" />
          <path className={styles.stripeLine} d="M1.5 0V6" />
        </pattern>
      </defs>
    </svg>
  );
}
