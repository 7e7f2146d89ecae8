import { describe, expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

describe('the diff of a settings file', () => {
  it('is empty where nothing changes', () => {
    expect(unifiedDiff('s', '{}', '{}')).toBe('');
    expect(unifiedDiff('s', null, null)).toBe('');
  });

  it('names no file as such, on either side', () => {
    expect(unifiedDiff('s', null, '{}\n')).toBe('--- /dev/null\n+++ s\n@@ -0,0 +1,1 @@\n+{}\n');
    expect(unifiedDiff('s', '{}\n', null)).toContain('--- s\n+++ /dev/null\n');
  });

  it('shows three lines around a change and no more', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `"${i}": ${i}`);
    const before = lines.join('\n');
    const diff = unifiedDiff('s', before, before.replace('"9": 9', '"9": 10'));
    expect(diff).toContain('-"9": 9\n+"9": 10\n');
    expect(diff.split('\n').filter((line) => line.startsWith(' '))).toHaveLength(6);
  });

  it('shows a long line laid out, and says so', () => {
    const before = JSON.stringify({ a: 'x'.repeat(2000), b: 1 });
    const diff = unifiedDiff('s', before, before.replace('"b":1', '"b":2'));
    expect(diff).toMatch(/^\(shown laid out/);
    expect(diff).toContain('-  "b": 1\n+  "b": 2\n');
  });
});
