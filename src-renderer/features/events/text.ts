/** Every sentence of the events page. */
export const text = {
  title: 'Events',
  sub: 'newest first',
  today: 'Today',
  yesterday: 'Yesterday',
  list: 'Events, newest first',
  loadOlder: 'Load Older Events',
  loading: 'Loading…',
  end: 'This is where the record begins.',
  olderFailed: (reason: string) => `Older events could not be read: ${reason}.`,
  tryAgain: 'Try Again',
  from: (source: string) => `Recorded ${source}`,

  facts: {
    outcome: 'Outcome',
    error: 'Error',
    time: 'Time',
    duration: 'Took',
    project: 'Project',
    session: 'Session',
    agent: 'Agent',
    source: 'Recorded',
    detail: 'Detail',
  },
  noDetail: 'No detail was recorded.',

  empty: {
    title: 'No events yet',
    lead: 'The hooks are in place. The first call of the next Claude Code session appears here.',
  },
  notInstalled: {
    title: 'No events yet',
    lead: 'Hookline is not installed in Claude Code yet, so nothing is recorded.',
    action: 'Review and Install…',
  },
} as const;
