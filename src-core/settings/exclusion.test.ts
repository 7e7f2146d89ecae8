import { describe, expect, it } from 'vitest';
import { createExclusion } from './exclusion.ts';

describe('createExclusion', () => {
  const isExcluded = createExclusion(['/work/secret/', '/home/a b']);

  it.each([
    ['/work/secret', null],
    ['/work/secret/deep/er', null],
    [null, '/work/secret'],
    ['/work/open', '/work/secret/sub'],
    ['/work/secret', '/work/open'],
    ['/home/a b/c', null],
  ])('keeps out a session of %j in %j', (project, cwd) => {
    expect(isExcluded(project, cwd)).toBe(true);
  });

  it.each([
    ['/work/secrets', null],
    ['/work', '/work'],
    ['/x/work/secret', null],
    [null, null],
    ['', ''],
  ])('records a session of %j in %j', (project, cwd) => {
    expect(isExcluded(project, cwd)).toBe(false);
  });

  it('keeps nothing out where no folder is named', () => {
    expect(createExclusion([])('/work', '/work')).toBe(false);
    expect(createExclusion([''])('/work', '/work')).toBe(false);
  });

  it('keeps everything out where the root is named', () => {
    expect(createExclusion(['/'])('/work', null)).toBe(true);
  });
});
