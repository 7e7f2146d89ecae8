import type { App } from 'electron';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import { createAppPlace, type MovableApp } from './app-place.ts';

const elsewhere: MovableApp = { isPackaged: true };
const app = (some: Partial<MovableApp>): MovableApp => ({
  ...elsewhere,
  isInApplicationsFolder: () => false,
  moveToApplicationsFolder: () => true,
  ...some,
});

describe('the place of the app', () => {
  it('can be left by a packaged app outside of the Applications folder alone', () => {
    const can = (some: Partial<MovableApp>) => createAppPlace(app(some), silentLogger).canMove();
    expect(can({})).toBe(true);
    expect(can({ isInApplicationsFolder: () => true })).toBe(false);
    expect(can({ isPackaged: false })).toBe(false);
    expect(createAppPlace(elsewhere, silentLogger).canMove()).toBe(false);
  });

  it('is changed by the system, which may refuse and may fail', () => {
    const move = (some: Partial<MovableApp>) => createAppPlace(app(some), silentLogger).move();
    expect(move({}).isMoved).toBe(true);
    expect(move({ moveToApplicationsFolder: () => false }).isMoved).toBe(false);
    const failing = () => {
      throw new Error('no room');
    };
    expect(move({ moveToApplicationsFolder: failing })).toEqual({
      isMoved: false,
      message: 'no room',
    });
  });

  it('is not taken from an app of the same name that runs', () => {
    const asked: boolean[] = [];
    const moveToApplicationsFolder: App['moveToApplicationsFolder'] = (options) => {
      for (const conflict of ['exists', 'existsAndRunning'] as const)
        asked.push(options?.conflictHandler?.(conflict) ?? true);
      return false;
    };
    createAppPlace(app({ moveToApplicationsFolder }), silentLogger).move();
    expect(asked).toEqual([true, false]);
  });
});
