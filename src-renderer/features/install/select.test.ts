import { describe, expect, it } from 'vitest';
import { diffSize, fileName, parseDiff } from './select.ts';

const DIFF = `--- a/settings.json
+++ b/settings.json
@@ -9,4 +9,6 @@
   "hooks": {
-    "Stop": []
+    "Stop": [],
+    "PreToolUse": []
   }

@@ -40 +42 @@
-+odd
\\ No newline at end of file
`;

describe('a diff', () => {
  it('is read line by line with the numbers of the file as it is', () => {
    const rows = parseDiff(DIFF).map((line) => `${line.kind} ${line.number} ${line.text}`);
    expect(rows).toEqual([
      'context 9   "hooks": {',
      'removed 10     "Stop": []',
      'added null     "Stop": [],',
      'added null     "PreToolUse": []',
      'context 11   }',
      'break null ',
      'removed 40 +odd',
    ]);
  });

  it('counts a line that was replaced as one change', () => {
    expect(diffSize(parseDiff(DIFF.slice(0, DIFF.indexOf('@@ -40'))))).toEqual({
      added: 1,
      changed: 1,
    });
  });

  it('of nothing has no lines', () => {
    expect(parseDiff('')).toEqual([]);
  });
});

describe('a file name', () => {
  it('is the last part of a path of either kind', () => {
    expect(fileName('/home/a/.claude/settings.json')).toBe('settings.json');
    expect(fileName('C:\\Users\\a\\settings.json')).toBe('settings.json');
    expect(fileName('settings.json')).toBe('settings.json');
  });
});
