import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import {
  computeText,
  oldBeginning,
  oldLines,
  writeShared,
} from '../../test/support/stats-world.ts';
import { commands } from './commands.ts';
import { errors } from './errors.ts';
import { flow } from './flow.ts';
import { recovery } from './recovery.ts';
import { activity, toolSuccess, toolUsage } from './seven.ts';

const NEW_YORK = 'America/New_York';
const home = homePerTest();

describe('next to the old files, byte for byte', () => {
  it.each([
    ['tool-usage-stats.json', toolUsage],
    ['activity-stats.json', activity],
    ['command-stats.json', commands],
    ['tool-success-stats.json', toolSuccess],
    ['error-stats.json', errors],
    ['recovery-stats.json', recovery],
    ['flow-stats.json', flow],
  ])('%s of no events is the old one with more members', (file, statistic) => {
    expect(computeText(home(), statistic)).toContain(`${oldBeginning('empty', file)},\n`);
  });

  it('tool-usage-stats.json has the same calls, tools and models, in the same order', () => {
    const rows = oldLines('mixed', 'tool-usage.jsonl').map((line) => JSON.parse(line));
    home().addToStore(
      ...rows.map(({ tool, model = null }, i) => toolCall({ tool, model, at: NOON + i })),
    );
    expect(computeText(home(), toolUsage)).toContain(
      `${oldBeginning('mixed', 'tool-usage-stats.json')},\n`,
    );
  });

  it('error-stats.json has the same total and types, in the same order; none is unknown that says what it is', () => {
    writeShared(home(), 'errors', oldLines('mixed', 'errors.jsonl'));
    const old = oldBeginning('mixed', 'error-stats.json');
    const common = old.slice(0, old.indexOf('"recent_errors"'));
    expect(common).toContain('"git": 10,\n    "unknown": 1,');
    expect(
      computeText(home(), errors).startsWith(
        common.replace('"git": 10,\n    "unknown": 1,', '"git": 11,'),
      ),
    ).toBe(true);
  });

  it('recovery-stats.json has the same total and patterns; its rate is of what was measured', () => {
    writeShared(home(), 'recoveryOutcomes', oldLines('mixed', 'recovery-outcomes.jsonl'));
    const old = oldBeginning('mixed', 'recovery-stats.json');
    expect(old).toContain('"success_rate": 66.7');
    expect(computeText(home(), recovery)).toContain(`${old.replace('66.7', '50.0')},\n`);
  });

  it('flow-stats.json has the same total; its average and hours take both names of a score', () => {
    writeShared(home(), 'flowHistory', oldLines('mixed', 'flow-history.jsonl'));
    const old = oldBeginning('mixed', 'flow-stats.json');
    expect(old).toContain('"average_flow_score": 0.56');
    expect(old).toContain('"3": 1,\n    "19": 1');
    expect(computeText(home(), flow, NEW_YORK)).toContain(
      `${old.replace('0.56', '0.74').replace('"3": 1,\n    "19": 1', '"3": 2,\n    "19": 1')},\n`,
    );
  });
});
