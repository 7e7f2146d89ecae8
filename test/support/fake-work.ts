/** The pages about the work, made up on the fake history: the live stream and ranked tools, errors and commands. */
import type {
  EventScope,
  LiveView,
  RankDetail,
  RankedBy,
  RankRow,
  RanksView,
  ViewFilter,
} from '../../src-core/contract/work.ts';
import { fakeEventsBefore, latestEvents } from './fake-events.ts';
import { fakeGlance } from './fake-glance.ts';
import { DAY, FAKE_ZONE, MINUTE, seeded, shares } from './fake-history.ts';

/** The newest events and three calls in flight, one of which waits. */
export function fakeLive(now: number, limit: number, filter: ViewFilter): LiveView {
  const random = seeded(5);
  const ticks = Array.from({ length: 120 }, (_, i) =>
    i > 30 && i < 41 ? 0 : Math.round((1 + Math.sin(i / 9)) * 5 * random() + random() * 2),
  );
  const waiting = fakeGlance(now).liveSessions.filter(({ state }) => state === 'waiting');
  return {
    now,
    timeZone: FAKE_ZONE,
    health: fakeGlance(now).health,
    pulse: {
      fromAt: now - 10 * MINUTE,
      toAt: now,
      segments: [{ fromAt: now - 10 * MINUTE, toAt: now, kind: 'hook' }],
      ticks,
      lastMinute: 126,
      sessions: 3,
    },
    events: fakeScoped({ filter, pick: {} }, now + 1, limit),
    inFlight: [
      ...waiting.map(({ sessionId, project, what, detail, sinceAt }) => ({
        key: `waiting ${sessionId}`,
        state: 'waiting' as const,
        at: sinceAt,
        what,
        detail,
        project,
        sessionId,
      })),
      {
        key: 'running 1',
        state: 'running',
        at: now - 12_000,
        what: 'Edit',
        detail: 'src/store/ledger.ts',
        project: 'hookline',
        sessionId: 'a41e09c2-5b7d-4e57-9d0a-3f60b1c2d4e8',
      },
    ],
  };
}

/** Events of the fake history that a scope lets through, newest first. */
export function fakeScoped(scope: EventScope | null, beforeAt: number, limit: number) {
  if (scope === null) return [...fakeEventsBefore(beforeAt, limit)];
  const { filter, pick } = scope;
  const { fromAt = 0, toAt = Number.POSITIVE_INFINITY } = pick.span ?? {};
  const text = filter.search.toLowerCase();
  return fakeEventsBefore(beforeAt, 4000)
    .filter(
      (event) =>
        (filter.project === null || event.project === filter.project.split('/').at(-1)) &&
        (filter.source === null || event.source === filter.source) &&
        `${event.name} ${event.detail} ${event.error}`.toLowerCase().includes(text) &&
        event.at >= fromAt &&
        event.at < toAt &&
        (pick.sessionId === undefined || event.project === 'hookline') &&
        (pick.tool === undefined || event.name === pick.tool) &&
        (pick.outcome === undefined || event.outcome === pick.outcome) &&
        (pick.errorClass === undefined || event.outcome === 'failed') &&
        (pick.program === undefined || event.detail?.startsWith(pick.program) === true),
    )
    .slice(0, limit);
}

interface FakeRank {
  readonly name: string;
  readonly calls: number;
  readonly errors: number;
  /** Of a class. */
  readonly recovered?: number;
  readonly medianMs: number;
}

const RANKS: Readonly<Record<RankedBy, readonly FakeRank[]>> = {
  tool: [
    { name: 'Bash', calls: 13_240, errors: 903, medianMs: 412 },
    { name: 'Read', calls: 11_203, errors: 121, medianMs: 31 },
    { name: 'Edit', calls: 6705, errors: 262, medianMs: 49 },
    { name: 'Grep', calls: 3862, errors: 12, medianMs: 58 },
    { name: 'Write', calls: 1783, errors: 41, medianMs: 52 },
    { name: 'Glob', calls: 1527, errors: 3, medianMs: 47 },
    { name: 'TodoWrite', calls: 1315, errors: 0, medianMs: 8 },
    { name: 'Agent', calls: 806, errors: 19, medianMs: 142_000 },
    { name: 'WebFetch', calls: 594, errors: 58, medianMs: 812 },
    { name: 'mcp__github__search_issues', calls: 127, errors: 6, medianMs: 640 },
  ],
  error: [
    { name: 'exit_code', calls: 507, errors: 507, recovered: 0.86, medianMs: 96_000 },
    { name: 'string_not_found', calls: 262, errors: 262, recovered: 0.97, medianMs: 21_000 },
    { name: 'type_check', calls: 177, errors: 177, recovered: 0.93, medianMs: 74_000 },
    { name: 'file_not_read', calls: 144, errors: 144, recovered: 0.99, medianMs: 8000 },
    { name: 'file_modified', calls: 116, errors: 116, recovered: 0.98, medianMs: 14_000 },
    { name: 'timeout', calls: 108, errors: 108, recovered: 0.58, medianMs: 340_000 },
    { name: 'file_not_found', calls: 80, errors: 80, recovered: 0.95, medianMs: 17_000 },
    { name: 'http_error', calls: 58, errors: 58, recovered: 0.49, medianMs: 205_000 },
    { name: 'port_in_use', calls: 23, errors: 23, recovered: 0.71, medianMs: 128_000 },
    { name: 'other', calls: 19, errors: 19, recovered: 0.77, medianMs: 60_000 },
  ],
  program: [
    { name: 'npm', calls: 4120, errors: 402, medianMs: 4800 },
    { name: 'git', calls: 3360, errors: 88, medianMs: 41 },
    { name: 'node', calls: 1475, errors: 102, medianMs: 620 },
    { name: 'grep', calls: 1207, errors: 4, medianMs: 22 },
    { name: 'docker', calls: 612, errors: 141, medianMs: 9200 },
    { name: 'ls', calls: 540, errors: 6, medianMs: 9 },
    { name: 'tsc', calls: 411, errors: 120, medianMs: 6400 },
    { name: 'curl', calls: 202, errors: 31, medianMs: 310 },
  ],
};

