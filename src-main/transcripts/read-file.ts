/**
 * Reads one transcript from an offset on, once for all who want something of it, and tells what it
 * holds in the order of its lines.
 */
import { join } from 'node:path';
import {
  createCallPairing,
  type TranscriptCall,
  type TranscriptResult,
} from '../../src-core/transcript/calls.ts';
import type { TranscriptStart } from '../../src-core/transcript/event.ts';
import { isKnownType } from '../../src-core/transcript/line-type.ts';
import {
  promptOf,
  startSourceOf,
  type TranscriptPrompt,
} from '../../src-core/transcript/prompt.ts';
import {
  readTranscriptLine,
  shortTextOf,
  type TranscriptLine,
} from '../../src-core/transcript/wire.ts';
import { readAgentType, type TranscriptFile } from './files.ts';
import type { LineReader, RawLine } from './lines.ts';

/** Something that a transcript tells. */
export type Told =
  /** A call and its end; without a result it was given up, or waits at the end of the file. */
  | {
      readonly kind: 'call';
      readonly call: TranscriptCall;
      readonly result: TranscriptResult | null;
      /** Null while it waits. */
      readonly endedAt: number | null;
    }
  | { readonly kind: 'prompt'; readonly prompt: TranscriptPrompt; readonly offset: number }
  | { readonly kind: 'start'; readonly start: TranscriptStart; readonly offset: number };

/** How far a file has been read. */
export interface FileProgress {
  /** Behind the last complete line. */
  readonly readTo: number;
  /** Where reading must go on, so that a call that waits meets its result. */
  readonly pin: number;
  readonly promptId: string | null;
  /** First and last time in the lines read so far. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** Folder in which the session was started. */
  readonly project: string | null;
  /** Lines that are no JSON of the kind that a transcript has. */
  readonly damaged: number;
  /** Lines of types that are not known, by type. */
  readonly unknown: ReadonlyMap<string, number>;
  readonly isAtEnd: boolean;
}

/** Where a line stands. */
export interface LinePlace {
  readonly file: TranscriptFile;
  /** Folder in which the session was started. */
  readonly project: string | null;
  /** What the file's agent is; null for the session itself, or where nobody wrote it down. */
  readonly agentType: string | null;
  /** The prompt that the line belongs to. */
  readonly promptId: string | null;
}

/** Somebody else who wants lines of the same pass: usage, links. */
export interface LineListener {
  /** Types of the lines that it wants. */
  readonly types: ReadonlySet<string>;
  readonly take: (line: TranscriptLine, place: LinePlace) => void;
}

/** Where and how to read. */
export interface ReadOptions {
  readonly projects: string;
  readonly file: TranscriptFile;
  readonly from: number;
  /** Lines before this were counted by whoever read them first. */
  readonly countFrom: number;
  readonly promptId: string | null;
  /** Folder in which the session was started, where that is known. */
  readonly project: string | null;
  readonly lines: LineReader;
  readonly listeners?: readonly LineListener[];
}

/** A file being read. */
export interface FileReading {
  /** What it tells; null after each stretch without news, so that whoever reads may pause. */
  readonly told: Iterator<Told | null>;
  /** How far it has been read. */
  progress(): FileProgress;
  /** Folder in which the session was started, as far as it is known by now. */
  project(): string | null;
}

const OWN_TYPES: ReadonlySet<string> = new Set(['user', 'assistant']);
const STRETCH_BYTES = 1024 * 1024;
const MOST_UNKNOWN = 50;

