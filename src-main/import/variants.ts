/** Who left traces, in which form, and how far each form can be believed. */
/** A file or table of the old pipeline. */
export type Witness =
  | 'antigravity'
  | 'tool-usage'
  | 'claude-tools'
  | 'activity'
  | 'session-events'
  | 'command-usage'
  | 'tool-success'
  | 'claude-activity';

/**
 * Whose time a trace carries. `hook`: after the tool had ended, in one process and so to the same
 * second in all its files. `transcript`: when the model asked for the tool, seconds or minutes
 * before. `copied`: taken from a line of either kind.
 */
export type ClockOfTrace = 'hook' | 'transcript' | 'copied';

/**
 * How far the number of equal traces can be believed. `each`: one trace, one event. `day`,
 * `session`: programs repeated them, as often as most of that day's or session's traces are
 * repeated. `once`: never more than one event.
 */
export type Repeats = 'each' | 'day' | 'session' | 'once';

/** How the traces of one variant are to be understood. */
export interface Variant {
  readonly witness: Witness;
  readonly clock: ClockOfTrace;
  readonly repeats: Repeats;
  /** Who writes it, for people. */
  readonly writer: string;
}

/**
 * All variants, best first: of several traces of one event the first one founds it, the others add
 * what it left open.
 */
export const VARIANTS = {
  row: {
    witness: 'antigravity',
    clock: 'hook',
    repeats: 'each',
    writer: 'hook, with details',
  },
  'bare-row': {
    witness: 'antigravity',
    clock: 'hook',
    repeats: 'each',
    writer: 'hook, without details',
  },
  hook: { witness: 'tool-usage', clock: 'hook', repeats: 'each', writer: 'hook' },
  'early-hook': {
    witness: 'tool-usage',
    clock: 'hook',
    repeats: 'each',
    writer: 'first dual-writing hook',
  },
  echo: { witness: 'tool-usage', clock: 'hook', repeats: 'each', writer: 'echo in settings.json' },
  'other-call': {
    witness: 'tool-usage',
    clock: 'hook',
    repeats: 'each',
    writer: 'somebody unknown',
  },
  'post-tool': { witness: 'tool-usage', clock: 'hook', repeats: 'each', writer: 'post-tool.sh' },
  'post-tool-enhanced': {
    witness: 'tool-usage',
    clock: 'hook',
    repeats: 'each',
    writer: 'post-tool-enhanced.sh',
  },
  'hook-session': { witness: 'session-events', clock: 'hook', repeats: 'each', writer: 'hook' },
  'echo-session': {
    witness: 'session-events',
    clock: 'hook',
    repeats: 'each',
    writer: 'echo in settings.json',
  },
  'tracker-query': {
    witness: 'activity',
    clock: 'hook',
    repeats: 'each',
    writer: 'activity tracker, a prompt',
  },
  'dashboard-row': { witness: 'claude-tools', clock: 'hook', repeats: 'each', writer: 'hook' },
  'post-tool-row': {
    witness: 'claude-tools',
    clock: 'hook',
    repeats: 'each',
    writer: 'post-tool-enhanced.sh',
  },
  bridge: { witness: 'tool-usage', clock: 'hook', repeats: 'day', writer: 'bridge' },
  'bridge-session': { witness: 'session-events', clock: 'hook', repeats: 'day', writer: 'bridge' },
  activity: { witness: 'activity', clock: 'hook', repeats: 'day', writer: 'hook or bridge' },
  'activity-session': { witness: 'activity', clock: 'hook', repeats: 'day', writer: 'hook' },
  command: { witness: 'command-usage', clock: 'hook', repeats: 'day', writer: 'hook or bridge' },
  success: { witness: 'tool-success', clock: 'hook', repeats: 'day', writer: 'hook or bridge' },
  'bulk-backfill': {
    witness: 'tool-usage',
    clock: 'transcript',
    repeats: 'each',
    writer: 'bulk backfill',
  },
  backfill: {
    witness: 'tool-usage',
    clock: 'transcript',
    repeats: 'session',
    writer: 'weekly backfill',
  },
  'bulk-session': {
    witness: 'session-events',
    clock: 'transcript',
    repeats: 'once',
    writer: 'bulk backfill',
  },
  'backfill-session': {
    witness: 'session-events',
    clock: 'transcript',
    repeats: 'once',
    writer: 'weekly backfill',
  },
  'fast-bridge': {
    witness: 'tool-usage',
    clock: 'transcript',
    repeats: 'day',
    writer: 'fast bridge',
  },
  'fast-activity': {
    witness: 'activity',
    clock: 'transcript',
    repeats: 'day',
    writer: 'fast bridge',
  },
  'fast-command': {
    witness: 'command-usage',
    clock: 'transcript',
    repeats: 'day',
    writer: 'fast bridge',
  },
  'tracker-call': {
    witness: 'activity',
    clock: 'transcript',
    repeats: 'day',
    writer: 'activity tracker, a call',
  },
  'transcript-query': {
    witness: 'activity',
    clock: 'transcript',
    repeats: 'once',
    writer: 'activity sync, a prompt',
  },
  'migrated-row': {
    witness: 'claude-tools',
    clock: 'copied',
    repeats: 'day',
    writer: 'migration from JSONL',
  },
  'activity-row': {
    witness: 'claude-activity',
    clock: 'copied',
    repeats: 'day',
    writer: 'migration from JSONL',
  },
} as const satisfies Record<string, Variant>;
/** Name of a variant. */
export type VariantName = keyof typeof VARIANTS;

/** The variants' names in their order; a variant's place in it is its number. */
export const VARIANT_NAMES = Object.keys(VARIANTS) as readonly VariantName[];

/** Variants that one and the same program writes, each event once, in one of these forms. */
const SAME_WRITER: Readonly<Partial<Record<VariantName, VariantName>>> = {
  'bare-row': 'row',
  'early-hook': 'hook',
  echo: 'hook',
  'other-call': 'hook',
  'post-tool': 'post-tool-enhanced',
  'echo-session': 'hook-session',
};

/** A variant by its number, with the number of the program that writes it. */
export interface NumberedVariant extends Variant {
  readonly name: VariantName;
  readonly teller: number;
}

const NUMBERED: readonly NumberedVariant[] = VARIANT_NAMES.map((name) => ({
  ...VARIANTS[name],
  name,
  teller: VARIANT_NAMES.indexOf(SAME_WRITER[name] ?? name),
}));

/** The variant of that number. */
export function variantByNumber(number: number): NumberedVariant {
  const variant = NUMBERED[number];
  if (variant === undefined) throw new RangeError(`there is no variant ${number}`);
  return variant;
}
