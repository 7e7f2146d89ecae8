import { useId } from 'react';
import styles from './segmented.module.css';

/** One of a few: native radio buttons, so arrow keys and screen readers work as everywhere. */
export function Segmented<T extends string | number>(props: {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <div className={styles.group} role="radiogroup" aria-label={props.label}>
      {props.options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            className={styles.input}
            type="radio"
            name={name}
            checked={option.value === props.value}
            onChange={() => props.onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
