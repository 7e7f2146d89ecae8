import clsx from 'clsx';
import type { JSX } from 'react';
import styles from './mark.module.css';

type Verdict = 'fine' | 'yours' | 'wrong' | 'stopped' | 'unknown';
interface Drawing {
  readonly verdict: Verdict | null;
  readonly body: JSX.Element;
}
const fill = styles.fill;
const bold = styles.bold;

// 12 × 12. The shape alone tells what happened; the colour only says how much it matters.
const drawings = {
  ok: { verdict: 'fine', body: <circle className={fill} cx="6" cy="6" r="3.1" /> },
  expected: { verdict: 'fine', body: <circle cx="6" cy="6" r="3" /> },
  running: {
    verdict: 'fine',
    body: (
      <path
        className={fill}
        d="M3.8 2.6c0-.6.6-.9 1.1-.6l4.8 3.3c.5.3.5 1 0 1.3L4.9 10c-.5.3-1.1 0-1.1-.6z"
      />
    ),
  },
  recovered: {
    verdict: 'fine',
    body: (
      <>
        <path d="M2.6 4.2A4 4 0 1 1 2 6.6" />
        <path d="M2.4 1.8v2.6H5" />
      </>
    ),
  },
  abandoned: { verdict: 'wrong', body: <path className={bold} d="M2 6h6.2M8.6 2.8v6.4" /> },
  pass: { verdict: 'fine', body: <path className={bold} d="M2.4 6.4l2.5 2.5 4.8-5.4" /> },
  failed: {
    verdict: 'wrong',
    body: <path className={bold} d="M2.9 2.9l6.2 6.2M9.1 2.9L2.9 9.1" />,
  },
  timeout: {
    verdict: 'wrong',
    body: (
      <>
        <circle cx="6" cy="6" r="4.3" />
        <path d="M6 3.6V6.2L7.7 7.3" />
      </>
    ),
  },
  denied: {
    verdict: 'stopped',
    body: (
      <>
        <circle cx="6" cy="6" r="4.3" />
        <path d="M3.2 8.8L8.8 3.2" />
      </>
    ),
  },
  rejected: {
    verdict: 'stopped',
    body: (
      <>
        <circle cx="6" cy="6" r="4.3" />
        <path className={bold} d="M4 6h4" />
      </>
    ),
  },
  interrupted: {
    verdict: 'stopped',
    body: <rect className={fill} x="2.8" y="2.8" width="6.4" height="6.4" rx="1.2" />,
  },
  unknown: { verdict: 'unknown', body: <circle className={styles.dash} cx="6" cy="6" r="3.6" /> },
  waiting: {
    verdict: 'yours',
    body: (
      <>
        <path className={bold} d="M3.6 4.1A2.55 2.55 0 1 1 7.2 6.3C6.4 6.7 6 7 6 7.6" />
        <circle className={fill} cx="6" cy="10.1" r="1" />
      </>
    ),
  },
  note: {
    verdict: 'yours',
    body: (
      <>
        <path d="M6 1.6L11 10.4H1z" />
        <path d="M6 4.8v2.5" />
        <circle className={fill} cx="6" cy="8.9" r=".55" />
      </>
    ),
  },
  quiet: {
    verdict: null,
    body: (
      <>
        <path d="M2 6h8" />
        <circle className={fill} cx="2.4" cy="6" r="1.4" />
      </>
    ),
  },
  prompt: {
    verdict: null,
    body: (
      <>
        <path d="M2.6 2.8L6 6 2.6 9.2" />
        <path d="M6.8 9.4h3" />
      </>
    ),
  },
  event: { verdict: null, body: <path d="M3.4 6h5.2" /> },
  agent: {
    verdict: null,
    body: (
      <>
        <path d="M3 1.8v4.4c0 1.3.7 2 2 2h4.2" />
        <circle className={fill} cx="9.4" cy="8.2" r="1.5" />
        <circle className={fill} cx="3" cy="2.2" r="1.3" />
      </>
    ),
  },
  up: { verdict: null, body: <path className={fill} d="M6 2.8l3.6 5.6H2.4z" /> },
  down: { verdict: null, body: <path className={fill} d="M6 9.2L2.4 3.6h7.2z" /> },
  same: { verdict: null, body: <path className={bold} d="M3 6h6" /> },
  next: { verdict: null, body: <path d="M4.5 2.8L7.7 6 4.5 9.2" /> },
} as const satisfies Record<string, Drawing>;

/** The names of the shapes. */
export type ShapeName = keyof typeof drawings;

/** An outcome or state as a 12 px sign; with a label it is read aloud, else it is decoration. */
export function Shape(props: {
  readonly name: ShapeName;
  readonly size?: number;
  readonly label?: string;
  readonly className?: string | undefined;
}) {
  const { verdict, body }: Drawing = drawings[props.name];
  const size = props.size ?? 12;
  const className = clsx(styles.shape, verdict !== null && styles[verdict], props.className);
  const box = { className, width: size, height: size, viewBox: '0 0 12 12' };
  if (props.label === undefined) {
    return (
      <svg {...box} aria-hidden="true">
        {body}
      </svg>
    );
  }
  return (
    <svg {...box} role="img" aria-label={props.label}>
      {body}
    </svg>
  );
}
