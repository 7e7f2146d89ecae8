import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import styles from './glance.module.css';

/** One step that helps. */
export interface NoteAction {
  readonly label: string;
  readonly run: () => void;
}

/** What the health line means and what to do; stands directly under it. */
export function Note(props: {
  readonly children: ReactNode;
  readonly actions: readonly NoteAction[];
}) {
  return (
    <section className={styles.note}>
      <p>{props.children}</p>
      {props.actions.length > 0 && (
        <div className={styles.noteActions}>
          {props.actions.map((action, index) => (
            <Button key={action.label} isPrimary={index === 0} isRow onPress={action.run}>
              {action.label}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}
