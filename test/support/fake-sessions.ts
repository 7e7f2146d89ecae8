/** Sessions of the fake history: a list of them, and one of 83 minutes on its time axis. */
import type {
  SessionRow,
  SessionsView,
  SessionView,
  WorkKind,
} from '../../src-core/contract/work.ts';
import { latestEvents } from './fake-events.ts';
import { fakeGlance } from './fake-glance.ts';
import { DAY, FAKE_ZONE, HOUR, MINUTE, seeded } from './fake-history.ts';

const PROJECTS = ['hookline', 'docs-site', 'atlas-api'];
const LENGTH = 83 * MINUTE;
const TURNS: readonly (readonly [number, number])[] = [
  [0.4, 9.6],
  [11.8, 19.2],
  [20.6, 34.1],
  [38.7, 47.3],
  [47.9, 52.6],
  [55.2, 68.8],
  [69.9, 79.2],
  [81.9, 83],
];
const WORK: readonly (readonly [WorkKind, number, number, number])[] = [
  ['read', 0.46, 0.03, 0.12],
  ['edit', 0.7, 0.04, 0.1],
  ['run', 0.94, 0.1, 1.7],
  ['web', 1, 0.1, 0.5],
];

/** The one session that is drawn. */
export const FAKE_SESSION = '7f3a2c91-0d4b-4c57-9d0a-3f60b1c2d4e8';

function rowAt(index: number, now: number): SessionRow {
  if (index === 0) {
    return {
      sessionId: FAKE_SESSION,
      project: 'hookline',
      model: 'claude-sonnet-4-5',
      fromAt: now - LENGTH,
      toAt: now - 4000,
      end: null,
      prompts: 8,
      calls: 214,
      errors: 9,
      agents: 3,
      activeMs: 71 * MINUTE,
    };
  }
  const random = seeded(index + 400);
  const toAt = now - index * 2.3 * HOUR - Math.floor(index / 5) * 12 * HOUR;
  const length = (8 + random() * 140) * MINUTE;
  const calls = Math.round(20 + random() * 260);
  return {
    sessionId: `${(0x51a09c2 + index * 7919).toString(16)}-5b7d-4e57-9d0a-3f60b1c2d4e8`,
    project: index === 7 ? null : (PROJECTS[index % 3] ?? null),
    model: index % 4 === 3 ? null : index % 3 === 0 ? 'claude-opus-4-1' : 'claude-sonnet-4-5',
    fromAt: toAt - length,
    toAt,
    end: index % 5 === 2 ? 'inferred' : index < 2 ? null : 'told',
    prompts: Math.round(1 + random() * 14),
    calls,
    errors: Math.round(calls * 0.05 * random()),
    agents: index % 3 === 1 ? Math.round(random() * 4) : 0,
    activeMs: length * (0.4 + random() * 0.5),
  };
}

/** Sessions of a month, newest first. */
export function fakeSessions(now: number, limit: number): SessionsView {
  const total = 176;
  return {
    now,
    timeZone: FAKE_ZONE,
    health: fakeGlance(now).health,
    range: { fromAt: now - 29 * DAY - 885 * MINUTE, toAt: now + 1 },
    sessions: Array.from({ length: Math.min(limit, 60) }, (_, index) => rowAt(index, now)),
    total,
  };
}

/** One session; another id than the one that is drawn is not in the record. */
export function fakeSession(sessionId: string, now: number): SessionView {
  const base = { now, timeZone: FAKE_ZONE, health: fakeGlance(now).health };
  if (sessionId !== FAKE_SESSION) return { ...base, session: null };
  const beginsAt = now - LENGTH;
  const at = (minutes: number): number => Math.round(beginsAt + minutes * MINUTE);
  const span = ([from, to]: readonly [number, number]) => ({ fromAt: at(from), toAt: at(to) });
  const bars = makeBars();
  const turnCalls = bars.map(({ turn }) => turn);
  return {
    ...base,
    session: {
      ...rowAt(0, now),
      folder: '/home/dev/hookline',
      waitedMs: 234_000,
      recovered: 8,
      segments: [{ fromAt: beginsAt, toAt: now, kind: 'hook' }],
      turns: TURNS.map((turn, index) => ({
        ...span(turn),
        prompt: index === 7 ? 'Rename the ledger columns and migrate the fixtures' : null,
        hasPrompt: true,
        calls: turnCalls.filter((each) => each === index).length,
        errors: index % 3,
      })),
      lanes: WORK.map(([kind]) => ({
        kind,
        bars: bars
          .filter((bar) => bar.kind === kind)
          .map(({ from, to }) => ({ ...span([from, to]), calls: 1, errors: 0 })),
      })),
      agents: [
        { name: 'reviewer', ...span([24.2, 31.8]), isOpen: false },
        { name: 'fixtures', ...span([57.1, 63.9]), isOpen: false },
        { name: 'migrate', ...span([57.4, 66.7]), isOpen: false },
      ],
      waits: [span([34.1, 35.9]), span([47.3, 47.9]), span([66.9, 68.4])],
      marks: [
        mark(at(7.1), at(7.9)),
        mark(at(14.6), at(15)),
        mark(at(22.9), at(24.6)),
        { at: at(29.3), outcome: 'timed_out', fate: { ending: 'recovered', endedAt: at(33.2) } },
        { at: at(35.9), outcome: 'denied', fate: null },
        mark(at(42.4), at(43.1)),
        mark(at(45), at(46.8)),
        mark(at(58.8), at(59.9)),
        { at: at(73.6), outcome: 'failed', fate: { ending: 'abandoned', endedAt: at(80) } },
        { at: at(82.65), outcome: 'failed', fate: { ending: 'open', endedAt: null } },
      ],
      compactions: [at(53.9)],
      slowest: latestEvents
        .filter(({ durationMs }) => durationMs !== null)
        .toSorted((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0))
        .slice(0, 4),
      toolsMs: 25 * MINUTE,
    },
  };
}

function mark(at: number, endedAt: number) {
  return { at, outcome: 'failed' as const, fate: { ending: 'recovered' as const, endedAt } };
}

function makeBars(): { kind: WorkKind; from: number; to: number; turn: number }[] {
  const random = seeded(11);
  return TURNS.flatMap(([from, to], turn) => {
    const bars: { kind: WorkKind; from: number; to: number; turn: number }[] = [];
    let x = from + 0.25;
    while (x < to - 0.15) {
      const chance = random();
      const [kind, , least, more] = WORK.find(([, limit]) => chance <= limit) ?? ['read', 1, 0, 0];
      const length = least + random() * random() * more;
      bars.push({ kind, from: x, to: Math.min(to, x + length), turn });
      x += length + 0.12 + random() * 0.55;
    }
    return bars;
  });
}
