import { describe, expect, it } from 'vitest';
import { TEST_REDACTOR } from '../../../test/support/capture-text.ts';
import { plantedSecret, SECRET_KINDS, tracesOf } from '../../../test/support/planted-secrets.ts';
import { redactEscaped } from './escapes.ts';

const { redact } = TEST_REDACTOR;

describe('redactEscaped', () => {
  it.each(SECRET_KINDS)('finds in JSON that is cut off: %s', (kind) => {
    for (let seed = 0; seed < 10; seed++) {
      const planted = plantedSecret(kind, seed);
      const payload = JSON.stringify({ tool_input: { command: `a\n${planted.text}\nb` }, c: 1 });
      const shown = redactEscaped(payload.slice(0, -10), redact);
      expect(tracesOf(planted).filter((trace) => shown.includes(trace))).toEqual([]);
      const escaped = tracesOf(planted).map((trace) => JSON.stringify(trace).slice(1, -1));
      expect(escaped.filter((trace) => shown.includes(trace))).toEqual([]);
    }
  });

  it('leaves escapes that hide nothing', () => {
    const text = '{"a":"line\\nline \\u0041 \\"quoted\\" \\\\ C:\\\\temp"';
    expect(redactEscaped(text, redact)).toBe(text);
    expect(redactEscaped('\\', redact)).toBe('\\');
  });

  it('sees through escaped letters', () => {
    expect(redactEscaped('{"pass\\u0077ord":"hunter2"', redact)).toBe('{"password":"[redacted]"');
  });
});
