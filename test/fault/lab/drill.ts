/** One drill: make a record, damage it, repair it, and look at all that must hold afterwards. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { RepairReport } from '../../../src-core/contract/repair.ts';
import type { CapturedEvent } from '../../../src-core/event/event.ts';
import { EVENT_FIELDS } from '../../../src-core/event/fields.ts';
import { eventOfRecord } from '../../../src-core/event/record.ts';
import { STREAMS } from '../../../src-core/journal/streams.ts';
import { hasRightSum } from '../../../src-core/journal/sum.ts';
import { DAMAGES, type Damage } from './damages.ts';
import { heldEvents, wholeLines } from './oracle.ts';
import { type LabWorld, makeLabWorld, readTruth } from './world.ts';

/** What a drill found. */
export interface Drill {
  readonly damages: readonly string[];
  /** What did not hold; empty when all did. */
  readonly faults: readonly string[];
  /** Events that no witness held any more. */
  readonly lost: number;
  readonly folder: string;
}

/** Runs the drill of that seed; its home is removed where nothing is wrong. */
export async function drill(seed: string, only?: readonly string[]): Promise<Drill> {
  const world = await makeLabWorld(seed);
  const damages = chooseDamages(world, only);
  const faults: string[] = [];
  let lost = 0;
  try {
    lost = await examineRepair(world, damages, faults);
  } catch (error) {
    faults.push(`threw ${(error as Error).stack ?? error}`);
  }
  if (faults.length === 0) world.remove();
  return { damages: damages.map(({ name }) => name), faults, lost, folder: world.folder };
}

/** One to three damages, to at most two of the three witnesses. */
function chooseDamages(
  { random }: LabWorld,
  only: readonly string[] | undefined,
): readonly Damage[] {
  if (only !== undefined) return DAMAGES.filter(({ name }) => only.includes(name));
  return Array.from({ length: random.weighted([1, 2, 3], (n) => 4 - n) }, () =>
    random.pick(DAMAGES),
  );
}

/** Returns how many events are lost for good. */
async function examineRepair(
  world: LabWorld,
  damages: readonly Damage[],
  faults: string[],
): Promise<number> {
  const { repairer, truth } = world;
  const lines = wholeLines(world);
  for (const damage of damages) damage.run(world);
  const held = heldEvents(world, lines);
  const foreign = world.foreign.filter((line) => standsAlone(line));
  const before = { damaged: filesOf(world), rowsBefore: rowsOf(world) };

  const result = await repairer.apply();
  if (result.kind === 'refused') {
    faults.push(`refused: ${result.reason}`);
    return 0;
  }
  // What the bridge heals by itself needs no repair.
  if (result.kind === 'nothing-to-do') await world.refresh();
  const found = readTruth(world.open, world.paths);
  compareEvents(world, { held, lines, found }, faults);
  compareLines(world, found, faults);
  for (const line of foreign)
    if (!standsAlone(line)) faults.push(`a foreign line is gone: ${line.text}`);
  if (result.kind === 'repaired') compareReport(world, result.report, found, faults);
  await expectNothingToDo(world, faults);
  if (result.kind === 'repaired') await examineUndo(world, before, faults);
  return [...truth.keys()].filter((id) => !found.has(id)).length;
}

type Found = ReturnType<typeof readTruth>;

function compareReport(
  world: LabWorld,
  report: RepairReport,
  found: Found,
  faults: string[],
): void {
  if (!report.isProven || report.state !== 'done')
    faults.push(`not proven: ${report.state} ${report.reason} ${JSON.stringify(report.left)}`);
  const claimed = new Set(report.lost.ids);
  for (const id of claimed) if (found.has(id)) faults.push(`${id} is said to be lost`);
  for (const id of namedByLines(world)) {
    const isTold = found.has(id) || !world.truth.has(id) || claimed.has(id);
    if (!isTold) faults.push(`the loss of ${id} is not told`);
  }
}

interface Compared {
  readonly held: ReadonlySet<string>;
  readonly lines: ReadonlyMap<string, string>;
  readonly found: Found;
}

