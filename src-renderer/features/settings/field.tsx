import clsx from 'clsx';
import { type ReactNode, useId } from 'react';
import { Button } from '../../ui/button.tsx';
import { Shape } from '../../ui/shape.tsx';
import styles from './settings.module.css';
import { text } from './text.ts';

/** The ids that tie a field's label, note and problem to its control. */
export interface FieldIds {
  readonly control: string;
  readonly label: string;
  readonly describedBy: string;
}

/** One setting: its label, its control, what it does, and what went wrong with it. */
export function Field(props: {
  readonly label: string;
  readonly note?: string | undefined;
  readonly problem?: string | null;
  /** Puts back the default; absent where it is in force. */
  readonly onReset?: (() => void) | undefined;
  /** The control is a group of controls of its own. */
  readonly isGroup?: boolean;
  /** The control takes the whole width below the label. */
  readonly isWide?: boolean;
  readonly children: (ids: FieldIds) => ReactNode;
}) {
  const id = useId();
  const ids: FieldIds = {
    control: `${id}-control`,
    label: `${id}-label`,
    describedBy: `${id}-note ${id}-problem`,
  };
  const label = props.isGroup ? (
    <h3 id={ids.label} className={styles.label}>
      {props.label}
    </h3>
  ) : (
    <label id={ids.label} htmlFor={ids.control} className={styles.label}>
      {props.label}
    </label>
  );
  return (
    <div className={clsx(styles.field, props.isWide === true && styles.wide)}>
      <div className={styles.head}>
        {label}
        {props.onReset !== undefined && (
          <Button size="small" title={text.resetTitle(props.label)} onPress={props.onReset}>
            {text.reset}
          </Button>
        )}
      </div>
      <div className={styles.control}>{props.children(ids)}</div>
      <div className={styles.notes}>
        {props.note !== undefined && (
          <p id={`${id}-note`} className={styles.note}>
            {props.note}
          </p>
        )}
        <p id={`${id}-problem`} className={styles.problem} role="alert">
          {props.problem != null && (
            <>
              <Shape name="failed" />
              {props.problem}
            </>
          )}
        </p>
      </div>
    </div>
  );
}

/** An on-off switch, drawn as a checkbox. */
export function Toggle(props: {
  readonly ids: FieldIds;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <input
      id={props.ids.control}
      type="checkbox"
      className={styles.checkbox}
      checked={props.isOn}
      disabled={props.isDisabled}
      aria-describedby={props.ids.describedBy}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}
