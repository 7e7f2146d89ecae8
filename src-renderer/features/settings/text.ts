import { plural } from '../../data/plural.ts';

/** Every sentence of the settings. */
export const text = {
  title: 'Settings',
  reading: 'Reading the settings',
  cannotRead: (reason: string) => `The settings cannot be read: ${reason}.`,
  tryAgain: 'Try Again',
  problemsTitle: 'A part of the settings file is not usable',
  problemWhole: (path: string, reason: string) => `${path}: ${reason}. Defaults are in force.`,
  problemField: (name: string, reason: string) => `${name}: ${reason}; its default is in force.`,
  file: (path: string) => `Kept in ${path}; each change counts at once.`,
  reset: 'Reset',
  resetTitle: (name: string) => `Put back the default of “${name}”`,
  failed: (reason: string) => `Not changed: ${reason}.`,

  groups: {
    recording: 'Recording',
    icon: 'Icon and figures',
    app: 'App',
    notices: 'Notifications',
  },

  privacy: {
    label: 'What is kept of an event',
    options: {
      metadata: {
        label: 'Metadata',
        detail:
          'Which tool, file, outcome and time. Commands redacted and cut to 200 characters, an error by its class and first line. No prompts, no contents.',
      },
      redacted: {
        label: 'Redacted content',
        detail:
          'Also inputs, outputs and prompts, up to a limit, with secrets taken out before anything is written.',
      },
      full: {
        label: 'Full content',
        detail:
          'All of it, up to a limit. Secrets that are recognised are taken out here too; others are kept as they are.',
      },
    },
    note: 'Counts for new events; what was recorded stays as it was.',
  },
  excluded: {
    label: 'Folders that are left out',
    note: 'Sessions that begin or work in these folders are not recorded.',
    none: 'None; every project is recorded.',
    add: 'Leave Out a Folder…',
    typeLabel: 'Path of a folder',
    typePlaceholder: '/path/to/folder',
    addTyped: 'Add',
    remove: (folder: string) => `Record ${folder} again`,
    removeShort: 'Remove',
    relative: 'A path that begins with / is needed.',
    known: 'This folder is left out already.',
    count: (count: number) => plural(count, { one: '1 folder', other: `${count} folders` }),
  },
  preToolUse: {
    label: 'Know which tool is running now',
    note: 'Hooks PreToolUse as well: Claude Code then waits for the launcher twice a call instead of once, some milliseconds each time. Off, the glance shows the last finished tool.',
    notInstalled: 'Counts when the hook is installed.',
  },
  pause: {
    label: 'Recording',
    on: 'Recording is on.',
    paused: 'Recording is paused; what happens now is not filled in later.',
    pause: 'Pause Recording',
    resume: 'Resume Recording',
    notInstalled: 'The hook is not installed, so nothing is recorded.',
  },
  retention: {
    label: 'How long it is kept',
    note: 'For ever: Hookline deletes nothing by itself.',
  },
  trayTitle: {
    label: 'Beside the icon',
    options: {
      none: 'Nothing',
      calls: 'Calls today',
      success: 'Success today',
      errors: 'Errors today',
      waiting: '“waits” while a session waits for you',
    },
    macOnly: 'Shown on macOS; other panels have no room for text beside an icon.',
  },
  timeZone: {
    label: 'Time zone of days and hours',
    machine: (zone: string) => `This machine’s (${zone})`,
  },
  launchAtLogin: {
    label: 'Start at login',
    note: 'The hook records without the app; only the icon and the figures need it. Installed builds only.',
  },
  shortcut: {
    label: 'Keys that open the glance',
    note: 'Work from every program, unless another one has them.',
    none: 'None',
    record: 'Choose Keys…',
    recording: 'Press the keys, Esc to leave it',
    clear: 'Remove',
    needsModifier: 'At least one of ⌘, Ctrl or Alt must be held.',
  },
  updates: {
    label: 'Updates',
    note: 'This build does not look for updates: the app makes no connection to any network.',
  },
  notifications: {
    label: 'Tell me when',
    note: 'Each is shown once, and again only after it was mended.',
    kinds: {
      capture: 'events are not recorded any more',
      drift: 'the stores differ and do not agree by themselves',
      purge: 'Claude Code is about to delete transcripts that are not in the record',
      disk: 'the disk is nearly full',
    },
  },
} as const;
