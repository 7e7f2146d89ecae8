import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './banner.module.css';
import { Shape } from './shape.tsx';

const TONES = { fine: styles.fine, yours: undefined, wrong: styles.wrong };
const SHAPES = { fine: 'pass', yours: 'note', wrong: 'failed' } as const;

/** A strip above a view: what is not as it should be, since when, and what to do. */
export function Banner(props: {
  readonly tone: 'fine' | 'yours' | 'wrong';
  readonly title: string;
  readonly text: string;
  readonly actions: ReactNode;
}) {
  return (
    <section className={clsx(styles.banner, TONES[props.tone])} role="status">
      <Shape name={SHAPES[props.tone]} size={14} />
      <p className={styles.text}>
        <strong className={styles.title}>{props.title}</strong>
        {props.text}
      </p>
      <div className={styles.actions}>{props.actions}</div>
    </section>
  );
}
