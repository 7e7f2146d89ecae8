import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ERROR_CLASSES, severityOf } from './error-class.ts';

const DOCS = join(import.meta.dirname, '..', '..', '..', 'docs', 'statistics.md');

it('the documented table has every class with its severity, and no other', () => {
  const rows = readFileSync(DOCS, 'utf8').matchAll(
    /^\| `(\w+)` \| (low|medium|high|critical) \|/gm,
  );
  const documented = [...rows].map(([, name = '', severity = '']) => [name, severity]);
  const ours = ERROR_CLASSES.map((name) => [name, severityOf(name)]);
  expect(documented.toSorted()).toEqual(ours.toSorted());
});
