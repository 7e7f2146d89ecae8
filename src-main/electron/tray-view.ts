/** What the tray icon shows, as plain values: which shape, which file, which accessible name. */
import type { TrayTitle } from '../../src-core/contract/settings.ts';
import type { HealthLine } from '../../src-core/contract/views.ts';
import type { AppState } from '../views/app-state.ts';
import { callsToday, texts, trayStateTexts, waitsForYou } from './texts.ts';

/** The shapes of the tray icon; state is told by shape alone, never by colour. */
export type TrayState = 'attention' | 'waiting' | 'paused' | 'capturing' | 'idle';

/** What the tray is told. */
export interface TrayView {
  readonly health: HealthLine['state'];
  /** Tool calls of today; null when they are not known. */
  readonly callsToday: number | null;
  /** Projects of the sessions that wait for an answer of the user. */
  readonly waitingFor: readonly string[];
  /** What stands beside the icon; empty for nothing. */
  readonly title: string;
}

/** What the icon is told of a state. */
export function trayViewOf(state: AppState, locale: string): TrayView {
  const { health, today, waitingFor, settings } = state;
  return {
    health: health.state,
    callsToday: today?.calls ?? null,
    waitingFor,
    title: trayTitle(settings.trayTitle, state, locale),
  };
}

/** The text beside the icon, at most six characters; a dash for what is not known. */
function trayTitle(
  content: TrayTitle,
  { today, waitingFor }: Pick<AppState, 'today' | 'waitingFor'>,
  locale: string,
): string {
  const count = (value: number | undefined): string =>
    value === undefined ? '–' : shortCount(value, locale);
  switch (content) {
    case 'none':
      return '';
    case 'calls':
      return count(today?.calls);
    case 'errors':
      return count(today?.errors);
    case 'success':
      return percentage(today?.rate ?? null, locale);
    case 'waiting':
      return waitingFor.length === 0 ? '' : texts.waiting;
  }
}

/** Exact up to five digits, else in thousands: 12,345 and 123K. */
function shortCount(value: number, locale: string): string {
  const notation = value < 100_000 ? 'standard' : 'compact';
  return new Intl.NumberFormat(locale, { notation, maximumFractionDigits: 0 }).format(value);
}

/** One decimal, and never 100% for less than all. */
function percentage(rate: number | null, locale: string): string {
  if (rate === null) return '–';
  const shown = rate < 1 ? Math.min(rate, 0.999) : 1;
  const digits = shown === 1 ? 0 : 1;
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(shown);
}

/** `template` is for macOS, which recolours; the others name the panel a glyph is drawn for. */
export type TrayTone = 'template' | 'on-dark' | 'on-light';

/** The shape for a view. When several hold: attention, waiting, paused, capturing, idle. */
export function trayState({ health, waitingFor }: TrayView): TrayState {
  if (health === 'attention') return 'attention';
  if (waitingFor.length > 0) return 'waiting';
  if (health === 'paused' || health === 'capturing') return health;
  return 'idle';
}

/** The accessible name: state, value, and who waits, e.g. "Hookline: capturing, 1,448 calls today". */
export function trayLabel(view: TrayView, locale: string): string {
  const parts: string[] = [trayStateTexts[view.health]];
  if (view.callsToday !== null) parts.push(callsToday(view.callsToday, locale));
  if (view.waitingFor.length > 0) parts.push(waitsForYou(view.waitingFor, locale));
  return `${texts.appName}: ${parts.join(', ')}`;
}

const FILE_STEMS = {
  attention: 'trayAttention',
  waiting: 'trayWaiting',
  paused: 'trayPaused',
  capturing: 'trayCapturing',
  idle: 'trayIdle',
} as const satisfies Record<TrayState, string>;

const FILE_ENDS = {
  template: 'Template.png',
  'on-dark': 'OnDark.png',
  'on-light': 'OnLight.png',
} as const satisfies Record<TrayTone, string>;

/** The name of the icon's file; a twin with `@2x` lies beside each. */
export function trayIconFile(state: TrayState, tone: TrayTone): string {
  return FILE_STEMS[state] + FILE_ENDS[tone];
}

/** Desktops whose panel is dark whatever theme the applications have. */
const DARK_PANELS = ['gnome', 'xfce', 'unity', 'x-cinnamon'];

/**
 * Which drawing is visible on the panel. `desktop` is `XDG_CURRENT_DESKTOP`; where the panel follows
 * the theme, or nothing is known of it, the theme decides.
 */
export function trayTone(about: {
  readonly platform: NodeJS.Platform;
  readonly desktop: string | undefined;
  readonly isDark: boolean;
}): TrayTone {
  if (about.platform === 'darwin') return 'template';
  const names = (about.desktop ?? '').toLowerCase().split(':');
  const isPanelDark = names.some((name) => DARK_PANELS.includes(name)) || about.isDark;
  return isPanelDark ? 'on-dark' : 'on-light';
}
