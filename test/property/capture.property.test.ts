import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventOfRecord, recordOf } from '../../src-core/event/record.ts';
import { readWire } from '../../src-core/event/wire.ts';
import { createPaths } from '../../src-core/files/paths.ts';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import { parseEntry } from '../../src-core/spool/entry.ts';
import { captureText } from '../support/capture-text.ts';
import { drain, entryBytes, recordsIn } from '../support/spool.ts';
import { openByNode, openTestStore, rowsOf } from '../support/sqlite.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';

const anyJson = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 });
const hookEvent = fc.constantFrom(
  'PreToolUse',
  'PostToolUse',
  'PostToolUseFailure',
  'PostToolBatch',
  'SessionStart',
  'SessionEnd',
  'UserPromptSubmit',
  'SubagentStop',
  'Notification',
  'constructor',
  '__proto__',
);
const call = fc.record(
  {
    tool_name: fc.oneof(anyJson, fc.constant('Bash')),
    tool_use_id: fc.oneof(anyJson, fc.constantFrom('toolu_1', 'x')),
    tool_input: fc.oneof(anyJson, fc.record({ command: anyJson, file_path: anyJson })),
    tool_response: anyJson,
  },
  { requiredKeys: [] },
);

/** A payload whose known fields hold anything at all. */
const payload = fc
  .record(
    {
      hook_event_name: fc.oneof(hookEvent, anyJson),
      session_id: fc.oneof(anyJson, fc.constant('s')),
      cwd: fc.oneof(anyJson, fc.string({ unit: 'binary' })),
      prompt: anyJson,
      prompt_id: anyJson,
      agent_id: anyJson,
      source: fc.oneof(anyJson, fc.constant('startup')),
      reason: anyJson,
      model: anyJson,
      error: fc.oneof(
        anyJson,
        fc.string().map((text) => `Exit code 1\n${text}`),
      ),
      is_interrupt: anyJson,
      duration_ms: anyJson,
      tool_calls: fc.oneof(anyJson, fc.array(fc.oneof(call, anyJson), { maxLength: 3 })),
      background_tasks: anyJson,
    },
    { requiredKeys: ['hook_event_name'] },
  )
  .chain((common) => call.map((own) => JSON.stringify({ ...common, ...own })));

describe('whatever is on stdin', () => {
  it('never makes reading throw: it is a payload or malformed with a reason', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), payload);
    fc.assert(
      fc.property(text, (value) => {
        const wire = readWire(value);
        if (wire.kind === 'malformed') expect(wire.reason).not.toBe('');
        else expect(wire.payload.hookEvent).not.toBe('');
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  it('gives events that their records carry, or none', () => {
    fc.assert(
      fc.property(payload, (text) => {
        if (readWire(text).kind === 'malformed') return;
        for (const event of captureText(text).events) {
          expect(event.id).not.toBe('');
          expect(eventOfRecord(JSON.parse(JSON.stringify(recordOf(event))))).toEqual(event);
        }
      }),
      { seed: 12, numRuns: 1500 },
    );
  });

  it('never makes parsing an entry throw, and comes back byte for byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        parseEntry(Buffer.from(bytes));
        expect(parseEntry(entryBytes(Buffer.from(bytes))).payload).toEqual(Buffer.from(bytes));
      }),
      { seed: 13, numRuns: 1000 },
    );
  });
});

describe('whatever is in the spool', () => {
  it('is drained without an exception, each entry to an event, live state or quarantine', () => {
    const content = fc.oneof(
      payload.map((text) => entryBytes(text)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => entryBytes(Buffer.from(bytes))),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    );
    const home = makeTempFolder();
    const paths = createPaths({ home });
    const db = openTestStore(paths.database, openByNode);
    mkdirSync(paths.spool, { recursive: true });
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 8 }), (contents) => {
        db.exec('DELETE FROM hookline_event; DELETE FROM hookline_running');
        rmSync(quarantineFile(paths), { force: true });
        contents.forEach((bytes, i) => {
          writeFileSync(join(paths.spool, `99${i}00000-0.event`), bytes);
        });
        const report = drain(paths, { db, now: Date.now });
        expect(report).toMatchObject({ entries: contents.length, problems: [] });
        expect(readdirSync(paths.spool)).toEqual([]);
        expect(recordsIn(quarantineFile(paths))).toHaveLength(report.rejected);
        const [count] = rowsOf(db, 'SELECT count(*) AS n FROM hookline_event');
        expect(count?.n).toBe(report.events);
      }),
      { seed: 14, numRuns: 120 },
    );
    db.close();
    removeFolder(home);
  });
});
