/** Every sentence of the dashboard's frame. */
export const text = {
  views: 'Views',
  overview: 'Overview',
  events: 'Events',
  health: 'Health',
  install: 'Install',
  record: 'Record',
  waiting: (count: string) => `${count} waiting for you`,
  findings: (count: string) => `${count} found`,
  refreshNow: (key: string) => `Refresh Now, ${key}`,
  refreshing: 'Refreshing…',

  staleTitle: (age: string, time: string) => `Figures are ${age} old, read at ${time}.`,
  staleTitleAt: (time: string) => `Figures are from ${time}.`,
  staleText:
    'The stores have not answered since. The hook works without this app, so events are still kept.',
  errorTitle: (time: string) => `Cannot be read since ${time}.`,
  errorText: (reason: string) =>
    `${reason}. The hook works without this app, so events are still kept.`,
  refreshFailed: (time: string) => `The refresh failed at ${time}.`,
  openHealth: 'Open Health',
  tryAgain: 'Try Again',
  reviewAndInstall: 'Review and Install…',
  refresh: 'Refresh Now',
} as const;
