/** Every sentence of the dashboard's frame. */
export const text = {
  views: 'Views',
  pages: {
    live: 'Live',
    overview: 'Overview',
    tools: 'Tools',
    errors: 'Errors',
    commands: 'Commands',
    sessions: 'Sessions',
    events: 'Events',
    health: 'Health',
    install: 'Install',
  },
  work: 'Work',
  record: 'Record',
  settings: 'Settings…',
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

  behind: {
    tool: (name: string) => `calls of ${name}`,
    errorClass: (name: string) => `errors: ${name}`,
    program: (name: string) => `commands of ${name}`,
    outcome: (name: string) => name,
  },
} as const;

/** Every sentence of the filter. */
export const filterText = {
  filter: 'Filter',
  range: 'Range',
  ranges: { 1: 'Today', 7: '7\u202fd', 30: '30\u202fd', 90: '90\u202fd', 0: 'All' },
  custom: 'Custom',
  customLabel: 'Custom Range…',
  customTitle: 'Show these days',
  customFrom: 'From',
  customTo: 'To, inclusive',
  customIncomplete: 'Both days are needed.',
  customBackwards: 'The first day comes after the last one.',
  cancel: 'Cancel',
  show: 'Show',
  project: 'Project',
  model: 'Model',
  source: 'Source',
  allProjects: 'All projects',
  allModels: 'All models',
  allSources: 'All sources',
  search: 'Search',
  clear: 'Clear Filter',
  filters: 'Filter',
} as const;
