import clsx from 'clsx';
import styles from './controls.module.css';

/** A filter that is on or off, with how much it lets through. */
export function Pill(props: {
  readonly label: string;
  readonly count: string;
  readonly isOn: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      className={clsx(styles.pill, props.isOn && styles.pillOn)}
      aria-pressed={props.isOn}
      onClick={props.onPress}
    >
      {props.label} <span className={styles.pillCount}>{props.count}</span>
    </button>
  );
}