function compareEvents(
  { truth, inTranscript, spooled }: LabWorld,
  { held, lines, found }: Compared,
  faults: string[],
): void {
  for (const id of held) if (!found.has(id)) faults.push(`${id} was held and is not there`);
  for (const [id, event] of found) {
    const right = truth.get(id);
    if (right === undefined && !spooled.includes(id)) faults.push(`${id} never happened`);
    // A call that only the transcript tells of is less.
    const isLess = inTranscript.has(id) && event.source === 'transcript';
    if (right === undefined || isLess) continue;
    const wrong = fieldsOfNeither(event, right, eventOfLine(lines.get(id)) ?? right);
    if (wrong.length > 0) faults.push(`${id}: another ${wrong}: ${JSON.stringify(event)}`);
  }
}

function eventOfLine(line: string | undefined): CapturedEvent | null {
  return line === undefined ? null : eventOfRecord(JSON.parse(line));
}

/** What an amendment told may be lost with it; then the event is what its line says. */
function fieldsOfNeither(
  event: CapturedEvent,
  right: CapturedEvent,
  first: CapturedEvent,
): readonly string[] {
  return EVENT_FIELDS.filter((field) =>
    [right, first].every((each) => !isDeepStrictEqual(event[field], each[field])),
  );
}

function compareLines({ paths }: LabWorld, found: Found, faults: string[]): void {
  for (const stream of STREAMS) {
    const expected = [...found.values()].filter(stream.hasLine).map(({ id }) => id);
    const counts = new Map<string, number>();
    for (const line of textOf(stream.pathIn(paths)).split('\n')) {
      const id = rightIdOf(line);
      if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const id of expected)
      if (counts.get(id) !== 1)
        faults.push(`${id} stands ${counts.get(id) ?? 0} times in ${stream.name}`);
  }
}

function rightIdOf(line: string): string | null {
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    return hasRightSum(value) ? String(value.id) : null;
  } catch {
    return null;
  }
}

/** Ids in good lines of any file. */
function namedByLines({ paths }: LabWorld): ReadonlySet<string> {
  const ids = STREAMS.flatMap(({ pathIn }) =>
    textOf(pathIn(paths))
      .split('\n')
      .flatMap((line) => rightIdOf(line) ?? []),
  );
  return new Set(ids);
}

async function expectNothingToDo(world: LabWorld, faults: string[]): Promise<void> {
  const before = { files: filesOf(world), rows: rowsOf(world) };
  world.clock.advance(60_000);
  const again = await world.repairer.apply();
  if (again.kind !== 'nothing-to-do') {
    faults.push(`a second repair did something: ${JSON.stringify(again)}`);
    return;
  }
  const after = { files: filesOf(world), rows: rowsOf(world) };
  if (!isDeepStrictEqual(before, after))
    faults.push('a second repair that did nothing changed bytes');
}

interface Before {
  readonly damaged: ReadonlyMap<string, string | null>;
  readonly rowsBefore: readonly unknown[] | null;
}

async function examineUndo(
  world: LabWorld,
  { damaged, rowsBefore }: Before,
  faults: string[],
): Promise<void> {
  const result = await world.repairer.undo(null);
  if (result.kind === 'refused') {
    faults.push(`undo was refused: ${result.reason}`);
    return;
  }
  for (const [path, text] of filesOf(world))
    if (damaged.get(path) !== text) faults.push(`${path} is not what it was before the repair`);
  const stays = result.done.some((sentence) => sentence.startsWith('The database stays'));
  if (rowsBefore === null || stays) return;
  const after = rowsOf(world)?.filter(
    (row) => !world.spooled.includes(String((row as { id: string }).id)),
  );
  if (!isDeepStrictEqual(after, rowsBefore))
    faults.push('the rows are not what they were before the repair');
}

/** True where it is a line of its file, whole and by itself. */
function standsAlone({ path, text }: LabWorld['foreign'][number]): boolean {
  return textOf(path).split('\n').includes(text);
}

function bytesOf(path: string): Buffer {
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path) : Buffer.alloc(0);
}

function textOf(path: string): string {
  return bytesOf(path).toString('utf8');
}

function filesOf({ paths }: LabWorld): ReadonlyMap<string, string | null> {
  return new Map(
    Object.values(paths.journals).map((path) => [
      path,
      existsSync(path) ? readFileSync(path).toString('latin1') : null,
    ]),
  );
}

/** Our rows but for what follows from files; null where they cannot be read. */
function rowsOf({ query }: LabWorld): readonly unknown[] | null {
  try {
    return query('SELECT * FROM hookline_event ORDER BY seq').map(({ lines, ...row }) => row);
  } catch {
    return null;
  }
}
