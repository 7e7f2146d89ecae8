/** Runs a verb and says with which code the program ends: 0 done, 1 not done, 2 wrong usage. */
import { basename } from 'node:path';
import { systemClock } from '../../src-core/base/clock.ts';
import type { Logger } from '../../src-core/base/logger.ts';
import { silentLogger } from '../../src-core/base/logger.ts';
import { describeDiagnosis } from '../doctor/describe-diagnosis.ts';
import { needsAttention } from '../doctor/diagnosis.ts';
import { startService } from '../engine/service.ts';
import { createMaintenanceJob } from '../maintain/maintenance-job.ts';
import { createTranscriptJob } from '../transcripts/job.ts';
import { createUpkeep } from '../upkeep/upkeep.ts';
import { type Request, readArguments, type Values } from './arguments.ts';
import { audit } from './audit.ts';
import { backfill } from './backfill.ts';
import { completionFor } from './completion.ts';
import { fail } from './consent.ts';
import type { CliContext, Options } from './context.ts';
import { cost, research } from './cost.ts';
import { describeHealth, describeHealthLine, describeRefresh } from './describe.ts';
import { exportRecord, takeBundle } from './export.ts';
import { forgetTarget } from './forget.ts';
import { importOld } from './import-verb.ts';
import { install, uninstall } from './install-verbs.ts';
import { maintainRecord } from './maintain.ts';
import { openDashboard } from './open-dashboard.ts';
import { repair } from './repair.ts';
import { settings } from './settings-verb.ts';
import { quietTerminal, whileShown } from './terminal.ts';
import { helpText } from './verbs.ts';

/** Runs what the arguments ask for. */
export async function runCli(
  program: string,
  args: readonly string[],
  context: CliContext,
): Promise<number> {
  const { terminal } = context;
  const request = readArguments(program, args);
  switch (request.kind) {
    case 'help':
      terminal.print(helpText(request.verb));
      return 0;
    case 'version':
      terminal.print(context.version);
      return 0;
    case 'wrong':
      terminal.warn(`${basename(program)}: ${request.message}\n\n${helpText()}`);
      return 2;
    case 'refresh-and-open': {
      const code = await refresh(context, new Set());
      return (await open(context, new Set())) || code;
    }
    case 'run':
      return runVerb(context, request);
  }
}

async function runVerb(
  context: CliContext,
  { verb, options, operands, values }: Extract<Request, { kind: 'run' }>,
): Promise<number> {
  const isQuiet = options.has('quiet');
  const terminal = isQuiet
    ? quietTerminal(context.terminal, options.has('json'))
    : context.terminal;
  return (await RUNNERS[verb.name]?.({ ...context, terminal }, options, operands, values)) ?? 2;
}

const RUNNERS: Readonly<
  Record<
    string,
    (
      context: CliContext,
      options: Options,
      operands: readonly string[],
      values: Values,
    ) => Promise<number>
  >
> = {
  install,
  uninstall,
  import: ({ importer, terminal, engine, ...context }, options, [run = ''], { bundle }) => {
    if (bundle !== undefined)
      return takeBundle({ importer, terminal, engine, ...context }, options, bundle);
    return importOld(
      { importer, terminal, refresh: engine.refresh },
      {
        json: options.has('json'),
        yes: options.has('yes'),
        dryRun: options.has('dry-run'),
        again: options.has('again'),
        undo: options.has('undo') ? run : null,
      },
    );
  },
  backfill: ({ backfiller, terminal, engine, interrupted }, options, [run = '']) =>
    backfill(
      { backfiller, terminal, interrupted, refresh: engine.refresh },
      {
        json: options.has('json'),
        yes: options.has('yes'),
        dryRun: options.has('dry-run'),
        again: options.has('again'),
        undo: options.has('undo') ? run : null,
      },
    ),
  audit: ({ backfiller, terminal, engine }, options) =>
    audit({ backfiller, terminal, refresh: engine.refresh }, options.has('json')),
  repair: (context, options, [what = '']) => repair(context, options, what),
  maintain: maintainRecord,
  forget: (context, options, _operands, values) => forgetTarget(context, options, values),
  export: (context, options, _operands, values) => exportRecord(context, options, values),
  cost,
  research,
  refresh,
  status,
  doctor,
  pause: (context, options) => setPaused(context, options, true),
  resume: (context, options) => setPaused(context, options, false),
  open,
  settings,
  watch,
  completion: async ({ terminal }, _options, [shell = '']) => {
    const text = completionFor(shell);
    if (text === null) {
      terminal.warn('completion: name your shell: bash, zsh or fish');
      return 2;
    }
    terminal.print(text);
    return 0;
  },
};

async function refresh({ engine, terminal }: CliContext, options: Options): Promise<number> {
  const report = await engine.refresh();
  if (report === null) {
    return fail(
      terminal,
      'The hook is not installed here; "hookline install" does that.',
      options.has('json'),
    );
  }
  terminal.print(options.has('json') ? JSON.stringify(report) : describeRefresh(report));
  return report.ok ? 0 : 1;
}

async function status({ engine, terminal }: CliContext, options: Options): Promise<number> {
  const view = engine.readHealth();
  terminal.print(options.has('json') ? JSON.stringify(view) : describeHealth(view));
  return 0;
}

async function doctor({ doctor, terminal }: CliContext, options: Options): Promise<number> {
  const isJson = options.has('json');
  const diagnosis = isJson ? await doctor() : await whileShown(terminal, 'Looking…', doctor);
  const text = isJson
    ? JSON.stringify(diagnosis)
    : describeDiagnosis(diagnosis, terminal.isColoured);
  terminal.print(text);
  return needsAttention(diagnosis) ? 1 : 0;
}

async function setPaused(
  { engine, terminal }: CliContext,
  options: Options,
  isPaused: boolean,
): Promise<number> {
  const isJson = options.has('json');
  try {
    const isChanged = engine.setPaused(isPaused);
    const state = isPaused ? 'Recording is paused' : 'Recording goes on';
    if (isJson) terminal.print(JSON.stringify({ isPaused, isChanged }));
    else terminal.print(isChanged ? `${state}.` : `${state} already.`);
    return 0;
  } catch (error) {
    return fail(terminal, (error as Error).message, isJson);
  }
}

async function open({ paths, terminal }: CliContext, options: Options): Promise<number> {
  const result = openDashboard(paths);
  if (options.has('json')) terminal.print(JSON.stringify(result));
  else if (!result.opened) terminal.warn(result.reason);
  return result.opened ? 0 : 1;
}

async function watch({
  engine,
  importer,
  paths,
  open,
  installer,
  backfiller,
  terminal,
  interrupted,
}: CliContext): Promise<number> {
  const isInterrupted = interrupted();
  const show = (): void => terminal.showLine(describeHealthLine(engine.readHealth()));
  const log: Logger = {
    ...silentLogger,
    error: (from, message) => terminal.warn(`${from}: ${message}`),
  };
  show();
  const upkeep = createUpkeep({
    paths,
    clock: systemClock,
    log,
    recheck: () => installer.recheck(),
  });
  const transcripts = createTranscriptJob({ paths, backfiller, clock: systemClock, log });
  const countOld = importer.count;
  const maintenance = createMaintenanceJob({ paths, open, clock: systemClock, log, countOld });
  const service = startService({
    ...{ engine, paths, log, upkeep, transcripts, maintenance },
    onChanged: show,
  });
  await isInterrupted;
  await service.stop();
  terminal.showLine('');
  return 0;
}
