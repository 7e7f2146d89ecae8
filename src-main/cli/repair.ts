/** `hookline repair`: look, show, ask, mend, prove; or take a repair back. */
import { type RepairPart, repairParts } from '../../src-core/contract/repair.ts';
import type { RepairResult } from '../repair/apply.ts';
import {
  describeDiagnosis,
  describeEntry,
  describePlan,
  describeReport,
} from '../repair/describe-repair.ts';
import { planRepair } from '../repair/plan.ts';
import type { Repairer } from '../repair/repairer.ts';
import { fail, mayGoOn } from './consent.ts';
import type { Options } from './context.ts';
import type { Terminal } from './terminal.ts';

/** What the verb works with. */
export interface RepairContext {
  readonly repairer: Repairer;
  readonly terminal: Terminal;
  /** Resolves when the user wants the repair to end between two steps. */
  interrupted(): Promise<void>;
}

/** Runs the verb; `operand` are the parts behind `--only`, or the repair behind `--undo`. */
export async function repair(
  context: RepairContext,
  options: Options,
  operand: string,
): Promise<number> {
  if (options.has('undo')) return takeBack(context, options, operand);
  const only = options.has('only') ? operand.split(',') : null;
  const unknown = only?.find((part) => !isPart(part));
  if (unknown !== undefined || (only === null && operand !== '')) {
    context.terminal.warn(
      `There is no part "${unknown ?? operand}"; there are ${repairParts.join(', ')}.`,
    );
    return 2;
  }
  return mend(context, options, only?.filter(isPart));
}

function isPart(name: string): name is RepairPart {
  return (repairParts as readonly string[]).includes(name);
}

async function mend(
  { repairer, terminal, interrupted }: RepairContext,
  options: Options,
  only: readonly RepairPart[] | undefined,
): Promise<number> {
  const isJson = options.has('json');
  const diagnosis = await repairer.diagnose(true);
  const whole = planRepair(diagnosis);
  const parts = whole.parts.filter(({ part, isChosen }) => only?.includes(part) ?? isChosen);
  if (options.has('dry-run') || parts.length === 0) {
    terminal.print(
      isJson
        ? JSON.stringify({ kind: 'plan', diagnosis, plan: whole })
        : `${describeDiagnosis(diagnosis)}\n\n${describePlan(whole)}`,
    );
    return 0;
  }
  if (!isJson)
    terminal.print(`${describeDiagnosis(diagnosis)}\n\n${describePlan({ ...whole, parts })}`);
  if (!(await mayGoOn(terminal, options, 'Repair? Everything that changes is copied first.')))
    return 1;
  const stop = new AbortController();
  void interrupted().then(() => stop.abort());
  const result = await repairer.apply({
    ...(only === undefined ? {} : { only }),
    signal: stop.signal,
    onProgress: ({ step, done, of }) => {
      if (!isJson && terminal.isInteractive) terminal.showLine(`${done + 1} of ${of + 1}: ${step}`);
    },
  });
  if (!isJson && terminal.isInteractive) terminal.showLine('');
  return tell(terminal, result, isJson);
}

function tell(terminal: Terminal, result: RepairResult, isJson: boolean): number {
  if (result.kind === 'refused') return fail(terminal, result.reason, isJson);
  if (isJson) terminal.print(JSON.stringify(result));
  else if (result.kind === 'nothing-to-do') terminal.print('There is nothing to repair any more.');
  else terminal.print(describeReport(result.report));
  return result.kind === 'nothing-to-do' || result.report.isProven ? 0 : 1;
}

async function takeBack(
  { repairer, terminal }: RepairContext,
  options: Options,
  id: string,
): Promise<number> {
  const isJson = options.has('json');
  const standing = repairer.list().filter(({ canUndo }) => canUndo);
  const place = id === '' ? 0 : standing.findIndex((each) => each.id === id);
  const meant = place < 0 ? [] : standing.slice(0, place + 1);
  if (meant.length === 0)
    return fail(
      terminal,
      id === '' ? 'There is no repair to undo.' : `There is no repair ${id} to undo.`,
      isJson,
    );
  if (options.has('dry-run')) {
    terminal.print(
      isJson
        ? JSON.stringify({ kind: 'plan', repairs: meant })
        : meant.map(describeEntry).join('\n'),
    );
    return 0;
  }
  if (!isJson) terminal.print(meant.map(describeEntry).join('\n'));
  const question = 'Undo? What was damaged is damaged again then; what was captured since stays.';
  if (!(await mayGoOn(terminal, options, question))) return 1;
  const result = await repairer.undo(meant.at(-1)?.id ?? null);
  if (result.kind === 'refused') return fail(terminal, result.reason, isJson);
  terminal.print(
    isJson ? JSON.stringify(result) : result.done.join('\n') || 'There was nothing to take back.',
  );
  return 0;
}
