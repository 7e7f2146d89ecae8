/**
 * Fails the run if it changed what Hookline keeps in the real home: tests that write there would
 * damage the records of the person who runs them. Only the program's own places are compared,
 * since a Claude Code session at work changes the rest of its folder all the time.
 */
import { homedir } from 'node:os';
import { createPaths } from '../../src-core/files/paths.ts';
import { changedPaths, readFootprint } from './footprint.ts';

/** Notes the state before the tests; what it returns compares it with the state after them. */
export function setup(): () => void {
  const { claude, settingsJson, data, kernel, activityLog, hookFolder, database } = createPaths({
    home: homedir(),
  });
  const watched = [settingsJson, data, kernel, activityLog, hookFolder, database];
  const before = readFootprint(watched);
  return () => {
    const changed = changedPaths(before, readFootprint(watched));
    if (changed.length === 0) return;
    const list = changed.slice(0, 10).join('\n  ');
    throw new Error(
      `The real home (${claude}) changed while the tests ran:\n  ${list}\n` +
        'If no installed Hookline and no Claude Code session was at work meanwhile, a test did it.',
    );
  };
}
