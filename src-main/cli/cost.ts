/** `hookline cost`: tokens, and what they would have cost at list price. */
import type { UsageView } from '../../src-core/contract/usage.ts';
import type { UsageFigures } from '../../src-core/contract/usage-figures.ts';
import type { RangeDays } from '../../src-core/contract/views.ts';
import { everything } from '../views/filter.ts';
import { researchView, usageView } from '../views/usage.ts';
import type { CliContext, Options } from './context.ts';

/** Stretches by what a person types. */
const STRETCHES: Readonly<Record<string, RangeDays>> = { 1: 1, 7: 7, 30: 30, 90: 90, all: 0 };
const USUAL = '30';

/** Prints the cost of the last days; 2 for a stretch that there is none of. */
export async function cost(
  { engine, terminal }: CliContext,
  options: Options,
  [stretch = USUAL]: readonly string[],
): Promise<number> {
  const days = STRETCHES[stretch];
  if (days === undefined) {
    terminal.warn(`hookline cost: "${stretch}" is none of ${Object.keys(STRETCHES).join(', ')}`);
    return 2;
  }
  const view = engine.view((input) => usageView(input, { ...everything, days }));
  terminal.print(options.has('json') ? JSON.stringify(view) : describeUsage(view));
  return 0;
}

/** Prints the research log and the record of routing. */
export async function research(
  { engine, terminal }: CliContext,
  options: Options,
): Promise<number> {
  const view = engine.view((input) => researchView(input, everything));
  if (options.has('json')) {
    terminal.print(JSON.stringify(view));
    return 0;
  }
  const day = dayFormat(view.timeZone);
  const lines = view.links.map(
    ({ kind, url, firstAt, lastAt }) =>
      `${day.formatRange(firstAt, lastAt).padEnd(28)}  ${kind.padEnd(10)}  ${url}`,
  );
  terminal.print(
    lines.length === 0
      ? 'No search or fetch has brought up a paper or a repository.'
      : lines.join('\n'),
  );
  return 0;
}

/** Lists longer than this are for the page and for --json. */
const ROWS = 12;

/** The cost as text for a terminal. */
export function describeUsage(view: UsageView): string {
  if (view.sinceAt === null)
    return 'No usage is known. "hookline backfill" takes it over from the transcripts.';
  const { total, timeZone, span, client } = view;
  const day = dayFormat(timeZone);
  const parts = [
    `${day.formatRange(span.fromAt, span.toAt - 1)}: ${costText(total)} at list price (of ${view.pricesAsOf})`,
    `${count(total.answers)} answers; tokens: ${tokenText(total)}`,
    unpricedText(view),
    table(
      'By model',
      view.models.map(({ model, usage }) => [model, usage]),
    ),
    table(
      'By project',
      view.projects.map(({ name, usage }) => [name ?? 'unknown', usage]),
    ),
    table(
      'By agent',
      view.agents.map(({ agent, usage }) => [agent ?? 'the session itself', usage]),
    ),
    table(
      view.activity.unit === 'day' ? 'By day' : 'By hour',
      view.activity.points
        .filter(({ usage }) => usage.answers > 0)
        .slice(-ROWS)
        .map(({ at, usage }) => [
          view.activity.unit === 'day' ? day.format(at) : timeFormat(timeZone).format(at),
          usage,
        ]),
    ),
    client === null ? '' : clientText(client),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function unpricedText({ models, total }: UsageView): string {
  const unpriced = models.filter(({ usage }) => usage.unpriced.answers > 0);
  if (unpriced.length === 0) return '';
  const names = unpriced.map(({ model }) => model).join(', ');
  return `Not in the cost: ${count(total.unpriced.tokens)} tokens without a price (${names})`;
}

function clientText(client: NonNullable<UsageView['client']>): string {
  const { sessions, ourUsd, clientUsd, differing } = client;
  const sum = `${count(sessions)} ${sessions === 1 ? 'session has' : 'sessions have'} an account of the client: ${dollars(clientUsd)}; ours of the same: ${dollars(ourUsd)}`;
  if (differing.length === 0) return `${sum}. They are equal.`;
  const lines = differing
    .slice(0, ROWS)
    .map(
      ({ sessionId, ourUsd: our, clientUsd: its, tokensBeyondOurs: more }) =>
        `  ${sessionId}  client ${dollars(its)}, ours ${dollars(our)}, by ${count(Math.abs(more))} tokens ${more < 0 ? 'fewer' : 'more'}`,
    );
  return [`${sum}. They differ in:`, ...lines].join('\n');
}

function table(title: string, rows: readonly (readonly [string, UsageFigures])[]): string {
  if (rows.length === 0) return '';
  const shown = rows.slice(0, ROWS);
  const width = Math.max(...shown.map(([name]) => name.length));
  const lines = shown.map(
    ([name, usage]) =>
      `  ${name.padEnd(width)}  ${costText(usage).padStart(12)}  ${tokenText(usage)}`,
  );
  const rest = rows.length > ROWS ? [`  and ${rows.length - ROWS} more`] : [];
  return [title, ...lines, ...rest].join('\n');
}

function costText({ usd, unpriced }: UsageFigures): string {
  if (usd === null) return 'no price';
  return `${unpriced.answers > 0 ? '≥ ' : ''}${dollars(usd)}`;
}

function tokenText({ tokens }: UsageFigures): string {
  const writes = tokens.cacheWrite5m + tokens.cacheWrite1h;
  return `${count(tokens.input)} in, ${count(tokens.output)} out, ${count(tokens.cacheRead)} cache read, ${count(writes)} cache written`;
}

/** A cost below a cent is shown to the hundredth of one. */
function dollars(usd: number): string {
  const digits = usd !== 0 && Math.abs(usd) < 1 ? 4 : 2;
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}

function timeFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
}
