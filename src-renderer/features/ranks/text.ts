import type { RankDetail, RankedBy, RankFigure } from '../../../src-core/contract/work.ts';
import { plural } from '../../data/plural.ts';

type About = RankDetail['lists'][number]['about'];

/** Every sentence of the pages of tools, errors and commands. */
export const text = {
  titles: { tool: 'Tools', error: 'Errors', program: 'Commands' },
  table: { tool: 'By calls', error: 'By class', program: 'By program' },
  tableNote: {
    tool: 'every call that was asked for',
    error: 'first rule that matches decides',
    program: 'the program that a command is about',
  },
  head: {
    name: { tool: 'Tool', error: 'Class', program: 'Program' },
    series: 'Over the range',
    bar: 'Share',
    calls: 'Calls',
    errors: 'Errors',
    success: 'Success',
    recovered: 'Recovered',
    median: 'Median',
    p95: '95%',
    toRecover: 'Median time',
  },
  figures: {
    calls: 'Calls',
    errors: 'Errors',
    success: 'Success',
    errorRate: 'Error rate',
    recovered: 'Recovered',
    timeToRecover: 'Time to recover',
    abandoned: 'Abandoned',
    medianMs: 'Median duration',
    names: 'Different ones',
  } satisfies Record<RankFigure['name'], string>,
  about: {
    outcomes: 'How they ended',
    commands: 'Commands that failed most',
    subcommands: 'What it was to do',
    projects: 'Projects',
    classes: 'Errors by class',
    next: 'What happened next',
  } satisfies Record<About, string>,
  rate: {
    outcomes: null,
    commands: 'recovered',
    subcommands: 'success',
    projects: { tool: 'success', error: 'recovered', program: 'success' },
    classes: null,
    next: null,
  },
  endings: { recovered: 'Recovered', abandoned: 'Abandoned', open: 'Still open' },
  recoveredIn: (duration: string) => `recovered in ${duration}`,
  openFor: (duration: string) => `open for ${duration}`,
  abandoned: 'abandoned',
  attempt: 'a further attempt',
  share: 'share',
  others: (count: number) => `Other (${count})`,
  latest: { tool: 'Latest failures', error: 'Latest of this class', program: 'Latest failures' },
  showAll: (count: number, shown: string) =>
    plural(count, { one: 'Show the Event', other: `Show All ${shown}` }),
  showCalls: 'Show All Calls',
  noFailures: 'No failure in this range',
  noFailuresText: 'Every call with a known end did what was wanted.',
  count: (by: RankedBy, count: number, shown: string) => {
    switch (by) {
      case 'error':
        return plural(count, { one: '1 error', other: `${shown} errors` });
      default:
        return plural(count, { one: '1 failure', other: `${shown} failures` });
    }
  },
  series: (name: string, calls: string) => `${name}, ${calls} over the range`,
  provenance: (shares: readonly string[]) => shares.join(', '),
  fromSource: (count: string, source: string) => `${count} ${source}`,

  none: {
    tool: { title: 'No calls in this range', lead: 'The range is covered; nothing was called.' },
    error: { title: 'No errors in this range', lead: 'The range is covered; nothing failed.' },
    program: {
      title: 'No commands in this range',
      lead: 'The range is covered; no command was run.',
    },
  },
} as const;
