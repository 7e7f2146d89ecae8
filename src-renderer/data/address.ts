/**
 * Where the dashboard is: a page, what it shows of it, and the filter, all in the address behind its
 * `#`, so that Back works and a reload stays. What cannot be understood there counts as not said.
 */
import * as v from 'valibot';
import { DashboardPage } from '../../src-core/contract/ipc.ts';
import { Source } from '../../src-core/contract/views.ts';
import { type EventPick, TimeSpan, type ViewFilter } from '../../src-core/contract/work.ts';

/** A place in the dashboard. */
export interface Address {
  readonly page: DashboardPage;
  /** The session that the page of sessions shows; its list without one. */
  readonly session: string | null;
  /** The chosen row of a ranked page. */
  readonly chosen: string | null;
  /** What the list of events is about. */
  readonly pick: EventPick;
  readonly filter: ViewFilter;
}

/** The filter of somebody who chose nothing. */
export const NO_FILTER: ViewFilter = {
  days: 30,
  custom: null,
  project: null,
  model: null,
  source: null,
  search: '',
};

/** Where the dashboard begins. */
export const HOME: Address = {
  page: 'overview',
  session: null,
  chosen: null,
  pick: {},
  filter: NO_FILTER,
};

const DAYS = { today: 1, '7': 7, '30': 30, '90': 90, all: 0 } as const;
const PICKS = ['tool', 'errorClass', 'program', 'outcome'] as const;

/** Reads what stands behind the `#`. */
export function parseAddress(hash: string): Address {
  const [name = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const words = new URLSearchParams(query);
  const page = v.safeParse(DashboardPage, name);
  const source = v.safeParse(Source, words.get('source'));
  const custom = v.safeParse(TimeSpan, {
    fromAt: Number(words.get('from') ?? Number.NaN),
    toAt: Number(words.get('to') ?? Number.NaN),
  });
  const days = words.get('range') ?? '';
  const pick = Object.fromEntries(
    PICKS.flatMap((key) => (words.has(key) ? [[key, words.get(key)]] : [])),
  ) as EventPick;
  return {
    page: page.success ? page.output : HOME.page,
    session: words.get('session'),
    chosen: words.get('chosen'),
    pick,
    filter: {
      days: days in DAYS ? DAYS[days as keyof typeof DAYS] : NO_FILTER.days,
      custom: custom.success ? custom.output : null,
      project: words.get('project'),
      model: words.get('model'),
      source: source.success ? source.output : null,
      search: (words.get('q') ?? '').slice(0, 200),
    },
  };
}

/** Writes an address, with the `#`; what is as usual is left out. */
export function writeAddress({ page, session, chosen, pick, filter }: Address): string {
  const words = new URLSearchParams();
  const set = (key: string, value: string | number | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') words.set(key, String(value));
  };
  const range = Object.entries(DAYS).find(([, days]) => days === filter.days)?.[0];
  if (filter.days !== NO_FILTER.days) set('range', range);
  set('from', filter.custom?.fromAt);
  set('to', filter.custom?.toAt);
  set('project', filter.project);
  set('model', filter.model);
  set('source', filter.source);
  set('q', filter.search);
  set('session', session);
  set('chosen', chosen);
  for (const key of PICKS) set(key, pick[key]);
  const query = words.toString();
  return query === '' ? `#${page}` : `#${page}?${query}`;
}

/** True where the filter leaves something out besides its range. */
export function isNarrow({ project, model, source, search }: ViewFilter): boolean {
  return project !== null || model !== null || source !== null || search !== '';
}
