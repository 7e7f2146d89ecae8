/** Event rows of the fake history, newest first, made day by day as somebody pages through them. */
import type { EventRow, Outcome } from '../../src-core/contract/views.ts';
import { DAY, FAKE_DAYS, FAKE_NOW, fakeDays, HOUR, seeded } from './fake-history.ts';

const TOOLS: readonly (readonly [string, number, readonly string[]])[] = [
  [
    'Bash',
    312,
    [
      'npm test -- ledger',
      'git status --short',
      'node scripts/titles.mjs --check',
      'grep -rn "legacy-id" docs',
      'docker compose up --wait',
    ],
  ],
  [
    'Read',
    264,
    ['src/store/ledger.ts', 'docs/redirects.csv', 'package.json', 'src/routes/orders.ts'],
  ],
  ['Edit', 158, ['src/store/ledger.ts', 'src/routes/orders.ts', 'docs/index.md']],
  ['Grep', 91, ['drift_count', 'TODO', 'export function']],
  ['Write', 42, ['src/store/ledger.test.ts', 'docs/changes.md']],
  ['Glob', 36, ['docs/**/*.md', 'src/**/*.ts']],
  ['TodoWrite', 31, ['3 items']],
  ['Agent', 19, ['link-check', 'review the migration']],
  ['WebFetch', 14, ['https://status.example.org/feed']],
];
const PROJECTS = ['hookline', 'docs-site', 'atlas-api'] as const;
const ENDS: readonly (readonly [number, Outcome, string | null])[] = [
  [0.933, 'succeeded', null],
  [0.952, 'expected', null],
  [0.985, 'failed', 'exit 1'],
  [0.988, 'timed_out', 'no answer in 30 s'],
  [0.995, 'interrupted', null],
  [0.998, 'rejected', null],
  [1, 'unknown', null],
];

/** One event, with everything that is not said left at its usual value. */
export function fakeEvent(
  event: Partial<EventRow> & Pick<EventRow, 'id' | 'at' | 'name'>,
): EventRow {
  return {
    kind: 'tool',
    detail: null,
    outcome: event.kind === undefined || event.kind === 'tool' ? 'succeeded' : null,
    error: null,
    project: 'hookline',
    sessionId: 'a41e09c2-5b7d-4e57-9d0a-3f60b1c2d4e8',
    agentType: null,
    durationMs: null,
    source: 'hook',
    ...event,
  };
}

const at = (hour: number, minute: number, second: number, ms: number): number =>
  Date.UTC(2026, 10, 24, hour, minute, second, ms);

