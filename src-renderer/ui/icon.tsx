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
  live: <path d="M1.6 13.4h12.8M3.5 10.8V8.6M6.2 10.8V4.4M8.9 10.8V6.8M11.6 10.8V2.8" />,
  tools: <path d="M2 3.6h12M2 8h8M2 12.4h5" />,
  errors: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2" />
    </>
  ),
  commands: <path d="M2.4 4l4 4-4 4M8 12.4h5.6" />,
  sessions: <path d="M2 3.6h5M9.4 3.6H14M2 8h2.4M6.8 8H14M2 12.4h7M11.4 12.4H14" />,
  settings: (
    <>
      <path d="M1.8 4.6h6.4M11.8 4.6h2.4M1.8 11.4h2.4M7.8 11.4h6.4" />
      <circle cx="10" cy="4.6" r="1.8" />
      <circle cx="6" cy="11.4" r="1.8" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.4" />
      <path d="M10.4 10.4l3.2 3.2" />
    </>
  ),
  pause: <path d="M5.6 3.4v9.2M10.4 3.4v9.2" />,
  play: <path d="M5 3.4l7 4.6-7 4.6z" />,
  back: <path d="M9.8 3L4.8 8l5 5" />,
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