/** Begins to read; the file is opened with the first item that is asked for. */
export function readTranscript(options: ReadOptions): FileReading {
  const { projects, file, from, lines, listeners = [] } = options;
  const path = join(projects, file.path);
  const story = createStory(options, path);
  const understanding = createUnderstanding(options.countFrom);
  const wanted = new Set([...OWN_TYPES, ...listeners.flatMap(({ types }) => [...types])]);
  let [readTo, isAtEnd] = [from, false];

  const takeLine = (raw: RawLine): void => {
    readTo = raw.offset;
    const line = understanding.read(raw);
    if (line === null) return;
    story.take(line, readTo);
    const place = story.place(line);
    for (const { types, take } of listeners) if (types.has(line.type)) take(line, place);
  };
  function* tell(): Generator<Told | null> {
    let quietSince = from;
    const read = lines.read(path, from, (type) => type === null || wanted.has(type));
    let next = read.next();
    for (; !next.done; next = read.next()) {
      takeLine(next.value);
      yield* takeAll(story.pending);
      if (readTo - quietSince < STRETCH_BYTES) continue;
      quietSince = readTo;
      yield null;
    }
    readTo = next.value;
    isAtEnd = true;
    for (const call of story.open()) yield { kind: 'call', call, result: null, endedAt: null };
  }
  return {
    told: tell(),
    project: story.project,
    progress: () => ({
      ...story.progress(readTo),
      ...understanding.counts(),
      readTo,
      isAtEnd,
    }),
  };
}

/** Takes the items out one by one, so that what nobody asked for yet is still pending. */
function* takeAll(pending: Told[]): Generator<Told> {
  for (let first = pending.shift(); first !== undefined; first = pending.shift()) yield first;
}

/** Counts what is not understood. */
function createUnderstanding(countFrom: number) {
  const unknown = new Map<string, number>();
  let damaged = 0;
  return {
    /** The line, where somebody wants it and it is one. */
    read: ({ bytes, offset, type, isTooLong }: RawLine): TranscriptLine | null => {
      const line = bytes === null ? null : readTranscriptLine(bytes.toString('utf8'));
      if (offset < countFrom) return line;
      if (isTooLong || (line === null && bytes !== null && bytes.length > 0)) damaged++;
      const name = line?.type ?? type;
      if (name !== null && !isKnownType(name)) note(unknown, name);
      return line;
    },
    counts: () => ({ damaged, unknown }),
  };
}

/** Follows the session through its own lines: where it began, its prompts, its calls. */
function createStory({ file, from, promptId, ...options }: ReadOptions, path: string) {
  const pending: Told[] = [];
  let { project } = options;
  let firstAt: number | null = null;
  let lastAt: number | null = null;
  let hasStarted = from > 0 || file.agentId !== null;
  const agentType = file.agentId === null ? null : readAgentType(path);
  const pairing = createCallPairing(
    { agentType, promptId },
    { onEnd: (call, result, endedAt) => pending.push({ kind: 'call', call, result, endedAt }) },
  );
  const noteTime = (at: number): void => {
    firstAt = Math.min(firstAt ?? at, at);
    lastAt = Math.max(lastAt ?? at, at);
  };
  const begin = (line: TranscriptLine, offset: number): void => {
    const { sessionId, cwd, at } = line;
    if (hasStarted || at === null || sessionId === null) return;
    hasStarted = true;
    const start = { sessionId, source: startSourceOf(line), cwd, at };
    pending.push({ kind: 'start', start, offset });
  };
  return {
    pending,
    open: pairing.open,
    project: () => project,
    place: (line: TranscriptLine): LinePlace => ({
      file,
      project,
      agentType: agentType ?? shortTextOf(line.raw.attributionAgent),
      promptId: line.promptId ?? pairing.promptId(),
    }),
    take: (line: TranscriptLine, offset: number): void => {
      if (!OWN_TYPES.has(line.type)) return;
      project ??= line.cwd;
      if (line.at !== null) noteTime(line.at);
      begin(line, offset);
      pairing.take(line, offset);
      const prompt = promptOf(line);
      if (prompt !== null) pending.push({ kind: 'prompt', prompt, offset });
    },
    progress: (readTo: number) => ({
      project,
      firstAt,
      lastAt,
      promptId: pairing.promptId(),
      // What was told and not yet asked for is told again by whoever goes on from here.
      pin: Math.min(
        readTo,
        ...pending.map(offsetOf),
        ...pairing.open().map(({ offset }) => offset),
      ),
    }),
  };
}

/** Where the line begins that told of it first. */
export function offsetOf(told: Told): number {
  return told.kind === 'call' ? told.call.offset : told.offset;
}

/** A program that writes a new name into each line must not fill the memory. */
function note(unknown: Map<string, number>, type: string): void {
  if (unknown.size >= MOST_UNKNOWN && !unknown.has(type)) return;
  unknown.set(type, (unknown.get(type) ?? 0) + 1);
}
