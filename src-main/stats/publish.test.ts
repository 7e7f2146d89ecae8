import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { Amendment } from '../../src-core/event/merge.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { homePerTest } from '../../test/support/home.ts';
import { failedCall, NOON, toolCall } from '../../test/support/make-event.ts';
import { type Publication, publishStats } from './publish.ts';

const home = homePerTest();
const paths = () => home().paths;
const ALL = [
  'error-stats.json',
  'tool-usage-stats.json',
  'activity-stats.json',
  'recovery-stats.json',
  'flow-stats.json',
  'command-stats.json',
  'tool-success-stats.json',
];

const publish = (timeZone = 'UTC'): Publication =>
  home().withStore((db) => publishStats({ paths: paths(), db, now: home().clock.now(), timeZone }));
const modelOf = (eventId: string, value: string, source = 'transcript'): Amendment => ({
  eventId,
  field: 'model',
  value,
  source,
  at: NOON,
});
const files = (): string[] => Object.values(paths().stats);
const bytes = (): string[] => files().map((file) => home().text(file));
const generatedAt = (file: string): unknown => JSON.parse(home().text(file)).generated_at;
const NOON_ISO = new Date(NOON).toISOString();

describe('publishing the statistics', () => {
  it('writes all seven on a fresh machine, for their owner alone', () => {
    expect(existsSync(paths().kernel)).toBe(false);
    expect(publish()).toEqual({ written: ALL, problems: [] });
    for (const file of files()) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(JSON.parse(home().text(file))).toMatchObject({
        schema_version: 1,
        time_zone: 'UTC',
        period: { from: null, to: null },
        coverage: {},
        generated_at: NOON_ISO,
      });
    }
  });

  it('says over which time and from which witness the numbers are', () => {
    home().addToStore(
      toolCall({ at: NOON - 5000 }),
      toolCall({ at: NOON, source: 'spool' }),
      toolCall(),
    );
    publish();
    expect(JSON.parse(home().text(paths().stats.toolUsage))).toMatchObject({
      period: { from: '2026-01-26T11:59:55.000Z', to: NOON_ISO },
      coverage: { hook: 2, spool: 1 },
    });
  });

  it('writes nothing when nothing happened', () => {
    home().addToStore(toolCall());
    publish();
    const before = bytes();
    home().clock.advance(60_000);
    expect(publish()).toEqual({ written: [], problems: [] });
    expect(bytes()).toEqual(before);
  });

  it('writes only the files whose content changes, and moves only their time', () => {
    const call = toolCall();
    home().addToStore(call);
    publish();
    home().clock.advance(60_000);
    home().amend(modelOf(call.id, 'claude-x'));
    expect(publish().written).toEqual(['tool-usage-stats.json']);
    expect(generatedAt(paths().stats.toolUsage)).toBe(new Date(NOON + 60_000).toISOString());
    expect(generatedAt(paths().stats.commands)).toBe(NOON_ISO);
  });

  it('writes a file again that is gone, and no other', () => {
    publish();
    const before = home().text(paths().stats.flow);
    rmSync(paths().stats.flow);
    expect(publish().written).toEqual(['flow-stats.json']);
    expect(home().text(paths().stats.flow)).toBe(before);
  });

  it('writes a file again that another program wrote over', () => {
    home().addToStore(toolCall());
    publish();
    const before = bytes();
    writeFileSync(paths().stats.toolUsage, '{\n  "total_calls": 59890\n}');
    expect(publish().written).toEqual(['tool-usage-stats.json']);
    expect(bytes()).toEqual(before);
    expect(publish().written).toEqual([]);
  });

  it('leaves a file alone that was only touched', () => {
    publish();
    writeFileSync(paths().stats.flow, home().text(paths().stats.flow));
    expect(publish().written).toEqual([]);
  });

  it('follows the chosen zone', () => {
    home().addToStore(toolCall({ at: NOON }));
    publish('UTC');
    expect(publish('Pacific/Kiritimati').written).toHaveLength(7);
    expect(JSON.parse(home().text(paths().stats.activity))).toMatchObject({
      time_zone: 'Pacific/Kiritimati',
      daily_activity: { '2026-01-27': 1 },
    });
  });

  it('follows what other programs write into the files that we share', () => {
    publish();
    const { recoveryOutcomes } = paths().journals;
    mkdirSync(dirname(recoveryOutcomes), { recursive: true });
    writeFileSync(recoveryOutcomes, '{"success":true,"category":"git"}\n');
    expect(publish().written).toEqual(['recovery-stats.json']);
    rmSync(recoveryOutcomes);
    expect(publish().written).toEqual(['recovery-stats.json']);
    expect(JSON.parse(home().text(paths().stats.recovery))).toMatchObject({ total_recoveries: 0 });
  });

  it('renews the others when one cannot be computed, and that one as soon as it can', () => {
    home().addToStore(failedCall());
    mkdirSync(paths().journals.flowHistory, { recursive: true });
    const { written, problems } = publish();
    expect(written).toEqual(ALL.filter((name) => name !== 'flow-stats.json'));
    expect(problems).toEqual([
      { store: 'flow-stats.json', reason: expect.stringMatching(/EISDIR/) },
    ]);
    expect(existsSync(paths().stats.flow)).toBe(false);
    rmSync(paths().journals.flowHistory, { recursive: true });
    expect(publish()).toEqual({ written: ['flow-stats.json'], problems: [] });
  });

  it('keeps the mode of a file that was there, and a link to another place', () => {
    const real = join(home().folder, 'elsewhere.json');
    mkdirSync(paths().kernel, { recursive: true });
    writeFileSync(paths().stats.flow, '{}');
    chmodSync(paths().stats.flow, 0o644);
    writeFileSync(real, '{}');
    symlinkSync(real, paths().stats.errors);
    publish();
    expect(statSync(paths().stats.flow).mode & 0o777).toBe(0o644);
    expect(JSON.parse(readFileSync(real, 'utf8'))).toMatchObject({ total_errors: 0 });
    expect(readFileSync(paths().stats.errors, 'utf8')).toBe(readFileSync(real, 'utf8'));
  });
});

