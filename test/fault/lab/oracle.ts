/**
 * What the witnesses of a damaged record still hold, found out by other means than the repair's: the
 * bytes of each line as it was written are looked for in all files, in all encodings that the lab uses,
 * and each row is read by itself.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { CapturedEvent } from '../../../src-core/event/event.ts';
import { recordOf } from '../../../src-core/event/record.ts';
import { STREAMS } from '../../../src-core/journal/streams.ts';
import { hasRightSum, sumOf } from '../../../src-core/journal/sum.ts';
import type { Row } from '../../../src-core/store/driver.ts';
import { EVENT_COLUMNS, eventOfRow } from '../../../src-core/store/events.ts';
import type { LabWorld } from './world.ts';

/** The lines of whole records as they stood before the damage, by the id of their event. */
export function wholeLines({ paths }: LabWorld): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  for (const { isPrimary, pathIn } of STREAMS) {
    if (!isPrimary || !existsSync(pathIn(paths))) continue;
    for (const line of readFileSync(pathIn(paths), 'utf8').split('\n')) {
      const id = idOf(line);
      if (id !== null) lines.set(id, line);
    }
  }
  return lines;
}

function idOf(line: string): string | null {
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    return typeof value.id === 'string' && typeof value.sum === 'string' ? value.id : null;
  } catch {
    return null;
  }
}

/** Ids of the events that some witness holds whole. */
export function heldEvents(world: LabWorld, lines: ReadonlyMap<string, string>): Set<string> {
  const held = new Set<string>(world.spooled);
  for (const id of heldByFiles(world, lines)) held.add(id);
  for (const id of heldByRows(world)) held.add(id);
  return held;
}

function heldByFiles({ paths }: LabWorld, lines: ReadonlyMap<string, string>): string[] {
  const files = Object.values(paths.journals)
    .filter((path) => existsSync(path) && statSync(path).isFile())
    .map((path) => readFileSync(path));
  const spaced = files.flatMap((bytes) => respacedIds(bytes));
  const found = [...lines].filter(([, line]) => {
    const utf16 = Buffer.from(line, 'utf16le');
    const swapped = Buffer.from(utf16).swap16();
    const latin = Buffer.from(Buffer.from(line).toString('latin1'));
    return files.some((bytes) =>
      [Buffer.from(line), utf16, swapped, latin].some((text) => bytes.includes(text)),
    );
  });
  return [...found.map(([id]) => id), ...spaced.filter((id) => lines.has(id))];
}

/** Lines that somebody spaced otherwise are the same records. */
function respacedIds(bytes: Buffer): string[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      if (!line.startsWith('{ ')) return [];
      try {
        const value = JSON.parse(line) as Record<string, unknown>;
        return hasRightSum(value) && typeof value.kind === 'string' ? [String(value.id)] : [];
      } catch {
        return [];
      }
    });
}

function heldByRows({ open, paths }: LabWorld): string[] {
  if (!existsSync(paths.database)) return [];
  let db: ReturnType<LabWorld['open']> | null = null;
  try {
    db = open(paths.database, { readonly: true });
    const last = (db.prepare('SELECT max(seq) AS n FROM hookline_event').get() as Row).n;
    const find = db.prepare(`SELECT sum, ${EVENT_COLUMNS} FROM hookline_event WHERE seq = ?`);
    const held: string[] = [];
    for (let seq = 1; seq <= Number(last ?? 0); seq++) {
      const id = rightId(() => find.get(seq) as Row | undefined);
      if (id !== null) held.push(id);
    }
    return held;
  } catch {
    // Nothing can be said of it; a salvage may still find more.
    return [];
  } finally {
    db?.close();
  }
}

function rightId(read: () => Row | undefined): string | null {
  try {
    const row = read();
    if (row === undefined) return null;
    const event: CapturedEvent = eventOfRow(row);
    return sumOf(recordOf(event)) === row.sum ? event.id : null;
  } catch {
    return null;
  }
}
