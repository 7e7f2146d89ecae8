import { describe, expect, it } from 'vitest';
import { figure, note, unmeasured } from './section.ts';
import { formatTable } from './table.ts';

describe('the table', () => {
  const table = formatTable([
    {
      title: 'Launcher',
      rows: [
        figure('as registered', {
          unit: 'ms',
          samples: [4, 4, 4, 4, 5],
          yardstick: { name: 'node', samples: [40] },
          goals: [{ of: 'p50', most: 0.11, isRatio: true }],
        }),
        unmeasured('window', 'there is no display'),
        note('2 kB of payload'),
      ],
    },
  ]);

  it('shows a figure with its ratio and goal in one line', () => {
    expect(table).toMatch(
      /as registered +5 +4\.00 +4\.00 ms +4\.80 +0\.100 \/ 0\.120 × node +met: p50 ≤ 0\.11 ×/,
    );
  });

  it('says why there is no figure', () => {
    expect(table).toContain('window: not measured, there is no display');
    expect(table).toContain('  2 kB of payload');
  });

  it('puts numbers under the heads of their columns', () => {
    const [, head = '', first = ''] = table.split('\n');
    expect(head.indexOf('p50') + 3).toBe(first.indexOf('4.00 ms') + 7);
  });
});
