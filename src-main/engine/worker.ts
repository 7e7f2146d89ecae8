/**
 * Entry of the engine's worker thread: everything that reads or writes the record runs here, so
 * that the app's own thread, which draws its menus, never waits for a disk.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../src-core/base/clock.ts';
import type { Logger } from '../../src-core/base/logger.ts';
import { createPaths } from '../../src-core/files/paths.ts';
import { createImporter } from '../import/importer.ts';
import { createInstaller } from '../install/installer.ts';
import { createMaintenanceJob } from '../maintain/maintenance-job.ts';
import { createRepairer } from '../repair/repairer.ts';
import { createBackfiller } from '../transcripts/backfiller.ts';
import { createTranscriptJob } from '../transcripts/job.ts';
import { createUpkeep } from '../upkeep/upkeep.ts';
import { type AppState, appState } from '../views/app-state.ts';
import { createCalls } from './calls.ts';
import { createEngine } from './engine.ts';
import type { FromWorker, ToWorker, WorkerInput } from './messages.ts';
import { chooseSqlite } from './open-sqlite.ts';
import { startService } from './service.ts';

const port = parentPort;
if (port === null) throw new Error('the engine worker must be started as a worker thread');
const send = (message: FromWorker): void => port.postMessage(message);

const input = workerData as WorkerInput;
const paths = createPaths(input.root);
const open = chooseSqlite(input.addon);
if (open === null) throw new Error('this runtime can open no SQLite database');

const entry =
  (level: 'debug' | 'info' | 'warn' | 'error') =>
  (from: string, message: string, error?: unknown): void => {
    const cause = error instanceof Error ? `: ${error.stack ?? error.message}` : '';
    send({ kind: 'log', level, from, message: `${message}${cause}` });
  };
const log: Logger = {
  debug: entry('debug'),
  info: entry('info'),
  warn: entry('warn'),
  error: entry('error'),
};

const engine = createEngine({ paths, open, clock: systemClock });
const installer = createInstaller({
  paths,
  assets: input.assets,
  version: input.version,
  clock: systemClock,
  environment: input.environment,
  ownNode: null,
  appFolder: input.appFolder,
  script: input.script,
  program: input.program,
});
const backfiller = createBackfiller({ paths, open, clock: systemClock, log });
/** What the icon shows goes with the word that there is news, so that nobody has to ask for it. */
function tell(): void {
  let state: AppState | null = null;
  try {
    state = engine.view(appState);
  } catch (error) {
    log.error('engine', 'the state of the app cannot be read', error);
  }
  send({ kind: 'changed', at: systemClock.now(), state });
}
const service = startService({
  engine,
  paths,
  log,
  transcripts: createTranscriptJob({ paths, backfiller, clock: systemClock, log }),
  maintenance: createMaintenanceJob({
    ...{ paths, open, log },
    clock: systemClock,
    countOld: createImporter({ paths, open, clock: systemClock }).count,
  }),
  upkeep: createUpkeep({ paths, clock: systemClock, log, recheck: () => installer.recheck() }),
  onChanged: tell,
});
const repairer = createRepairer({ paths, open, clock: systemClock, backfiller });
const calls = createCalls({ engine, service, installer, repairer, paths, clock: systemClock });
tell();

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'call':
      answer(message).catch((error: unknown) => log.error('engine', message.name, error));
      return;
    case 'wake':
      service.wake();
      return;
    case 'stop':
      service
        .stop()
        .catch((error: unknown) => log.error('engine', 'stop', error))
        .finally(() => {
          send({ kind: 'stopped' });
          port.close();
        });
  }
});

/** Failures cross as values: the page shows them. */
async function answer(message: Extract<ToWorker, { kind: 'call' }>): Promise<void> {
  const { id, name } = message;
  try {
    // The contract ties name and argument together; the union has lost that here.
    const value = await (
      calls[name] as (argument: unknown) => ReturnType<(typeof calls)[typeof name]>
    )(message.argument);
    send({ kind: 'reply', id, reply: { ok: true, value } });
  } catch (error) {
    log.error('engine', name, error);
    send({
      kind: 'reply',
      id,
      reply: { ok: false, error: { kind: 'engine', message: (error as Error).message } },
    });
  }
}