/** Reads files over and over in another thread, until it is told to stop; tells how often and how badly. */
const READER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { readFileSync } = require('node:fs');
  let reads = 0;
  let broken = 0;
  let isStopped = false;
  parentPort.on('message', () => { isStopped = true; });
  const read = () => {
    for (let i = 0; i < 20; i++) {
      reads++;
      try { JSON.parse(readFileSync(workerData[reads % workerData.length], 'utf8')); } catch { broken++; }
    }
    if (isStopped) { parentPort.postMessage({ reads, broken }); parentPort.close(); }
    else setImmediate(read);
  };
  parentPort.postMessage('reading');
  read();
`;

describe('a reader of the statistics', () => {
  it('never sees half of any of the seven, however often they are written meanwhile', async () => {
    publish();
    const reader = new Worker(READER, { eval: true, workerData: files() });
    const next = () => new Promise<unknown>((resolve) => reader.once('message', resolve));
    await next();
    const call = toolCall();
    home().addToStore(call);
    let written = 0;
    home().withStore((db) => {
      const writer = createEventWriter(db);
      for (let i = 0; i < 200; i++) {
        // All seven change, and lengths go up and down, so that half of one would be no JSON.
        const text = 'x'.repeat(1 + ((i * 37) % 150));
        const outcome = i % 2 === 0 ? 'failed' : 'succeeded';
        writer.replace({ ...call, model: text, command: `${text}${i}`, error: text, outcome });
        const at = NOON + (i % 2) * 1000;
        if (i % 2 === 0) writer.insert(toolCall({ at, tool: 'Edit', command: null }), 'direct');
        const options = { paths: paths(), db, now: NOON, timeZone: 'UTC' };
        written += publishStats(options).written.length;
      }
    });
    const result = next();
    reader.postMessage('stop');
    const { reads, broken } = (await result) as { reads: number; broken: number };
    expect(written).toBeGreaterThanOrEqual(1000);
    expect(reads).toBeGreaterThan(200);
    expect(broken).toBe(0);
  });
});
