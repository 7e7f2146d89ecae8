import clsx from 'clsx';
import { isMac } from '../../data/platform.ts';
import styles from './foot-menu.module.css';

/** One row of the menu at the foot. */
export interface MenuRow {
  readonly label: string;
  /** The letter pressed with ⌘ or Ctrl. */
  readonly key: string;
  /** What the last run came to, said beside the key. */
  readonly result?: string | null;
  readonly isBusy?: boolean;
  readonly run: () => void;
}

/** The glance's menu, with its keys written as the platform writes them. */
export function FootMenu(props: { readonly rows: readonly MenuRow[] }) {
  return (
    <footer className={styles.foot}>
      {props.rows.map((row) => (
        <button
          key={row.key}
          type="button"
          className={styles.action}
          data-row=""
          aria-disabled={row.isBusy}
          aria-keyshortcuts={isMac ? `Meta+${row.key}` : `Control+${row.key}`}
          onClick={row.run}
        >
          {row.label}
          {row.result !== undefined && (
            <span className={styles.actionResult} role="status">
              {row.result}
            </span>
          )}
          <span className={clsx(styles.keys, isMac && styles.macKeys)} aria-hidden="true">
            {isMac ? '⌘' : 'Ctrl+'}
            <span>{row.key}</span>
          </span>
        </button>
      ))}
    </footer>
  );
}
