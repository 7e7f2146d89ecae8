/**
 * Stands in for the preload when a page is opened in a browser: puts a fake main process in the state
 * named by the address (`?world=stale`) at `window.hookline`, and its other end at `window.fake`.
 */
import type { Handlers } from '../../src-core/contract/ipc.ts';
import { createFakeBridge, type FakeBridge } from '../support/fake-bridge.ts';
import { FAKE_NOW } from '../support/fake-history.ts';
import { fakeWorld, fakeWorldNames } from '../support/fake-worlds.ts';

declare global {
  interface Window {
    /** The fake main process of the page. */
    fake: FakeBridge;
    /** What it answered with at first. */
    fakeHandlers: Handlers;
  }
}

const address = new URLSearchParams(location.search);
const name = fakeWorldNames.find((each) => each === address.get('world')) ?? 'normal';
// A running clock is for looking at; tests and pictures want the same moment every time.
const startedAt = Date.now();
const clock = address.has('running') ? () => FAKE_NOW + (Date.now() - startedAt) : () => FAKE_NOW;
const handlers = fakeWorld(name, clock);
const fake = createFakeBridge(handlers);
Object.defineProperty(window, 'hookline', { value: fake.bridge });
window.fake = fake;
window.fakeHandlers = handlers;
