import { describe, expect, it } from 'vitest';
import config from '../../vitest.config.ts';
import { parseTestArguments, RINGS } from './rings.ts';

describe('parseTestArguments', () => {
  it('runs all rings, cheapest first, when nothing is asked for', () => {
    expect(parseTestArguments([])).toEqual({ kind: 'run', rings: RINGS, filters: [] });
  });

  it('runs the rings named with --only in the usual order, on the files named', () => {
    const request = parseTestArguments(['--only', 'property, unit', 'redact']);
    expect(request).toMatchObject({ kind: 'run', filters: ['redact'] });
    expect(request.kind === 'run' && request.rings.map(({ name }) => name)).toEqual([
      'unit',
      'property',
    ]);
  });

  it('refuses a ring it does not know', () => {
    const mistake = 'There is no ring "windows".';
    expect(parseTestArguments(['--only', 'unit,windows'])).toEqual({ kind: 'help', mistake });
  });

  it('refuses a flag it does not know', () => {
    expect(parseTestArguments(['--fast'])).toMatchObject({ kind: 'help' });
  });

  it('shows the help without calling it a mistake', () => {
    expect(parseTestArguments(['--help'])).toEqual({ kind: 'help' });
  });
});

it('each ring is a project of vitest.config.ts, and each project a ring', () => {
  const projects = config.test?.projects?.map((project) =>
    typeof project === 'object' && 'test' in project ? project.test?.name : project,
  );
  expect(projects).toEqual(RINGS.map(({ name }) => name));
});
