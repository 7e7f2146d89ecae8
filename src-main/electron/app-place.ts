/** Where the app runs from, and moving it to where it can stay. macOS only. */
import type { App } from 'electron';
import type { Logger } from '../../src-core/base/logger.ts';
import { placeTexts } from './texts.ts';

/** As much of `app` as moving it takes. */
export type MovableApp = Partial<
  Pick<App, 'isInApplicationsFolder' | 'moveToApplicationsFolder'>
> & { readonly isPackaged: boolean };

/** The place of the app. */
export interface AppPlace {
  /** It runs from a disk image, a download folder or a translocated copy, and can be moved. */
  canMove(): boolean;
  /** Moves and starts it anew; where that does not come about, says why. Never throws. */
  move(): { readonly isMoved: boolean; readonly message: string };
}

/** The place of this app; elsewhere than on macOS, and in a checkout, there is nothing to move. */
export function createAppPlace(app: MovableApp, log: Logger): AppPlace {
  const canMove = (): boolean => app.isPackaged && app.isInApplicationsFolder?.() === false;
  return {
    canMove,
    move: () => {
      if (!canMove()) return { isMoved: false, message: placeTexts.inPlace };
      try {
        // Where an app of that name is there already the system would ask: ours does not run.
        const isMoved = app.moveToApplicationsFolder?.({
          conflictHandler: (conflict) => conflict === 'exists',
        });
        return isMoved === true
          ? { isMoved, message: placeTexts.moved }
          : { isMoved: false, message: placeTexts.notMoved };
      } catch (error) {
        log.error('place', 'the app cannot be moved', error);
        return { isMoved: false, message: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}
