import { plural } from '../../data/plural.ts';

/** Every sentence of the overview. */
export const text = {
  title: 'Overview',
  nothingYet: 'nothing recorded yet',
  span: (from: string, to: string, time: string) => `${from} – ${to}, ${time}`,
  todaySpan: (day: string, from: string, to: string) => `${day}, ${from} – ${to}`,

  recordComplete: 'Record complete',
  recordMissing: (count: string) => `${count} missing`,
  recordAgrees: 'Stores agree',
  recordDiffers: (drift: string) => `${drift} in one store only`,
  recordUncompared: 'Not compared yet',
  recordWrongSum: 'The sources do not add up',
  recordTo: (time: string) => `Record, to ${time}`,
  recordSeen: (seen: string, stored: string) => `${seen} seen = ${stored} stored`,
  recordMissingSum: (seen: string, stored: string) => `${seen} seen, ${stored} stored`,
  recordStored: (stored: string) => `${stored} stored, missing not known`,
  recordSum: (sum: string, total: string) => `${sum} by source, ${total} in all`,
  recordLine: (heading: string, range: string) => `Record line, ${range}: ${heading}`,
  missing: 'missing',

  calls: 'Calls',
  success: 'Success',
  errors: 'Errors',
  sessions: 'Sessions',
  activeTime: 'Active time',

  activity: 'Activity',
  activityNotes: {
    hour: 'calls per hour, errors below on their own scale',
    day: 'calls per day, errors below on their own scale',
    week: 'calls per week, errors below on their own scale',
  },
  activityLabel: (calls: string, range: string) => `Calls, ${range}: ${calls} in all`,
  errorsLabel: (errors: string, range: string) => `Errors, ${range}: ${errors} in all`,
  filledIn: 'Filled in later',
  today: 'today',
  now: 'now',
  week: (day: string) => `Week of ${day}`,

  outcomes: 'Outcomes',
  outcomesLabel: (calls: string) => `How ${calls} calls ended`,
  when: 'When you work',
  whenNote: 'mean calls per hour',
  fewer: 'fewer',
  more: 'more',
  most: (weekday: string, from: number, to: number, calls: string) =>
    `most: ${weekday} ${from}–${to}, ${calls} an hour`,
  heatLabel: (most: string) => `Mean calls per hour by weekday; ${most}`,
  heatCell: (weekday: string, from: number, to: number, calls: string) =>
    `${weekday} ${from}–${to}: ${calls} calls`,

  tools: 'Tools',
  toolCalls: 'calls',
  toolSuccess: 'success',
  otherTools: (count: number) => `Other (${count})`,
  recent: 'Recent events',
  showAll: 'Show All',

  noCalls: 'No calls in this range',
  noCallsText: 'The range is covered; nothing was called.',
  noTools: 'No tool was called',
  showRange: 'Show 30 Days',

  empty: {
    title: 'Nothing on the hook yet',
    lead: 'Hookline is not installed in Claude Code yet. This is all it takes:',
    steps: [
      {
        title: 'Review the change',
        detail: 'Hook entries in Claude Code’s settings, shown line by line, with undo',
      },
      {
        title: 'Work as usual',
        detail: 'The next Claude Code session is the first one recorded',
      },
      {
        title: 'Read it here',
        detail: 'Calls, errors, sessions and time, each with where it comes from',
      },
    ],
    action: 'Review and Install…',
  },
  fresh: {
    title: 'Nothing on the hook yet',
    lead: 'The hooks are in place. The next Claude Code session is the first one recorded; this page follows it by itself.',
    action: 'Open Health',
  },

  provenance: (hookShare: string, others: readonly string[]) =>
    others.length === 0 ? `${hookShare} by hook` : `${hookShare} by hook, ${others.join(', ')}`,
  fromSource: (count: string, source: string) => `${count} ${source}`,
  oldCount: (count: number, shown: string) =>
    plural(count, { one: '1 old record', other: `${shown} old records` }),
} as const;
