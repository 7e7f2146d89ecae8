import { beforeEach, describe, expect, it } from 'vitest';
import { callPayload } from '../../test/support/capture-text.ts';
import { changedPayload } from '../../test/support/claude-fixtures.ts';
import { drain, spoolEntry } from '../../test/support/spool.ts';
import { queryFile } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createPaths, type Paths } from '../files/paths.ts';

const folder = tempFolderPerTest();
const SESSION = '8f02f044-711f-4043-a0dd-c64620db6969';
let paths: Paths;
beforeEach(() => {
  paths = createPaths({ home: folder() });
});
const begin = (id: string, members = {}): void => {
  const begun = { hook_event_name: 'PreToolUse', tool_use_id: id, tool_response: undefined };
  spoolEntry(paths, callPayload({ ...begun, ...members }));
};
const running = () =>
  queryFile(paths.database, 'SELECT tool_use_id FROM hookline_running ORDER BY 1').map(
    (row) => row.tool_use_id,
  );

describe('calls that run', () => {
  it('run from their beginning to their end, and are no calls of the record by themselves', () => {
    begin('toolu_1');
    begin('toolu_2');
    drain(paths);
    expect(running()).toEqual(['toolu_1', 'toolu_2']);
    expect(queryFile(paths.database, 'SELECT id FROM hookline_event')).toEqual([]);
    spoolEntry(paths, callPayload({ tool_use_id: 'toolu_1' }));
    drain(paths);
    expect(running()).toEqual(['toolu_2']);
  });

  it.each([
    ['Stop', 'Stop'],
    ['SessionEnd', 'SessionEnd-other'],
    ['SessionStart', 'SessionStart-startup'],
  ])('run no more after %s, though their end was never told', (_, fixture) => {
    begin('toolu_1');
    begin('toolu_other', { session_id: 'another' });
    spoolEntry(paths, changedPayload(fixture, { session_id: SESSION }));
    begin('toolu_later');
    drain(paths);
    // What was drained in one go is told apart by its time.
    expect(running()).toEqual(['toolu_later', 'toolu_other']);
  });
});
