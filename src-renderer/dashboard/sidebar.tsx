import clsx from 'clsx';
import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import { isMac, shortcut } from '../data/platform.ts';
import type { Status } from '../data/status.ts';
import { Glyph } from '../ui/glyph.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Shape, type ShapeName } from '../ui/shape.tsx';
import textStyles from '../ui/text.module.css';
import styles from './dashboard.module.css';
import { text } from './text.ts';

/** One way to a page. */
export interface NavItem {
  readonly page: DashboardPage;
  readonly icon: IconName;
  readonly label: string;
  readonly key: string | null;
  readonly badge: {
    readonly shape: ShapeName;
    readonly count: string;
    readonly label: string;
  } | null;
}

const TONES: Readonly<Record<Status['state'], string | undefined>> = {
  capturing: styles.fine,
  idle: undefined,
  reading: undefined,
  paused: undefined,
  'not-installed': undefined,
  stale: styles.yours,
  attention: styles.wrong,
  error: styles.wrong,
};

/** The health line, the same in every view, and the ways to the pages. */
export function Sidebar(props: {
  readonly status: Status;
  readonly groups: readonly { readonly title: string | null; readonly items: readonly NavItem[] }[];
  readonly page: DashboardPage;
  /** The digits that lead to the pages are shown. */
  readonly isKeyHeld: boolean;
  readonly onOpen: (page: DashboardPage) => void;
  readonly onSettings: () => void;
}) {
  const { status } = props;
  return (
    <nav className={styles.side} aria-label={text.views}>
      <button
        type="button"
        className={clsx(styles.tile, TONES[status.state])}
        onClick={() => props.onOpen('health')}
      >
        <Glyph name={status.glyph} className={styles.tileGlyph} />
        <b className={styles.tileTitle}>{status.title}</b>
        <span className={clsx(styles.tileRest, textStyles.truncate)}>
          {status.brief.join(' · ')}
        </span>
      </button>
      {props.groups.map((group) => (
        <div key={group.title ?? ''} className={styles.group}>
          {group.title !== null && <h2 className={styles.groupTitle}>{group.title}</h2>}
          <ul>
            {group.items.map((item) => (
              <li key={item.page}>
                <Link
                  item={item}
                  isOn={item.page === props.page}
                  isKeyHeld={props.isKeyHeld}
                  onOpen={props.onOpen}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <button
        type="button"
        className={clsx(styles.link, styles.last)}
        aria-keyshortcuts={isMac ? 'Meta+,' : 'Control+,'}
        title={shortcut(',')}
        onClick={props.onSettings}
      >
        <Icon name="settings" className={styles.linkIcon} />
        {text.settings}
      </button>
    </nav>
  );
}

function Link(props: {
  readonly item: NavItem;
  readonly isOn: boolean;
  readonly isKeyHeld: boolean;
  readonly onOpen: (page: DashboardPage) => void;
}) {
  const { item, isOn } = props;
  return (
    <button
      type="button"
      className={clsx(styles.link, isOn && styles.on)}
      aria-current={isOn ? 'page' : undefined}
      title={item.key === null ? undefined : shortcut(item.key)}
      onClick={() => props.onOpen(item.page)}
    >
      <Icon name={item.icon} className={styles.linkIcon} />
      {item.label}
      {props.isKeyHeld && item.key !== null && <kbd className={styles.digit}>{item.key}</kbd>}
      {!props.isKeyHeld && item.badge !== null && (
        <span className={styles.badge}>
          <Shape name={item.badge.shape} label={item.badge.label} />
          <span aria-hidden="true">{item.badge.count}</span>
        </span>
      )}
    </button>
  );
}