/** What happened in the last minute and a half. */
export const latestEvents: readonly EventRow[] = [
  fakeEvent({
    id: 'e01',
    at: FAKE_NOW - 4000,
    name: 'Read',
    detail: 'src/store/ledger.ts',
    durationMs: 31,
  }),
  fakeEvent({
    id: 'e02',
    at: at(14, 44, 48, 92),
    name: 'Edit',
    detail: 'src/store/ledger.ts',
    durationMs: 52,
  }),
  fakeEvent({
    id: 'e03',
    at: at(14, 44, 24, 518),
    name: 'Bash',
    detail: 'npm test -- ledger',
    durationMs: 18_400,
  }),
  fakeEvent({
    id: 'e04',
    at: at(14, 44, 19, 6),
    name: 'Bash',
    detail: 'git tag v4.2.0-rc1',
    project: 'atlas-api',
    durationMs: 64,
  }),
  fakeEvent({
    id: 'e05',
    at: at(14, 44, 17, 640),
    name: 'Bash',
    detail: 'rm -rf dist',
    project: 'atlas-api',
    outcome: 'denied',
  }),
  fakeEvent({
    id: 'e06',
    at: at(14, 44, 12, 233),
    name: 'WebFetch',
    detail: 'https://status.example.org/feed',
    project: 'docs-site',
    agentType: 'link-check',
    durationMs: 812,
  }),
  fakeEvent({
    id: 'e07',
    at: at(14, 44, 10, 902),
    name: 'Glob',
    detail: 'docs/**/*.md',
    project: 'docs-site',
    agentType: 'link-check',
    durationMs: 55,
  }),
  fakeEvent({
    id: 'e08',
    at: at(14, 44, 9, 518),
    kind: 'other',
    name: 'SubagentStart',
    detail: 'link-check',
    project: 'docs-site',
  }),
  fakeEvent({
    id: 'e09',
    at: at(14, 44, 5, 311),
    name: 'Edit',
    detail: 'src/store/ledger.ts',
    durationMs: 47,
  }),
  fakeEvent({
    id: 'e10',
    at: at(14, 44, 2, 870),
    name: 'Read',
    detail: 'src/store/ledger.ts',
    durationMs: 29,
  }),
  fakeEvent({
    id: 'e11',
    at: at(14, 44, 1, 224),
    name: 'Edit',
    detail: 'src/store/ledger.ts',
    outcome: 'failed',
    error: 'text to replace not found',
    durationMs: 44,
  }),
  fakeEvent({
    id: 'e12',
    at: at(14, 43, 57, 30),
    name: 'Grep',
    detail: 'drift_count',
    durationMs: 61,
  }),
  fakeEvent({
    id: 'e13',
    at: at(14, 43, 52, 118),
    kind: 'other',
    name: 'UserPromptSubmit',
    detail: 'Rename the ledger columns and migrate the fixtures',
  }),
  fakeEvent({
    id: 'e14',
    at: at(14, 43, 41, 350),
    name: 'Bash',
    detail: 'grep -rn "legacy-id" docs',
    project: 'docs-site',
    outcome: 'expected',
    durationMs: 22,
  }),
  fakeEvent({
    id: 'e15',
    at: at(14, 43, 38, 204),
    name: 'Read',
    detail: 'docs/redirects.csv',
    project: 'docs-site',
    durationMs: 31,
    source: 'spool',
  }),
  fakeEvent({
    id: 'e16',
    at: at(14, 43, 34, 690),
    name: 'WebFetch',
    detail: 'https://cdn.example.com/map.json',
    project: 'docs-site',
    outcome: 'timed_out',
    error: 'no answer in 30 s',
    durationMs: 30_000,
  }),
];

const GENERATED_BEFORE = at(14, 43, 30, 0);
const made = new Map<number, readonly EventRow[]>();

/** Events older than a moment, newest first, at most `limit`. */
export function fakeEventsBefore(beforeAt: number, limit: number): readonly EventRow[] {
  const rows: EventRow[] = latestEvents.filter((event) => event.at < beforeAt);
  for (let day = FAKE_DAYS - 1; day >= 0 && rows.length < limit; day -= 1) {
    if ((fakeDays[day]?.at ?? 0) >= beforeAt) continue;
    rows.push(...eventsOfDay(day).filter((event) => event.at < beforeAt));
  }
  return rows.slice(0, limit);
}

function eventsOfDay(index: number): readonly EventRow[] {
  const known = made.get(index);
  if (known !== undefined) return known;
  const day = fakeDays[index];
  const random = seeded(index + 1);
  const rows = (day?.calls ?? [])
    .flatMap((calls, hour) =>
      Array.from({ length: calls ?? 0 }, () => (day?.at ?? 0) + hour * HOUR + random() * HOUR),
    )
    .filter((time) => time < GENERATED_BEFORE)
    .sort((a, b) => b - a)
    .map((time, row) => randomEvent(`d${index}-${row}`, Math.floor(time), random));
  made.set(index, rows);
  return rows;
}

function randomEvent(id: string, time: number, random: () => number): EventRow {
  let pick = random() * 967;
  const tool = TOOLS.find(([, weight]) => {
    pick -= weight;
    return pick < 0;
  });
  const [name, , details] = tool ?? (['Bash', 0, ['true']] as const);
  const chance = random();
  const [, outcome, error] = ENDS.find(([limit]) => chance <= limit) ?? [1, 'unknown', null];
  // The last hours of 9 November were filled in from transcripts.
  const isFilledIn = time > FAKE_NOW - 15 * DAY - 4 * HOUR && time < FAKE_NOW - 15 * DAY;
  return fakeEvent({
    id,
    at: time,
    name,
    detail: details[Math.floor(random() * details.length)] ?? null,
    outcome,
    error,
    project: PROJECTS[Math.floor(random() ** 2 * PROJECTS.length)] ?? null,
    durationMs: outcome === 'timed_out' ? 30_000 : Math.round(12 * 10 ** (random() * 2.6)),
    source: isFilledIn ? 'transcript' : 'hook',
  });
}
