import type { JSX } from 'react';
import styles from './charts.module.css';

const drawings = {
  hook: <path className={styles.hook} d="M0 3H16" />,
  spool: (
    <>
      <path className={styles.thread} d="M0 3H8" />
      <path className={styles.hook} d="M8 3H16" />
    </>
  ),
  journal: (
    <>
      <path className={styles.thread} d="M0 3H16" />
      <path className={styles.blocks} d="M0 3H16" />
    </>
  ),
  transcript: <rect className={styles.hollow} x=".7" y="1" width="14.6" height="4" rx="2" />,
  old: <path className={styles.old} d="M0 3H16" />,
  missing: (
    <>
      <path className={styles.none} d="M0 3H4M12 3H16" />
      <path className={styles.none} d="M5 .5v5M11 .5v5" />
    </>
  ),
  mixed: (
    <>
      <path className={styles.hook} d="M0 3H10" />
      <rect className={styles.hollow} x="11.2" y="1" width="4.3" height="4" rx="2" />
    </>
  ),
} as const satisfies Record<string, JSX.Element>;

/** The signs of the witnesses, of a mix of them, and of what is missing. */
export type SourceMarkName = keyof typeof drawings;

/** A piece of the record line that says where something came from; with a label it is read aloud. */
export function SourceMark(props: { readonly name: SourceMarkName; readonly label?: string }) {
  const body = drawings[props.name];
  if (props.label === undefined) {
    return (
      <svg className={styles.chart} width="16" height="6" viewBox="0 0 16 6" aria-hidden="true">
        {body}
      </svg>
    );
  }
  return (
    <svg
      className={styles.chart}
      width="16"
      height="6"
      viewBox="0 0 16 6"
      role="img"
      aria-label={props.label}
    >
      {body}
    </svg>
  );
}
