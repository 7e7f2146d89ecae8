/** Every text that the native side shows: menus, window titles and the tray's accessible name. */

/** Labels, in title case as menus have them. */
export const texts = {
  appName: 'Hookline',
  dashboardTitle: 'Hookline',
  settingsTitle: 'Hookline Settings',
  settings: 'Settings…',
  chooseFolder: 'Choose a Folder to Leave Out',
  chooseFolderButton: 'Leave Out',
  openDashboard: 'Open Dashboard',
  refreshNow: 'Refresh Now',
  pause: 'Pause Recording',
  resume: 'Resume Recording',
  waiting: 'waits',
  about: 'About Hookline',
  quit: 'Quit Hookline',
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  closeWindow: 'Close Window',
  pageMissing: 'A part of Hookline is missing. Install Hookline again.',
  hooksReference: 'Claude Code Hooks Reference',
} as const;

/** What the tray's accessible name says of the state of capture. */
export const trayStateTexts = {
  attention: 'needs attention',
  paused: 'paused',
  capturing: 'capturing',
  idle: 'idle',
  'not-installed': 'not installed',
} as const;

/** "1,448 calls today" in the words and digits of `locale`. */
export function callsToday(calls: number, locale: string): string {
  const one = new Intl.PluralRules(locale).select(calls) === 'one';
  return `${new Intl.NumberFormat(locale).format(calls)} ${one ? 'call' : 'calls'} today`;
}

/** "atlas-api waits for you", or how many sessions wait when there are several. */
export function waitsForYou(projects: readonly string[], locale: string): string {
  const [only] = projects;
  if (projects.length === 1 && only !== undefined) return `${only} waits for you`;
  return `${new Intl.NumberFormat(locale).format(projects.length)} sessions wait for you`;
}

/** What notifications say that no finding says. */
export const noticeTexts = {
  disk: (megabytes: number) => ({
    title: 'The disk is nearly full',
    body: `${megabytes} MB are left where Hookline keeps its record. Events that find no room are lost.`,
  }),
} as const;

/** What became of moving the app. */
export const placeTexts = {
  inPlace: 'Hookline is where it can stay.',
  moved: 'Hookline moves to the Applications folder and starts again.',
  notMoved: 'Hookline was not moved. Drag it to the Applications folder in the Finder.',
} as const;
