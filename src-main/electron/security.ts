/**
 * What a page may not do, said once for all pages and the whole session.
 *
 * The threat is a page that shows text which came from elsewhere (commands, file names, errors) and
 * one day runs a part of it: it must find no network, no permission, no other page and no Node.
 */
import type { App, Event, Session, WebContents, WebPreferences } from 'electron';
import type { Logger } from '../../src-core/base/logger.ts';
import { isOwnUrl } from './page-origin.ts';

const FROM = 'security';

/** The preferences of every window; `isPackaged` closes the developer tools. */
export function pagePreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !isPackaged,
  };
}

/** As much of `app` as is hardened. */
export type AppLike = Pick<App, 'enableSandbox' | 'on'> & {
  readonly commandLine: Pick<App['commandLine'], 'hasSwitch'>;
};

/** Sandboxes every renderer and pins every page to where it was loaded; call before ready. */
export function hardenApp(app: AppLike, log: Logger): void {
  if (app.commandLine.hasSwitch('no-sandbox')) {
    // Given by hand, as root must. Turning the sandbox on would then start renderers without that
    // flag, and Chromium ends each of them at once and starts it again, for ever.
    log.warn(FROM, 'started with --no-sandbox: pages run without the sandbox of the system');
  } else {
    app.enableSandbox();
  }
  app.on('web-contents-created', (_event, contents) => pinPage(contents, log));
}

/** Refuses every way by which a page could become, open or embed another one. */
export function pinPage(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  log: Logger,
): void {
  const refuse = (what: string) => (event: Event) => {
    event.preventDefault();
    log.warn(FROM, `${what} refused`);
  };
  contents.on('will-navigate', refuse('navigation'));
  contents.on('will-frame-navigate', refuse('navigation'));
  contents.on('will-redirect', refuse('redirect'));
  contents.on('will-attach-webview', refuse('webview'));
  contents.setWindowOpenHandler(() => {
    log.warn(FROM, 'new window refused');
    return { action: 'deny' };
  });
}

/** As much of a session as is closed. */
export type SessionLike = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setSpellCheckerEnabled'
  | 'on'
> & { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> };

/** Whether a page may load an address; the developer tools need their own outside packaged builds. */
export function isAllowedRequest(url: string, isPackaged: boolean): boolean {
  return isOwnUrl(url) || url.startsWith('data:') || (!isPackaged && url.startsWith('devtools:'));
}

/** Closes the session: no network, no permission, no device, no download, no spelling dictionary. */
export function hardenSession(session: SessionLike, isPackaged: boolean, log: Logger): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const isAllowed = isAllowedRequest(url, isPackaged);
    if (!isAllowed) log.warn(FROM, 'a request that leaves the app was refused');
    answer({ cancel: !isAllowed });
  });
}
