/** `hookline import`: takes over what the old pipeline recorded. Plan, show, ask, do. */
import { describePlan } from '../import/describe-plan.ts';
import type { Importer } from '../import/importer.ts';
import type { ImportPlan } from '../import/plan.ts';
import { fail, mayGoOn } from './consent.ts';
import type { Terminal } from './terminal.ts';

/** What was asked for. */
export interface ImportRequest {
  readonly json: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  /** Also what was imported once and taken back. */
  readonly again: boolean;
  /** The number of a run that is to be taken back, as it was given. */
  readonly undo: string | null;
}

/** What the verb works with. */
export interface ImportContext {
  readonly importer: Importer;
  readonly terminal: Terminal;
  /** Brings what is captured into the store, so that no call of ours is taken for an old one. */
  readonly refresh: () => Promise<unknown>;
}

/** Runs the verb; returns its exit code. */
export async function importOld(context: ImportContext, request: ImportRequest): Promise<number> {
  return request.undo === null
    ? takeOver(context, request)
    : takeBack(context, request, request.undo);
}

async function takeOver(context: ImportContext, request: ImportRequest): Promise<number> {
  const { importer, terminal, refresh } = context;
  const { json, dryRun, again } = request;
  if (!dryRun) await refresh();
  const plan = importer.plan();
  const wanted = eventsToImport(plan, again);
  if (dryRun || wanted === 0) {
    terminal.print(json ? JSON.stringify({ kind: 'plan', plan }) : describePlan(plan));
    return 0;
  }
  if (!json) terminal.print(describePlan(plan));
  if (!(await consents(terminal, request, `Import ${wanted.toLocaleString('en')} events?`)))
    return 1;
  const result = await importer.apply({ again });
  if (result.kind === 'refused') return fail(terminal, result.reason, json);
  if (json) terminal.print(JSON.stringify({ ...result, plan }));
  else if (result.kind === 'nothing-new') terminal.print('There is nothing to import any more.');
  else {
    terminal.print(
      `Imported ${result.events.toLocaleString('en')} events. "hookline import --undo ${result.run}" takes them back.`,
    );
  }
  return 0;
}

function eventsToImport({ verdicts }: ImportPlan, again: boolean): number {
  return verdicts.new + (again ? verdicts.takenBack : 0);
}

async function takeBack(
  { importer, terminal }: ImportContext,
  request: ImportRequest,
  given: string,
): Promise<number> {
  const run = importer.runs().find(({ id }) => String(id) === given);
  if (run === undefined) return fail(terminal, `There is no import ${given}.`, request.json);
  if (request.dryRun) {
    terminal.print(
      request.json ? JSON.stringify({ kind: 'plan', run }) : describeRun(run.id, run.events),
    );
    return 0;
  }
  const question = `Take back import ${run.id} of ${run.events.toLocaleString('en')} events?`;
  if (!(await consents(terminal, request, question))) return 1;
  const result = await importer.undo(run.id);
  if (result.kind === 'refused') return fail(terminal, result.reason, request.json);
  if (request.json) terminal.print(JSON.stringify(result));
  else terminal.print(`Took back ${result.events.toLocaleString('en')} events.`);
  return 0;
}

function describeRun(id: number, events: number): string {
  return `Import ${id}: ${events.toLocaleString('en')} events would be taken back.`;
}

async function consents(
  terminal: Terminal,
  { yes }: ImportRequest,
  question: string,
): Promise<boolean> {
  return mayGoOn(terminal, new Set(yes ? (['yes'] as const) : []), question);
}
