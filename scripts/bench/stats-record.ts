/** What the statistics are measured on, beside a made-up history. */
import { randomUUID } from 'node:crypto';
import type { HealthLine } from '../../src-core/contract/views.ts';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import type { WritableDb } from '../../src-core/store/driver.ts';

/** A call of now, in a session of a hundred. */
export function callNumber(index: number): CapturedEvent {
  const id = `toolu_bench${randomUUID()}`;
  const hasFailed = index % 12 === 0;
  return {
    id,
    at: Date.now() - 100 + index,
    kind: 'tool',
    hookEvent: hasFailed ? 'PostToolUseFailure' : 'PostToolUse',
    source: 'hook',
    sessionId: `bench-${Math.floor(Date.now() / 60_000)}`,
    toolUseId: id,
    promptId: null,
    tool: index % 3 === 0 ? 'Read' : 'Bash',
    filePath: null,
    command: index % 3 === 0 ? null : `npm test -- ${index}`,
    project: '/Users/dev/work/bench',
    cwd: '/Users/dev/work/bench',
    agentId: null,
    agentType: null,
    permissionMode: null,
    model: null,
    outcome: hasFailed ? 'failed' : 'succeeded',
    exitCode: hasFailed ? 1 : null,
    durationMs: 20 + index,
    errorClass: hasFailed ? 'exit_code' : null,
    error: hasFailed ? 'Exit code 1' : null,
    inputBytes: 100,
    outputBytes: 200,
    facts: null,
    payloadSum: null,
    content: null,
  };
}

/** Gives the rows by quarter and day ten times the names, as ten times the events would at most. */
export function widen(db: WritableDb): void {
  const copies =
    'WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < 9)';
  db.exec(`
    BEGIN;
    ${copies} INSERT INTO hookline_rollup_call
      SELECT quarter, tool, project || '/' || n, model, outcome, source, calls, first_seq, timed, total_us, max_us
      FROM hookline_rollup_call, copy;
    ${copies} INSERT INTO hookline_rollup_command
      SELECT quarter, program || n, subcommand, project, outcome, calls, first_seq, durations
      FROM hookline_rollup_command, copy;
    ${copies} INSERT INTO hookline_rollup_session
      SELECT session_id || '-' || n, first_at_ms, last_at_ms, captured_at_ms, 0, 0
      FROM hookline_rollup_session, copy;
    ${copies} INSERT INTO hookline_rollup_total
      SELECT dimension, name || n, part, count, total, first_at FROM hookline_rollup_total, copy
      WHERE dimension IN ('program', 'subcommand', 'folder', 'duration');
    COMMIT;
  `);
}

/** Health of which nothing is asked here. */
export function plainHealth(now: number): HealthLine {
  return {
    state: 'capturing',
    lastEventAt: now,
    drift: 0,
    dataAt: now,
    checkedAt: now,
    findings: [],
  };
}

/** A program that makes all sums from scratch and prints what it took, as JSON. */
export function rebuildProgram(database: string, timeZone: string): string {
  return `
    import { openStore } from '../../src-core/store/open.ts';
    import { chooseSqlite } from '../../src-main/engine/open-sqlite.ts';
    import { renewRollups, resetRollups } from '../../src-main/stats/rollup/renew.ts';
    import { createZone } from '../../src-main/stats/zone.ts';
    const db = openStore({ path: ${JSON.stringify(database)}, open: chooseSqlite(undefined), busyMs: 1000, now: Date.now() });
    db.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000');
    const zone = createZone(${JSON.stringify(timeZone)});
    resetRollups(db, zone);
    const startedAt = performance.now();
    const before = process.cpuUsage();
    renewRollups({ db, zone });
    const { user, system } = process.cpuUsage(before);
    console.log(JSON.stringify({
      tookMs: performance.now() - startedAt, cpuMs: (user + system) / 1000,
      rssMb: process.resourceUsage().maxRSS / 1024,
    }));
  `;
}
