import type { ReactNode } from 'react';
import styles from './message.module.css';
import { Shape, type ShapeName } from './shape.tsx';

/** What a card says instead of figures: what is true, and the one thing to do. */
export function Message(props: {
  readonly shape?: ShapeName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={styles.message}>
      <p className={styles.title}>
        {props.shape !== undefined && <Shape name={props.shape} />}
        {props.title}
      </p>
      {props.children !== undefined && <p>{props.children}</p>}
      {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
    </div>
  );
}
