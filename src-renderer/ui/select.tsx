import clsx from 'clsx';
import styles from './controls.module.css';

/** One of many: the system's own list, so that keys and screen readers work as everywhere. */
export function Select(props: {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly id?: string;
  readonly describedBy?: string | undefined;
  /** Drawn as chosen, where the choice leaves something out. */
  readonly isActive?: boolean;
}) {
  return (
    <span className={clsx(styles.select, props.isActive === true && styles.active)}>
      <select
        id={props.id}
        aria-label={props.id === undefined ? props.label : undefined}
        aria-describedby={props.describedBy}
        title={props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <svg width="8" height="12" viewBox="0 0 8 12" aria-hidden="true">
        <path d="M1.5 4.5L4 2l2.5 2.5M1.5 7.5L4 10l2.5-2.5" />
      </svg>
    </span>
  );
}
