/** Goes back to where a trace stands and reads it again, texts and all. */
import { closeSync, openSync } from 'node:fs';
import type { Paths } from '../../src-core/files/paths.ts';
import type { OpenSqlite, ReadableDb } from '../../src-core/store/driver.ts';
import { openForeignDb } from './gather.ts';
import type { OldObservation, Reading } from './observation.ts';
import { readAt, readOldLine } from './old-lines.ts';
import { type ForeignTable, openForeignTable } from './table-rows.ts';
import { subjectName, type Traces } from './traces.ts';
import { variantByNumber, type Witness } from './variants.ts';
import { type FileWitness, type TableWitness, witnessesOf } from './witness.ts';

/** Reads traces again. */
export interface TraceReader {
  /**
   * What the trace says.
   * @throws ChangedMeanwhile when something else stands there now
   */
  read(trace: number): OldObservation;
  close(): void;
}

/** The old record was changed while it was being imported. */
export class ChangedMeanwhile extends Error {
  constructor(name: string) {
    super(`${name} was changed meanwhile; import again`);
    this.name = 'ChangedMeanwhile';
  }
}

interface Source {
  reading(place: number): Reading | undefined;
  close(): void;
}

/** Where the traces stand and how to get there. */
export interface TraceReaderOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly busyMs: number;
}

/** Opens each file and table when its first trace is asked for. */
export function openTraceReader(traces: Traces, options: TraceReaderOptions): TraceReader {
  const { variant, place, subject, atS } = traces.columns;
  const witnesses = witnessesOf(options.paths);
  const sources = new Map<Witness, Source>();
  const sourceOf = (name: Witness): Source => {
    const present = sources.get(name);
    if (present !== undefined) return present;
    const witness = witnesses.find((one) => one.witness === name);
    if (witness === undefined) throw new RangeError(`there is no witness ${name}`);
    const source = witness.kind === 'file' ? openFile(witness) : openTable(witness, options);
    sources.set(name, source);
    return source;
  };
  return {
    read: (trace) => {
      const { witness, name } = variantByNumber(variant.at(trace));
      const reading = sourceOf(witness).reading(place.at(trace));
      if (reading?.kind !== 'observation') throw new ChangedMeanwhile(witness);
      const { observation } = reading;
      const isSame =
        observation.variant === name &&
        observation.atS === atS.at(trace) &&
        subjectName(observation) === traces.names.get(subject.at(trace));
      if (!isSame) throw new ChangedMeanwhile(witness);
      return observation;
    },
    close: () => {
      for (const source of sources.values()) source.close();
    },
  };
}

function openFile(witness: FileWitness): Source {
  const file = openSync(witness.path, 'r');
  return {
    reading: (place) => readOldLine(witness, readAt(file, place)),
    close: () => closeSync(file),
  };
}

function openTable(witness: TableWitness, { open, busyMs }: TraceReaderOptions): Source {
  const db: ReadableDb = openForeignDb(witness.path, open, busyMs);
  const table = openForeignTable(db, witness.table, witness.columns, witness.needs);
  const rows: ForeignTable | null = table === 'missing' || 'lacks' in table ? null : table;
  return {
    reading: (place) => {
      const row = rows?.row(place);
      return row === undefined ? undefined : witness.read(row);
    },
    close: () => db.close(),
  };
}
