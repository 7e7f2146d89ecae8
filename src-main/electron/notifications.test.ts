import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import { defaultSettings } from '../../src-core/contract/settings.ts';
import type { Finding } from '../../src-core/contract/views.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import type { AppState } from '../views/app-state.ts';
import { createNotifications } from './notifications.ts';

const folder = tempFolderPerTest();
const MINUTE = 60_000;

const missing: Finding = {
  code: 'hooks-missing',
  severity: 'attention',
  title: 'Hooks are missing',
  detail: 'Install again.',
  sinceAt: null,
  action: 'install',
};

function stateAt(now: number, some: Partial<AppState> = {}): AppState {
  return {
    now,
    health: {
      state: 'attention',
      lastEventAt: null,
      drift: 0,
      dataAt: now,
      checkedAt: now,
      findings: [missing],
    },
    isPaused: false,
    settings: defaultSettings,
    today: null,
    waitingFor: [],
    freeBytes: null,
    ...some,
  };
}

function start() {
  const shown: string[] = [];
  const opened: string[] = [];
  const clicks: (() => void)[] = [];
  const take = createNotifications({
    make: ({ title }) => ({
      on: (_event, listener) => clicks.push(listener),
      show: () => shown.push(title),
    }),
    open: (page) => opened.push(page),
    file: join(folder(), 'notices.json'),
    log: silentLogger,
  });
  return { take, shown, opened, clicks };
}

describe('a notification', () => {
  it('is shown once and opens the place that helps', () => {
    const { take, shown, opened, clicks } = start();
    for (let minute = 0; minute < 10; minute++) take(stateAt(minute * MINUTE));
    expect(shown).toEqual(['Hooks are missing']);
    clicks[0]?.();
    expect(opened).toEqual(['install']);
  });

  it('is not shown again by an app that was started anew', () => {
    const first = start();
    for (let minute = 0; minute < 4; minute++) first.take(stateAt(minute * MINUTE));
    const second = start();
    for (let minute = 4; minute < 8; minute++) second.take(stateAt(minute * MINUTE));
    expect([first.shown, second.shown]).toEqual([['Hooks are missing'], []]);
  });

  it('is not shown before install', () => {
    const { take, shown } = start();
    const { health } = stateAt(0);
    for (let minute = 0; minute < 5; minute++)
      take(stateAt(minute * MINUTE, { health: { ...health, state: 'not-installed' } }));
    expect(shown).toEqual([]);
  });
});
