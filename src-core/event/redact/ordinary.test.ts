import { describe, expect, it } from 'vitest';
import { TEST_REDACTOR } from '../../../test/support/capture-text.ts';
import { HOOK_FIXTURES, hookPayload } from '../../../test/support/claude-fixtures.ts';
import {
  installedPaths,
  lockfileLines,
  ORDINARY_LINES,
} from '../../../test/support/ordinary-texts.ts';

const { redact } = TEST_REDACTOR;
const changed = (texts: readonly string[]) => texts.filter((text) => redact(text) !== text);

describe('a text without a secret', () => {
  it.each(ORDINARY_LINES)('stays as it is: %s', (line) => {
    expect(redact(line)).toBe(line);
  });

  it('stays in thousands of paths, checksums and addresses', () => {
    const paths = installedPaths(4000);
    expect(paths.length).toBeGreaterThan(2000);
    expect(changed(paths)).toEqual([]);
    expect(changed(lockfileLines())).toEqual([]);
  });

  it.each(HOOK_FIXTURES)('stays in what the client writes: %s', (name) => {
    expect(redact(hookPayload(name))).toBe(hookPayload(name));
  });
});
