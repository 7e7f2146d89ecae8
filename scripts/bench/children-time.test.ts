import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readChildrenMs } from './children-time.ts';

describe("a shell's times", () => {
  it('gives the time of its children, user and system', () => {
    expect(readChildrenMs('0m9.000000s 0m9.000000s\n1m1.230000s 0m0.450000s\n')).toBe(61_680);
    expect(readChildrenMs('0m9.0s 0m9.0s\n0m0.012s 0m0.008s')).toBeCloseTo(20);
  });

  it('is understood as this machine prints it', () => {
    const busy = 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done';
    const printed = execFileSync('/bin/sh', ['-c', `sh -c '${busy}'; times`], { encoding: 'utf8' });
    expect(readChildrenMs(printed)).toBeGreaterThan(0);
  });

  it('is refused when it says something else', () => {
    expect(() => readChildrenMs('real 0.1\nuser 0.1')).toThrow('not understood');
  });
});
