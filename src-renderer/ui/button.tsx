import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './button.module.css';

/** A push button; title case, with … when a step follows. `label` names a button that shows an icon only. */
export function Button(props: {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly isPrimary?: boolean;
  readonly isDisabled?: boolean;
  readonly size?: 'small' | 'normal' | 'large';
  readonly label?: string;
  /** More about it, on hover. */
  readonly title?: string;
  /** Lets a list's arrow keys reach the button. */
  readonly isRow?: boolean;
}) {
  return (
    <button
      type="button"
      className={clsx(
        styles.button,
        props.isPrimary && styles.primary,
        props.size === 'large' && styles.large,
        props.size === 'small' && styles.small,
        props.label !== undefined && styles.iconOnly,
      )}
      disabled={props.isDisabled}
      aria-label={props.label}
      title={props.title ?? props.label}
      data-row={props.isRow === true ? '' : undefined}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}
