/** Every sentence of the events page. */
export const text = {
  title: 'Events',
  sub: 'newest first',
  today: 'Today',
  yesterday: 'Yesterday',
  list: 'Events, newest first',
  loadOlder: 'Load Older Events',
  loading: 'Loading…',
  end: 'There are no older ones.',
  olderFailed: (reason: string) => `Older events could not be read: ${reason}.`,
  tryAgain: 'Try Again',
  empty: {
    title: 'No events yet',
    lead: 'The hooks are in place. The first call of the next Claude Code session appears here.',
  },
} as const;
