/** `hookline backfill`: takes over what Claude's own transcripts tell. Preview, ask, do, take back. */
import type { Backfiller, BackfillResult } from '../transcripts/backfiller.ts';
import type { PassProgress } from '../transcripts/pass.ts';
import type { BackfillRun } from '../transcripts/runs.ts';
import { fail, mayGoOn } from './consent.ts';
import { describePreview, describeProgress } from './describe-backfill.ts';
import type { Terminal } from './terminal.ts';

/** What was asked for. */
export interface BackfillVerbRequest {
  readonly json: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  /** Also what was taken back. */
  readonly again: boolean;
  /** The number of the run to take back, as it was given; empty for the last one, null for none. */
  readonly undo: string | null;
}

/** What the verb works with. */
export interface BackfillContext {
  readonly backfiller: Backfiller;
  readonly terminal: Terminal;
  /** Brings what is captured into both stores. */
  readonly refresh: () => Promise<unknown>;
  /** Resolves when the user wants it to end; what was taken over until then stays. */
  readonly interrupted: () => Promise<void>;
}

/** Runs the verb; returns its exit code. */
export async function backfill(
  context: BackfillContext,
  request: BackfillVerbRequest,
): Promise<number> {
  return request.undo === null
    ? takeOver(context, request)
    : takeBack(context, request, request.undo);
}

async function takeOver(context: BackfillContext, request: BackfillVerbRequest): Promise<number> {
  const { backfiller, terminal, refresh } = context;
  const { json, dryRun, again } = request;
  if (!dryRun) await refresh();
  const showProgress = createProgress(terminal, json);
  const preview = await backfiller.preview(showProgress);
  showProgress(null);
  if (dryRun) {
    terminal.print(json ? JSON.stringify({ kind: 'preview', preview }) : describePreview(preview));
    return 0;
  }
  if (!json) terminal.print(describePreview(preview));
  const count = (preview.new + preview.enriching).toLocaleString('en');
  const question = `Take over ${count} events, and from now on what comes?`;
  if (!(await consents(terminal, request, question))) return 1;
  const result = await runUntilInterrupted(context, again, showProgress);
  showProgress(null);
  if (result.kind === 'refused') return fail(terminal, result.reason, json);
  // Its lines in JSONL, and the statistics.
  await refresh();
  if (json) terminal.print(JSON.stringify({ ...result, preview }));
  else terminal.print(describeResult(result));
  return result.kind === 'done' ? 0 : 1;
}

async function runUntilInterrupted(
  { backfiller, interrupted }: BackfillContext,
  again: boolean,
  onProgress: (progress: PassProgress) => void,
): Promise<BackfillResult> {
  const stop = new AbortController();
  const isInterrupted = interrupted().then(() => stop.abort());
  const { signal } = stop;
  const request = { origin: 'asked', again, healsGaps: true, signal, onProgress } as const;
  const running = backfiller.run(request);
  // Whoever interrupts waits for the batch that is being stored.
  await Promise.race([running, isInterrupted]);
  return running;
}

function describeResult(result: Exclude<BackfillResult, { kind: 'refused' }>): string {
  const { kind, run, events, amended, replaced, ambiguous } = result;
  const doubles =
    replaced === 0
      ? ''
      : `, ${replaced.toLocaleString('en')} imported ones replaced (${ambiguous.toLocaleString('en')} might be a neighbour's)`;
  const counts = `${events.toLocaleString('en')} events added, ${amended.toLocaleString('en')} enriched${doubles}`;
  return kind === 'done'
    ? `${counts}. "hookline backfill --undo ${run}" takes them back.`
    : `Stopped: ${counts} so far. "hookline backfill" goes on, "hookline backfill --undo ${run}" takes them back.`;
}

async function takeBack(
  { backfiller, terminal, refresh }: BackfillContext,
  request: BackfillVerbRequest,
  given: string,
): Promise<number> {
  const run = findRun(backfiller.runs(), given);
  if (run === undefined) {
    const reason =
      given === '' ? 'There is no backfill to take back.' : `There is no backfill ${given}.`;
    return fail(terminal, reason, request.json);
  }
  const what = `backfill ${run.id} of ${run.events.toLocaleString('en')} events, with ${run.amended.toLocaleString('en')} enriched`;
  if (request.dryRun) {
    const text = `Would take back ${what}.`;
    terminal.print(request.json ? JSON.stringify({ kind: 'preview', run }) : text);
    return 0;
  }
  if (!(await consents(terminal, request, `Take back ${what}?`))) return 1;
  const result = await backfiller.undo(run.id);
  if (result.kind === 'refused') return fail(terminal, result.reason, request.json);
  await refresh();
  if (request.json) terminal.print(JSON.stringify(result));
  else {
    const [events, restored] = [result.events, result.restored].map((n) => n.toLocaleString('en'));
    terminal.print(
      `Took back ${events} events; ${restored} enriched ones are as they were before.`,
    );
  }
  return 0;
}

function findRun(runs: readonly BackfillRun[], given: string): BackfillRun | undefined {
  if (given === '') return runs.findLast(({ undoneAt }) => undoneAt === null);
  return runs.find(({ id }) => String(id) === given);
}

async function consents(
  terminal: Terminal,
  { yes, json }: BackfillVerbRequest,
  question: string,
): Promise<boolean> {
  const options = new Set([...(yes ? ['yes' as const] : []), ...(json ? ['json' as const] : [])]);
  return mayGoOn(terminal, options, question);
}

const PROGRESS_EVERY_MS = 200;

/** Shows how far it has come to a person who watches; null ends the line. */
function createProgress(terminal: Terminal, json: boolean) {
  let shownAt = 0;
  let isShown = false;
  return (progress: PassProgress | null): void => {
    if (json || !terminal.isInteractive) return;
    if (progress === null) {
      if (isShown) terminal.showLine('');
      isShown = false;
      return;
    }
    const now = performance.now();
    if (now - shownAt < PROGRESS_EVERY_MS) return;
    shownAt = now;
    isShown = true;
    terminal.showLine(describeProgress(progress));
  };
}
