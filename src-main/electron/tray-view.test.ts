import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TrayTitle } from '../../src-core/contract/settings.ts';
import { defaultSettings } from '../../src-core/contract/settings.ts';
import type { AppState } from '../views/app-state.ts';
import type { TrayState, TrayTone, TrayView } from './tray-view.ts';
import { trayIconFile, trayLabel, trayState, trayTone, trayViewOf } from './tray-view.ts';

const view = (some: Partial<TrayView> = {}): TrayView => ({
  health: 'capturing',
  callsToday: 1448,
  waitingFor: [],
  title: '',
  ...some,
});

describe('trayState', () => {
  it.each<[Partial<TrayView>, TrayState]>([
    [{ health: 'attention', waitingFor: ['a'] }, 'attention'],
    [{ health: 'paused', waitingFor: ['a'] }, 'waiting'],
    [{ health: 'capturing', waitingFor: ['a'] }, 'waiting'],
    [{ health: 'paused' }, 'paused'],
    [{ health: 'capturing' }, 'capturing'],
    [{ health: 'idle' }, 'idle'],
    [{ health: 'not-installed' }, 'idle'],
  ])('shows for %j the shape %s', (some, state) => {
    expect(trayState(view(some))).toBe(state);
  });
});

describe('the title beside the icon', () => {
  const title = (trayTitle: TrayTitle, today: AppState['today'], waitingFor: string[] = []) =>
    trayViewOf(
      {
        now: 0,
        health: {
          state: 'capturing',
          lastEventAt: null,
          drift: 0,
          dataAt: 0,
          checkedAt: null,
          findings: [],
        },
        isPaused: false,
        settings: { ...defaultSettings, trayTitle },
        today,
        waitingFor,
        freeBytes: null,
      },
      'en-US',
    ).title;
  const today = { calls: 1448, errors: 12, sample: 1400, rate: 0.99996 };

  it.each<[TrayTitle, string]>([
    ['none', ''],
    ['calls', '1,448'],
    ['errors', '12'],
    // Not all of them succeeded, so it is not written as all.
    ['success', '99.9%'],
    ['waiting', ''],
  ])('is for %s %j', (content, text) => {
    expect(title(content, today)).toBe(text);
  });

  it('is a dash for what is not known, and never long', () => {
    expect([title('calls', null), title('success', { ...today, rate: null })]).toEqual(['–', '–']);
    expect(title('calls', { ...today, calls: 1_234_567 })).toBe('1M');
    expect(title('waiting', today, ['atlas-api'])).toBe('waits');
  });
});

describe('trayLabel', () => {
  it.each<[Partial<TrayView>, string, string]>([
    [{}, 'en-US', 'Hookline: capturing, 1,448 calls today'],
    [{ callsToday: 1 }, 'en-US', 'Hookline: capturing, 1 call today'],
    [{ callsToday: 0, health: 'idle' }, 'en-US', 'Hookline: idle, 0 calls today'],
    [{ callsToday: null, health: 'not-installed' }, 'en-US', 'Hookline: not installed'],
    [{ health: 'attention' }, 'de-DE', 'Hookline: needs attention, 1.448 calls today'],
    [
      { waitingFor: ['atlas-api'] },
      'en-US',
      'Hookline: capturing, 1,448 calls today, atlas-api waits for you',
    ],
    [
      { waitingFor: ['atlas-api', 'docs'] },
      'en-US',
      'Hookline: capturing, 1,448 calls today, 2 sessions wait for you',
    ],
  ])('says %j in %s as "%s"', (some, locale, label) => {
    expect(trayLabel(view(some), locale)).toBe(label);
  });
});

describe('trayTone', () => {
  it('leaves the colour to macOS', () => {
    expect(trayTone({ platform: 'darwin', desktop: undefined, isDark: true })).toBe('template');
  });

  it.each<[string | undefined, boolean, TrayTone]>([
    ['XFCE', false, 'on-dark'],
    ['ubuntu:GNOME', false, 'on-dark'],
    ['KDE', false, 'on-light'],
    ['KDE', true, 'on-dark'],
    [undefined, false, 'on-light'],
    [undefined, true, 'on-dark'],
  ])('draws for the desktop %s with a dark theme %s the glyph %s', (desktop, isDark, tone) => {
    expect(trayTone({ platform: 'linux', desktop, isDark })).toBe(tone);
  });
});

describe('trayIconFile', () => {
  const folder = join(import.meta.dirname, '..', '..', 'resources', 'tray');

  it('names a drawing that exists in both sizes for every state and tone', () => {
    const states: TrayState[] = ['attention', 'waiting', 'paused', 'capturing', 'idle'];
    const tones: TrayTone[] = ['template', 'on-dark', 'on-light'];
    const files = states.flatMap((state) => tones.map((tone) => trayIconFile(state, tone)));
    const missing = files
      .flatMap((file) => [file, file.replace('.png', '@2x.png')])
      .filter((file) => !existsSync(join(folder, file)));
    expect(new Set(files).size).toBe(15);
    expect(missing).toEqual([]);
  });
});
