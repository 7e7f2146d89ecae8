import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callPayload, eventOf } from '../../test/support/capture-text.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { appendActivity } from './activity-log.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'activity.log');
const text = () => readFileSync(file(), 'utf8');
/** Local time, whatever the zone of the machine. */
const on = (day: number, hour = 9) => new Date(2027, 0, day, hour, 5, 7).getTime();
const read = (at: number, path = '/w/a.ts') =>
  eventOf(callPayload({ tool_name: 'Read', tool_input: { file_path: path } }), { at });

describe('appendActivity', () => {
  it('writes the old lines, with a line for the day, which they lack (D56)', () => {
    const bash = eventOf(callPayload({}), { at: on(15, 23) });
    appendActivity(file(), [read(on(15)), bash, read(on(16))]);
    expect(text()).toBe(
      '--- 2027-01-15 ---\n09:05:07 Read /w/a.ts\n23:05:07 Bash\n--- 2027-01-16 ---\n09:05:07 Read /w/a.ts\n',
    );
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('repeats no day that the file was written on last', () => {
    appendActivity(file(), [read(on(15))]);
    utimesSync(file(), on(15) / 1000, on(15) / 1000);
    appendActivity(file(), [read(on(15, 10))]);
    expect(text().match(/---/g)).toHaveLength(2);
    utimesSync(file(), on(15) / 1000, on(15) / 1000);
    appendActivity(file(), [read(on(16))]);
    expect(text()).toContain('--- 2027-01-16 ---');
  });

  it('heads a session and marks its end', () => {
    const start = eventOf(hookPayload('SessionStart-startup'), { at: on(15) });
    const end = eventOf(hookPayload('SessionEnd-other'), { at: on(15, 10) });
    appendActivity(file(), [start, end]);
    const [day, blank, rule, head, last] = text().split('\n');
    expect([day, blank, rule]).toEqual(['--- 2027-01-15 ---', '', '═'.repeat(59)]);
    expect(head).toBe('SESSION 2027-01-15 09:05:07 PWD:/Users/dev/project');
    expect(last).toBe('SESSION END 10:05:07');
  });

  it('keeps a name with line ends and escapes on one line', () => {
    appendActivity(file(), [read(on(15), '/w/a\n12:00:00 Bash\u001b[31m')]);
    expect(text().split('\n')).toHaveLength(3);
    expect(text()).not.toContain('\u001b');
  });

  it('writes nothing for events that have no line', () => {
    appendActivity(file(), [eventOf(hookPayload('Stop'))]);
    expect(() => statSync(file())).toThrow('ENOENT');
  });

  it('leaves the lines and the mode of others, and throws where a folder is in its place', () => {
    writeFileSync(file(), '12:00:00 WRITE /x\n', { mode: 0o644 });
    appendActivity(file(), [read(on(15))]);
    expect(text().startsWith('12:00:00 WRITE /x\n')).toBe(true);
    expect(statSync(file()).mode & 0o777).toBe(0o644);
    mkdirSync(join(folder(), 'taken'));
    expect(() => appendActivity(join(folder(), 'taken'), [read(on(15))])).toThrow('EISDIR');
  });
});