const LISTS: Readonly<Record<RankedBy, RankDetail['lists']>> = {
  tool: [
    list('outcomes', [
      ['succeeded', 11_841, 1],
      ['failed', 795, 0],
      ['expected', 310, 1],
      ['interrupted', 122, null],
      ['timed_out', 108, 0],
      ['denied', 64, null],
    ]),
    list('classes', [
      ['exit_code', 507, null],
      ['type_check', 177, null],
      ['timeout', 108, null],
    ]),
    list('projects', [
      ['hookline', 6902, 0.94],
      ['docs-site', 4011, 0.93],
      ['atlas-api', 2327, 0.89],
    ]),
  ],
  error: [
    list(
      'commands',
      [
        ['npm test', 171, 0.94],
        ['npm run build', 92, 0.91],
        ['tsc', 74, 0.97],
        ['docker compose up', 41, 0.46],
        ['git push', 33, 0.82],
      ],
      { names: 24, count: 96 },
    ),
    list('next', [
      ['recovered', 411, 1],
      ['abandoned', 67, 0],
      ['open', 1, null],
    ]),
    list('projects', [
      ['hookline', 302, 0.93],
      ['atlas-api', 121, 0.71],
      ['docs-site', 84, 0.88],
    ]),
  ],
  program: [
    list('subcommands', [
      ['test', 2231, 0.89],
      ['run build', 902, 0.9],
      ['run lint', 611, 0.97],
      ['install', 214, 0.96],
    ]),
    list('classes', [
      ['test_failure', 240, null],
      ['build', 92, null],
      ['exit_code', 70, null],
    ]),
    list('projects', [
      ['hookline', 2610, 0.92],
      ['docs-site', 1120, 0.88],
    ]),
  ],
};

function list(
  about: RankDetail['lists'][number]['about'],
  rows: readonly (readonly [string, number, number | null])[],
  others = { names: 0, count: 0 },
): RankDetail['lists'][number] {
  return { about, rows: rows.map(([name, count, rate]) => ({ name, count, rate })), others };
}

const FIGURES: Readonly<Record<RankedBy, RanksView['figures']>> = {
  tool: [
    { name: 'calls', value: 41_162, previous: 37_840 },
    { name: 'success', value: 0.964, previous: 0.956 },
    { name: 'errors', value: 1425, previous: 1657 },
    { name: 'medianMs', value: 61, previous: null },
    { name: 'names', value: 10, previous: null },
  ],
  error: [
    { name: 'errors', value: 1494, previous: 1657 },
    { name: 'errorRate', value: 0.036, previous: 0.044 },
    { name: 'recovered', value: 0.877, previous: 0.854 },
    { name: 'timeToRecover', value: 48_000, previous: 61_000 },
    { name: 'abandoned', value: 183, previous: 231 },
  ],
  program: [
    { name: 'calls', value: 11_927, previous: 12_004 },
    { name: 'success', value: 0.925, previous: 0.931 },
    { name: 'errors', value: 894, previous: 828 },
    { name: 'medianMs', value: 412, previous: null },
    { name: 'names', value: 8, previous: null },
  ],
};

/** A ranked view with a detail behind each row. */
export function fakeRanks(by: RankedBy, chosen: string | null, now: number): RanksView {
  const rows = RANKS[by].map((rank, index) => rankRow(rank, index, by));
  const name = rows.find((row) => row.name === chosen)?.name ?? rows[0]?.name ?? '';
  const total = rows.find((row) => row.name === name)?.errors ?? 0;
  const failed = latestEvents.filter(({ outcome }) => outcome === 'failed');
  const older = fakeEventsBefore(now - MINUTE, 2000).filter(({ outcome }) => outcome === 'failed');
  const latest = [...failed, ...older].slice(0, 7);
  return {
    now,
    timeZone: FAKE_ZONE,
    health: fakeGlance(now).health,
    by,
    range: { fromAt: now - 29 * DAY - 885 * MINUTE, toAt: now + 1 },
    figures: FIGURES[by],
    rows,
    others: { names: 0, calls: 0, errors: 0 },
    detail: {
      name,
      lists: LISTS[by],
      latest: latest.map((event, index) => ({
        event,
        fate:
          by !== 'error'
            ? null
            : index === 1
              ? { ending: 'open', endedAt: null }
              : index === 6
                ? { ending: 'abandoned', endedAt: event.at + 40 * MINUTE }
                : { ending: 'recovered', endedAt: event.at + (index + 1) * 22_000 },
      })),
      total,
    },
    bySource: { hook: 40_112, spool: 0, journal: 0, transcript: 1050, old: 0 },
  };
}

function rankRow(rank: FakeRank, index: number, by: RankedBy): RankRow {
  const random = seeded(index + 31);
  const series = shares(
    rank.calls,
    Array.from({ length: 30 }, (_, day) => (day % 7 > 4 ? 0.2 : 1) * (0.4 + random())),
  );
  return {
    name: rank.name,
    calls: rank.calls,
    errors: rank.errors,
    success: by === 'error' ? null : 1 - rank.errors / rank.calls,
    recovered: rank.recovered ?? null,
    medianMs: rank.medianMs,
    p95Ms: rank.medianMs * 6,
    series,
  };
}
