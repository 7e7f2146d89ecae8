import { plural } from '../../data/plural.ts';

/** Every sentence of the glance. */
export const text = {
  title: 'Hookline',
  today: 'Today',
  record: 'Record',
  calls: 'Calls',
  success: 'Success',
  errors: 'Errors',
  sessions: 'Sessions',
  time: 'Time',
  recordComplete: 'complete',
  recordNoGap: 'no gap known',
  recordPaused: 'paused',
  recordInJournal: 'in journal',
  recordUnread: 'not read',
  recordGap: (duration: string) => `${duration} gap`,
  recordMissing: (count: string) => `${count} missing`,
  asOf: (time: string) => `as of ${time}`,
  chart: (row: string, value: string, from: string, to: string) =>
    `${row} ${value}, ${from} to ${to}`,

  liveSessions: 'Live sessions',
  noneOpen: 'None open.',
  yesterday: (calls: string, sessions: string, errors: string) =>
    `None open. Yesterday: ${calls} calls in ${sessions} sessions, ${errors} errors.`,
  moreSessions: (count: number) => plural(count, { one: 'and 1 more', other: `and ${count} more` }),
  noProject: 'no project',
  waiting: (age: string) => `waiting ${age}`,
  idle: (age: string) => `quiet ${age}`,
  ended: (age: string) => `ended ${age} ago, inferred`,
  states: {
    running: 'Running',
    waiting: 'Waiting for you',
    idle: 'Quiet',
    ended: 'Ended: Claude Code is gone, though it did not say so',
  },
  lastErrors: 'Last errors',

  installTitle: 'Record every event, from now on',
  installNothingChanged: 'Nothing has been changed in Claude Code so far.',
  installSteps: [
    {
      title: 'Review the change',
      detail:
        'Hook entries go into Claude Code’s settings. You see each line before it is written, and can undo it.',
    },
    {
      title: 'Work as usual',
      detail: 'Claude Code picks the hooks up in its next session.',
    },
    {
      title: 'See it here',
      detail: 'Calls, errors and sessions appear in this window as they happen.',
    },
  ],
  reviewAndInstall: 'Review and Install…',

  staleNote: (time: string) =>
    `The stores have not answered since ${time}. The hook works without this app, so events are still kept.`,
  errorNote: (reason: string) =>
    `${reason}. The hook works without this app, so events are still kept.`,
  pausedNote: 'You switched recording off. What happens meanwhile is not filled in later.',
  moreFindings: (count: number) =>
    plural(count, { one: '1 more finding in Health.', other: `${count} more findings in Health.` }),
  openHealth: 'Open Health',
  tryAgain: 'Try Again',

  openDashboard: 'Open Dashboard',
  refreshNow: 'Refresh Now',
  refreshing: 'Refreshing…',
  refreshDone: (healed: number, shown: string) =>
    healed === 0
      ? 'nothing to heal'
      : plural(healed, { one: '1 healed', other: `${shown} healed` }),
  refreshFailed: 'not everything was reached',
  pause: 'Pause Recording',
  resume: 'Resume Recording',
  pauseFailed: 'that could not be done',
  settings: 'Settings…',
  quit: 'Quit Hookline',
} as const;
