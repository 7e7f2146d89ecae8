/** The icon in the menu bar or panel: shape by state, drawing by panel, accessible name. */
import { join } from 'node:path';
import { type NativeImage, nativeImage, nativeTheme, Tray } from 'electron';
import { texts } from './texts.ts';
import type { TrayView } from './tray-view.ts';
import { trayIconFile, trayLabel, trayState, trayTone } from './tray-view.ts';

/** What the icon needs to know. */
export interface TrayIconOptions {
  /** Folder of the drawings. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  /** `XDG_CURRENT_DESKTOP`, which tells how dark a Linux panel is. */
  readonly desktop: string | undefined;
  readonly locale: string;
}

/** The icon while it is there. */
export interface TrayIcon {
  readonly tray: Tray;
  /** The accessible name at the moment. */
  label(): string;
  show(view: TrayView): void;
  stop(): void;
}

/** Puts the icon into the panel; the app must be ready. */
export function createTrayIcon(options: TrayIconOptions): TrayIcon {
  // Nothing is known before the first reading, and nothing is claimed.
  let view: TrayView | undefined;
  const images = new Map<string, NativeImage>();
  const fileNow = (): string =>
    trayIconFile(
      view === undefined ? 'idle' : trayState(view),
      trayTone({
        platform: options.platform,
        desktop: options.desktop,
        isDark: nativeTheme.shouldUseDarkColors,
      }),
    );
  const imageOf = (file: string): NativeImage => {
    const known = images.get(file);
    if (known !== undefined) return known;
    const image = nativeImage.createFromPath(join(options.folder, file));
    images.set(file, image);
    return image;
  };
  let shownTitle = '';
  let shownFile = fileNow();
  const tray = new Tray(imageOf(shownFile));
  const draw = (): void => {
    const file = fileNow();
    // A panel repaints on every call, so it is called only when the shape changes.
    if (file !== shownFile) tray.setImage(imageOf(file));
    shownFile = file;
  };
  const label = (): string =>
    view === undefined ? texts.appName : trayLabel(view, options.locale);
  tray.setToolTip(label());
  nativeTheme.on('updated', draw);
  return {
    tray,
    label,
    show(next) {
      const before = label();
      view = next;
      draw();
      // The other systems have no text beside an icon.
      if (options.platform === 'darwin' && next.title !== shownTitle) {
        tray.setTitle(next.title, { fontType: 'monospacedDigit' });
        shownTitle = next.title;
      }
      if (label() !== before) tray.setToolTip(label());
    },
    stop() {
      nativeTheme.removeListener('updated', draw);
      tray.destroy();
    },
  };
}
