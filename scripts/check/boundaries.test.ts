import { describe, expect, it } from 'vitest';
import { countModules } from './boundaries.ts';

describe('countModules', () => {
  it('counts the modules of ours and no package', () => {
    const modules = [
      { source: 'src-core/a.ts' },
      { source: 'src-hook/b.ts' },
      { source: 'node_modules/c.js' },
    ];
    expect(countModules(JSON.stringify({ modules }))).toBe(2);
  });

  it('counts nothing in a report that is none, so that a blind check fails', () => {
    expect(countModules('')).toBe(0);
    expect(countModules('{"summary":{}}')).toBe(0);
  });
});
