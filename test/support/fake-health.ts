/** Health, its line and the install plan of the fake world. */
import type {
  Finding,
  HealthLine,
  HealthView,
  InstallPlanView,
  RefreshReport,
} from '../../src-core/contract/views.ts';
import { fakeDays, sum } from './fake-history.ts';

/** All is well: an event four seconds ago, no drift. */
export function fakeHealthLine(now: number): HealthLine {
  return {
    state: 'capturing',
    lastEventAt: now - 4000,
    drift: 0,
    dataAt: now - 4000,
    checkedAt: now - 29_000,
    findings: [],
  };
}

/** The hooks have gone from the settings. */
export const hooksMissing: Finding = {
  code: 'hooks.missing',
  severity: 'attention',
  title: 'Hooks are missing',
  detail:
    'Another program rewrote ~/.claude/settings.json. Nothing is recorded until the hooks are put back.',
  sinceAt: Date.UTC(2026, 10, 24, 14, 2),
  action: 'install',
};

/** Something that only wants to be known. */
export const spoolWaits: Finding = {
  code: 'spool.waiting',
  severity: 'note',
  title: '12 events wait in the spool',
  detail: 'The store was busy for longer than usual. A refresh takes them over.',
  sinceAt: Date.UTC(2026, 10, 24, 14, 31),
  action: 'refresh',
};

/** The health page of a healthy record. */
export function fakeHealth(now: number): HealthView {
  const calls = sum(fakeDays.flatMap((day) => day.calls));
  const total = Math.round(calls * 2.318);
  const spool = Math.round(total * 0.0046);
  const rest = total - calls;
  const stream = (name: string, count: number): HealthView['streams'][number] => ({
    name,
    inSqlite: count,
    inJsonl: count,
    healed: 0,
    duplicates: 0,
    quarantined: 0,
  });
  return {
    now,
    health: fakeHealthLine(now),
    total,
    bySource: { hook: total - spool - 38 - 1214, spool, journal: 38, transcript: 1214, old: 0 },
    streams: [
      { ...stream('tool-usage', calls), healed: 38 },
      stream('session-events', Math.round(rest * 0.011)),
      { ...stream('events', rest - Math.round(rest * 0.011)), duplicates: 3 },
    ],
    spool: { waiting: 0, oldestAt: null },
    quarantine: 0,
    hookErrors: { today: 0, last: null },
    cost: {
      calls: 1448,
      launcher: { medianMs: 4.6, measuredAt: now - 3 * 3_600_000 },
      waitedMs: 1448 * 4.6,
      runs: 412,
      cpuMs: 412 * 71.2,
      wall: { p50: 512, p95: 1180, max: 4210 },
      cpu: { p50: 68.4, p95: 102, max: 214 },
      stored: { p50: 74, p95: 168, max: 1240 },
      errors: [],
      isOverBudget: false,
    },
    hook: {
      installed: true,
      version: '0.1.0',
      runtimes: [
        { path: '/opt/homebrew/bin/node', version: '24.21.0', usable: true },
        { path: '/Applications/Hookline.app', version: '24.18.0', usable: true },
        { path: '/usr/local/bin/node', version: '18.19.1', usable: false },
      ],
    },
    purge: {
      keptDays: 30,
      days: [
        { at: now + 20 * 3_600_000, files: 3, bytes: 4_100_000, notStored: 0 },
        { at: now + 44 * 3_600_000, files: 11, bytes: 23_000_000, notStored: 0 },
      ],
    },
    places: [
      { name: 'Database', path: '~/.agent-core/storage/antigravity.db', bytes: 212_340_736 },
      { name: 'Journals', path: '~/.claude/data', bytes: 84_120_533 },
      { name: 'Statistics', path: '~/.claude/kernel', bytes: 61_204 },
      { name: 'Spool', path: '~/.claude/data/hookline/spool', bytes: 0 },
      { name: 'Settings', path: '~/.claude/settings.json', bytes: 4812 },
      { name: 'Quarantine', path: '~/.claude/data/hookline/quarantine', bytes: null },
    ],
  };
}

const DIFF = `--- ~/.claude/settings.json
+++ ~/.claude/settings.json
@@ -9,8 +9,26 @@
   "model": "sonnet",
   "hooks": {
     "PreToolUse": [
-      { "matcher": "Bash", "hooks": [{ "type": "command", "command": "~/bin/guard.sh" }] }
+      { "matcher": "Bash", "hooks": [{ "type": "command", "command": "~/bin/guard.sh" }] },
+      { "hooks": [{ "type": "command", "command": "~/.claude/hookline/launcher", "args": ["PreToolUse"], "timeout": 5 }] }
+    ],
+    "PostToolUse": [
+      { "hooks": [{ "type": "command", "command": "~/.claude/hookline/launcher", "args": ["PostToolUse"], "timeout": 5 }] }
+    ],
+    "PostToolUseFailure": [
+      { "hooks": [{ "type": "command", "command": "~/.claude/hookline/launcher", "args": ["PostToolUseFailure"], "timeout": 5 }] }
+    ],
+    "SessionStart": [
+      { "hooks": [{ "type": "command", "command": "~/.claude/hookline/launcher", "args": ["SessionStart"], "timeout": 5 }] }
     ]
   },
   "cleanupPeriodDays": 30
`;

/** A plan that can be carried out. */
export const fakePlan: InstallPlanView = {
  settingsPath: '~/.claude/settings.json',
  alreadyInstalled: false,
  refusal: null,
  diff: DIFF,
  files: [
    { path: '~/.claude/settings.json', what: 'hook entries are added; every other byte stays' },
    { path: '~/.claude/hookline/launcher', what: 'the small script that the entries start' },
    { path: '~/.claude/hookline/runtime', what: 'which program takes the events over' },
    { path: '~/.claude/data/hookline/', what: 'spool, journals and the record of this install' },
    {
      path: '~/.agent-core/storage/antigravity.db',
      what: 'tables of our own; the others are not touched',
    },
  ],
};

/** A refresh that healed twelve events. */
export const fakeReport: RefreshReport = {
  ok: true,
  drained: 0,
  healedToSqlite: 12,
  healedToJsonl: 0,
  duplicates: 0,
  quarantined: 0,
  drift: 0,
  statsWritten: [],
  unreachable: [],
  durationMs: 212,
};
