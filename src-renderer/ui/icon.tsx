import clsx from 'clsx';
import type { JSX } from 'react';
import styles from './mark.module.css';

const drawings = {
  overview: (
    <>
      <rect x="2" y="2" width="5" height="5" rx="1.2" />
      <rect x="9" y="2" width="5" height="5" rx="1.2" />
      <rect x="2" y="9" width="5" height="5" rx="1.2" />
      <rect x="9" y="9" width="5" height="5" rx="1.2" />
    </>
  ),
  events: (
    <>
      <path d="M6 3.5h8M6 8h8M6 12.5h5" />
      <circle cx="2.6" cy="3.5" r="1.1" />
      <circle cx="2.6" cy="8" r="1.1" />
      <circle cx="2.6" cy="12.5" r="1.1" />
    </>
  ),
  health: <path d="M1.6 8h3l1.7-4.2 3 8.4L11.2 8h3.2" />,
  install: (
    <>
      <path d="M8 1.9v7.6M5.2 6.9L8 9.7l2.8-2.8" />
      <path d="M3 10v2.4c0 .9.7 1.6 1.6 1.6h6.8c.9 0 1.6-.7 1.6-1.6V10" />
    </>
  ),
  refresh: (
    <>
      <path d="M13.2 7.8A5.2 5.2 0 1 1 11.4 4.2" />
      <path d="M11.6 1.6v2.9H8.7" />
    </>
  ),
} as const satisfies Record<string, JSX.Element>;

/** The names of the icons. */
export type IconName = keyof typeof drawings;

/** A 16 px icon; decoration beside a word or inside a labelled button. */
export function Icon(props: { readonly name: IconName; readonly className?: string | undefined }) {
  return (
    <svg
      className={clsx(styles.icon, props.className)}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {drawings[props.name]}
    </svg>
  );
}
