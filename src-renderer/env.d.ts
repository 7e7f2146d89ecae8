import type { Bridge } from '../src-core/contract/ipc.ts';

declare global {
  interface Window {
    /** Put there by the preload; everything the page knows of the main process. */
    readonly hookline?: Bridge;
  }
}
