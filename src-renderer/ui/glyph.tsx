import clsx from 'clsx';
import type { JSX } from 'react';
import styles from './mark.module.css';

const HOOK = 'M9 1.5V4C9 5.3 9.8 6.1 11.2 6.85A4.7 4.7 0 1 1 4.3 11';

const drawings = {
  capturing: (
    <>
      <path d={HOOK} />
      <circle className={styles.fill} cx="9" cy="11" r="1.95" />
    </>
  ),
  idle: <path d={HOOK} />,
  attention: (
    <>
      <path d="M1.4 8.2H4.8M13.2 8.2H16.6" />
      <path className={styles.heavy} d="M9 1.9V10" />
      <circle className={styles.fill} cx="9" cy="14.6" r="1.7" />
    </>
  ),
  paused: (
    <>
      <path d={HOOK} />
      <path d="M7.6 9.5V12.5M10.4 9.5V12.5" />
    </>
  ),
} as const satisfies Record<string, JSX.Element>;

/** The states of the hook sign. */
export type GlyphName = keyof typeof drawings;

/** The hook, as in the menu bar; decoration beside words that say the same. */
export function Glyph(props: {
  readonly name: GlyphName;
  readonly size?: number;
  readonly className?: string | undefined;
}) {
  const size = props.size ?? 18;
  return (
    <svg
      className={clsx(styles.glyph, props.className)}
      width={size}
      height={size}
      viewBox="0 0 18 18"
      aria-hidden="true"
    >
      {drawings[props.name]}
    </svg>
  );
}
