import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import {
  type AppLike,
  hardenApp,
  hardenSession,
  isAllowedRequest,
  pagePreferences,
  pinPage,
  type SessionLike,
} from './security.ts';

function fakeContents() {
  const emitter = new EventEmitter();
  let openHandler: (() => { action: string }) | undefined;
  const contents = Object.assign(emitter, {
    setWindowOpenHandler: (handler: () => { action: string }) => {
      openHandler = handler;
    },
  });
  return {
    contents: contents as unknown as WebContents,
    isPrevented: (name: string) => {
      let isPrevented = false;
      emitter.emit(name, { preventDefault: () => (isPrevented = true) });
      return isPrevented;
    },
    open: () => openHandler?.(),
  };
}

function fakeSession() {
  const asked: Record<string, (...all: never[]) => unknown> = {};
  const emitter = new EventEmitter();
  const keep = (name: string) => (handler: (...all: never[]) => unknown) => {
    asked[name] = handler;
  };
  let isSpellingOn = true;
  const session = Object.assign(emitter, {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setSpellCheckerEnabled: (isOn: boolean) => {
      isSpellingOn = isOn;
    },
    webRequest: { onBeforeRequest: keep('before') },
  });
  return {
    session: session as unknown as SessionLike,
    asked,
    isSpellingOn: () => isSpellingOn,
    emit: (name: string, event: unknown) => emitter.emit(name, event),
  };
}

describe('pagePreferences', () => {
  it('says every protection explicitly', () => {
    expect(pagePreferences('/out/preload.cjs', true)).toMatchObject({
      preload: '/out/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
      devTools: false,
    });
  });

  it('leaves the developer tools to unpackaged builds', () => {
    expect(pagePreferences('/out/preload.cjs', false).devTools).toBe(true);
  });
});

describe('pinPage', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'prevents %s',
    (name) => {
      const fake = fakeContents();
      pinPage(fake.contents, silentLogger);
      expect(fake.isPrevented(name)).toBe(true);
    },
  );

  it('denies new windows', () => {
    const fake = fakeContents();
    pinPage(fake.contents, silentLogger);
    expect(fake.open()).toEqual({ action: 'deny' });
  });
});

function fakeApp(switches: string[] = []) {
  const emitter = new EventEmitter();
  let isSandboxed = false;
  const app = Object.assign(emitter, {
    enableSandbox: () => {
      isSandboxed = true;
    },
    commandLine: { hasSwitch: (name: string) => switches.includes(name) },
  });
  return {
    app: app as unknown as AppLike,
    isSandboxed: () => isSandboxed,
    makeContents: () => {
      const fake = fakeContents();
      emitter.emit('web-contents-created', {}, fake.contents);
      return fake;
    },
  };
}

describe('hardenApp', () => {
  it('turns the sandbox on for all and pins pages made later', () => {
    const fake = fakeApp();
    hardenApp(fake.app, silentLogger);
    expect(fake.isSandboxed()).toBe(true);
    expect(fake.makeContents().isPrevented('will-navigate')).toBe(true);
  });

  it('leaves the sandbox off when the command line says so, and says it', () => {
    const fake = fakeApp(['no-sandbox']);
    const warned: string[] = [];
    hardenApp(fake.app, { ...silentLogger, warn: (_from, message) => warned.push(message) });
    expect(fake.isSandboxed()).toBe(false);
    expect(warned.join()).toContain('--no-sandbox');
    expect(fake.makeContents().isPrevented('will-navigate')).toBe(true);
  });
});

describe('hardenSession', () => {
  it('denies every permission, whether asked for or checked', () => {
    const { session, asked } = fakeSession();
    hardenSession(session, true, silentLogger);
    const answers: boolean[] = [];
    const request = asked.request as unknown as Parameters<
      Session['setPermissionRequestHandler']
    >[0];
    request?.({} as never, 'geolocation', (isGranted) => answers.push(isGranted), {} as never);
    expect(answers).toEqual([false]);
    expect(asked.check?.()).toBe(false);
    expect(asked.device?.()).toBe(false);
  });

  it('downloads nothing, neither files nor spelling dictionaries', () => {
    const fake = fakeSession();
    hardenSession(fake.session, true, silentLogger);
    let isPrevented = false;
    fake.emit('will-download', { preventDefault: () => (isPrevented = true) });
    expect(isPrevented).toBe(true);
    expect(fake.isSpellingOn()).toBe(false);
  });

  it.each([
    ['app://ui/assets/main.js', false],
    ['https://example.com/', true],
    ['app://other/main.js', true],
    ['ws://localhost:5173/', true],
  ])('for a request to %s the cancelling is %s', (url, isCancelled) => {
    const { session, asked } = fakeSession();
    hardenSession(session, true, silentLogger);
    const answers: unknown[] = [];
    const before = asked.before as unknown as (
      details: { url: string },
      answer: (response: unknown) => void,
    ) => void;
    before({ url }, (response) => answers.push(response));
    expect(answers).toEqual([{ cancel: isCancelled }]);
  });
});

describe('isAllowedRequest', () => {
  it.each([
    'http://localhost/',
    'file:///etc/passwd',
    'ftp://ui/',
    'blob:app://ui/x',
    'about:blank',
  ])('refuses %s', (url) => {
    expect(isAllowedRequest(url, false)).toBe(false);
  });

  it('lets the developer tools load themselves outside packaged builds only', () => {
    expect(isAllowedRequest('devtools://devtools/bundled/x.js', false)).toBe(true);
    expect(isAllowedRequest('devtools://devtools/bundled/x.js', true)).toBe(false);
  });
});
