import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './page.module.css';
import textStyles from './text.module.css';

/** The frame of a dashboard page: its bar, a banner if something is wrong, its scrolling view, its foot. */
export function Page(props: {
  readonly title: string;
  readonly sub?: string | undefined;
  readonly actions?: ReactNode;
  readonly banner?: ReactNode;
  readonly foot?: ReactNode;
  /** The view scrolls by itself and reaches the edges. */
  readonly isBare?: boolean;
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <main className={styles.page} aria-busy={props.isBusy}>
      <header className={styles.bar}>
        <div className={styles.heading}>
          <h1 className={styles.title}>{props.title}</h1>
          {props.sub !== undefined && (
            <p className={clsx(styles.sub, textStyles.truncate)}>{props.sub}</p>
          )}
        </div>
        {props.actions}
      </header>
      {props.isBare ? (
        <>
          <div className={styles.banner}>{props.banner}</div>
          <div className={styles.bare}>{props.children}</div>
        </>
      ) : (
        <div className={styles.view}>
          {props.banner}
          {props.children}
        </div>
      )}
      {props.foot !== undefined && <footer className={styles.foot}>{props.foot}</footer>}
    </main>
  );
}
