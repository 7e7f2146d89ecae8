import type { Part } from '../data/format.ts';
import styles from './text.module.css';

/** A number with its units set back; `size` says whether it is a row's value or a headline figure. */
export function Quantity(props: {
  readonly parts: readonly Part[];
  readonly size: 'row' | 'figure';
}) {
  return (
    <span className={styles[props.size]}>
      {props.parts.map((part, index) => (
        // Units are distinct within one quantity and their order never changes.
        <span key={part.unit}>
          {index > 0 && ' '}
          {part.value}
          {part.unit !== '' && <span className={styles.unit}>{part.unit}</span>}
        </span>
      ))}
    </span>
  );
}
