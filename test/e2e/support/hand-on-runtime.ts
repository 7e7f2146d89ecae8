import { findRuntime, handOnRuntime } from '../../../scripts/electron-runtime.ts';

/**
 * Looks for Electron once, before the tests: their private homes have no cache of built runtimes.
 * A test that then finds none says why.
 */
export async function setup(): Promise<void> {
  Object.assign(process.env, handOnRuntime(await findRuntime()));
}
