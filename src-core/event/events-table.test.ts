import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventsTable } from '../../test/support/events-table.ts';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'events.md');

describe('docs/events.md', () => {
  it('says of each recorded payload what it becomes', () => {
    const lines = readFileSync(PAGE, 'utf8').split('\n');
    const table = lines.slice(lines.indexOf('## Each payload')).filter((it) => it.startsWith('|'));
    expect(table).toEqual(eventsTable());
  });
});
