import clsx from 'clsx';
import { type ReactNode, useId } from 'react';
import styles from './card.module.css';

/** A titled surface; `end` stands right in its head, `isFlush` is for tables and row lists. */
export function Card(props: {
  readonly title: string;
  readonly note?: string;
  readonly end?: ReactNode;
  readonly isFlush?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      className={clsx(styles.card, props.isFlush && styles.flush, props.className)}
      aria-labelledby={id}
    >
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {props.title}
        </h2>
        {props.note !== undefined && <span className={styles.note}>{props.note}</span>}
        {props.end !== undefined && <div className={styles.end}>{props.end}</div>}
      </header>
      {props.children}
    </section>
  );
}
