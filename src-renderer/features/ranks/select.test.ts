import { describe, expect, it } from 'vitest';
import { FAKE_NOW } from '../../../test/support/fake-history.ts';
import { fakeRanks } from '../../../test/support/fake-work.ts';
import { createFormat } from '../../data/format.ts';
import { entryName, entryTone, fateWords, kpisOf, provenanceOf, rowName } from './select.ts';

const format = createFormat('en-GB', 'UTC');
const errors = fakeRanks('error', null, FAKE_NOW);
const plain = (text: string | undefined) => text?.replaceAll('\u202f', ' ');

describe('the figures of errors', () => {
  it('say whether a change is for the better', () => {
    const moods = kpisOf(errors.figures, format).map(({ label, change }) => [label, change?.mood]);
    expect(moods).toEqual([
      ['Errors', 'better'],
      ['Error rate', 'better'],
      ['Recovered', 'better'],
      ['Time to recover', 'better'],
      ['Abandoned', 'better'],
    ]);
  });

  it('are dashes where nothing is known, and claim no change', () => {
    const [kpi] = kpisOf([{ name: 'recovered', value: null, previous: 0.5 }], format);
    expect([kpi?.parts[0]?.value, kpi?.change]).toEqual(['–', null]);
  });
});

describe('the end of an error', () => {
  const at = FAKE_NOW - 90_000;
  const words = (ending: 'recovered' | 'abandoned' | 'open', endedAt: number | null = null) =>
    plain(fateWords({ ending, endedAt }, at, { now: FAKE_NOW, format })?.words);

  it('is told with its time', () => {
    expect(words('recovered', at + 51_000)).toBe('recovered in 51 s');
    expect(words('open')).toBe('open for 1 m');
    expect(words('abandoned')).toBe('abandoned');
  });

  it('of which nothing is known is not told', () => {
    expect(fateWords(null, at, { now: FAKE_NOW, format })).toBeNull();
  });
});

describe('names', () => {
  it('are plain words for what the rules know, and their own for what they do not', () => {
    expect(rowName('error', 'string_not_found')).toBe('Text to replace not found');
    expect(rowName('error', 'made_up_later')).toBe('made up later');
    expect(rowName('tool', 'Bash')).toBe('Bash');
    expect(entryName('outcomes', 'timed_out')).toBe('Timed out');
    expect(entryName('commands', 'npm test')).toBe('npm test');
  });

  it('have a colour by what they mean', () => {
    expect(entryTone('tool', 'outcomes', 'failed')).toBe('wrong');
    expect(entryTone('tool', 'outcomes', 'denied')).toBe('unknown');
    expect(entryTone('tool', 'projects', 'failed')).toBe('fine');
  });
});

describe('the sources', () => {
  it('are one mark where all came by hook, else a mixed one with the counts', () => {
    const none = { hook: 0, spool: 0, journal: 0, transcript: 0, old: 0 };
    expect(provenanceOf({ ...none, hook: 3 }, format).mark).toBe('hook');
    expect(provenanceOf({ ...none, hook: 3, transcript: 1 }, format)).toEqual({
      mark: 'mixed',
      sentence: '3 by hook, 1 from transcripts',
    });
  });
});
