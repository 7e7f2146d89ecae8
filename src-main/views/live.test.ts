import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FilterChoices, LiveView, type ViewFilter } from '../../src-core/contract/work.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, otherEvent, toolCall } from '../../test/support/make-event.ts';
import { PLAIN_HEALTH } from '../../test/support/plain-health.ts';
import { createZone } from '../stats/zone.ts';
import { everything, filterChoices } from './filter.ts';
import { liveView } from './live.ts';

const home = homePerTest();
const live = (filter: Partial<ViewFilter> = {}): LiveView =>
  v.parse(
    LiveView,
    home().withStore((db) => {
      const about = { zone: createZone('UTC'), now: NOON, health: PLAIN_HEALTH };
      const around = { clients: new Set<string>(), breaks: [] };
      return liveView({ db, ...about, ...around }, { ...everything, ...filter }, 3);
    }),
  );
const running = (toolUseId: string, sessionId: string, at: number): void =>
  home().withStore((db) =>
    createEventWriter(db).setRunning({
      toolUseId,
      sessionId,
      tool: 'Read',
      detail: '/work/a/src/x.ts',
      at,
    }),
  );

describe('the live view', () => {
  it('has the newest events and the last ten minutes, step by step', () => {
    home().addToStore(
      ...[0, 1, 2, 3].map((i) => toolCall({ id: `toolu_${i}`, at: NOON - i * 1000 })),
      toolCall({ id: 'toolu_old', at: NOON - 11 * 60_000 }),
    );
    const { events, pulse } = live();
    expect(events.map(({ id }) => id)).toEqual(['toolu_0', 'toolu_1', 'toolu_2']);
    expect(pulse.ticks).toHaveLength(120);
    expect(pulse.ticks.slice(-2)).toEqual([3, 1]);
    expect([pulse.lastMinute, pulse.sessions]).toEqual([4, 1]);
  });

  it('shows what is in flight: who waits for the user first, and no call of a session that is over', () => {
    home().addToStore(
      toolCall({ sessionId: 'a', project: '/work/a', at: NOON - 9000 }),
      toolCall({ sessionId: 'b', project: '/work/b', at: NOON - 8000 }),
      otherEvent('PermissionRequest', {
        sessionId: 'b',
        project: '/work/b',
        at: NOON - 7000,
        facts: { tool_name: 'Bash' },
      }),
    );
    running('toolu_run', 'a', NOON - 3000);
    running('toolu_gone', 'nobody', NOON - 2000);
    const shown = live().inFlight.map(({ state, what, detail, project }) => [
      state,
      what,
      detail,
      project,
    ]);
    expect(shown).toEqual([
      ['waiting', 'Bash', null, 'b'],
      ['running', 'Read', 'src/x.ts', 'a'],
    ]);
  });

  it('counts in its pulse what the filter lets through', () => {
    home().addToStore(
      toolCall({ at: NOON - 1, tool: 'Read', command: null }),
      toolCall({ at: NOON - 2 }),
    );
    const { events, pulse } = live({ search: 'read' });
    expect([events.length, pulse.lastMinute]).toEqual([1, 1]);
  });
});

describe('the choices of the filter', () => {
  it('are the projects and models of the stretch, most used first', () => {
    home().addToStore(
      toolCall({ at: NOON - 1, project: '/work/b', model: 'opus' }),
      toolCall({ at: NOON - 2, project: '/work/a' }),
      toolCall({ at: NOON - 3, project: '/work/a' }),
      toolCall({ at: NOON - 99, project: '/work/old' }),
    );
    const choices = v.parse(
      FilterChoices,
      home().withStore((db) => filterChoices(db, { fromAt: NOON - 50, toAt: NOON })),
    );
    expect(choices.projects.map(({ name, calls }) => [name, calls])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(choices.models).toEqual(['opus']);
  });
});
