/**
 * Everything that crosses between the main process and a page, as one value.
 *
 * Main must supply a handler for every call, the preload refuses names that are not here, and the
 * argument of a call is checked against its schema before a handler sees it. Failures cross as
 * values because Electron flattens thrown errors.
 */
import * as v from 'valibot';
import {
  RepairDiagnosis,
  RepairEntry,
  RepairPart,
  RepairPlan,
  RepairProgress,
  RepairReport,
  RepairUndo,
} from './repair.ts';
import { SettingsChange, SettingsView, settingNames } from './settings.ts';
import { ResearchView, UsageView } from './usage.ts';
import {
  EventRow,
  GlanceView,
  HealthView,
  InstallPlanView,
  OverviewView,
  RangeDays,
  RefreshReport,
} from './views.ts';
import {
  EventScope,
  FilterChoices,
  LiveView,
  RankedBy,
  RanksView,
  SessionsView,
  SessionView,
  ViewFilter,
} from './work.ts';

interface Call<
  A extends v.GenericSchema = v.GenericSchema,
  R extends v.GenericSchema = v.GenericSchema,
> {
  readonly kind: 'call';
  readonly argument: A;
  readonly result: R;
}
interface Push<P extends v.GenericSchema = v.GenericSchema> {
  readonly kind: 'push';
  readonly payload: P;
}

const call = <A extends v.GenericSchema, R extends v.GenericSchema>(
  argument: A,
  result: R,
): Call<A, R> => ({
  kind: 'call',
  argument,
  result,
});
const push = <P extends v.GenericSchema>(payload: P): Push<P> => ({ kind: 'push', payload });

const nothing = v.strictObject({});

/** The pages of the dashboard window. */
export const DashboardPage = v.picklist([
  'live',
  'overview',
  'tools',
  'errors',
  'commands',
  'sessions',
  'events',
  'health',
  'install',
]);
export type DashboardPage = v.InferOutput<typeof DashboardPage>;

const sessionId = v.pipe(v.string(), v.maxLength(200));
/** A page, and on the page of sessions the one to show. */
const DashboardTarget = v.strictObject({ page: DashboardPage, session: v.nullable(sessionId) });
export type DashboardTarget = v.InferOutput<typeof DashboardTarget>;
const listed = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500));

export const contract = {
  'glance.read': call(nothing, GlanceView),
  /** The glance tells its content's height in CSS pixels so that its window fits. */
  'glance.fit': call(
    v.strictObject({ height: v.pipe(v.number(), v.minValue(80), v.maxValue(2000)) }),
    v.null(),
  ),
  'glance.close': call(nothing, v.null()),
  'overview.read': call(v.strictObject({ days: RangeDays }), OverviewView),
  /** Events, newest first, older than `beforeAt` when it is given; all of them without a scope. */
  'events.read': call(
    v.strictObject({
      limit: listed,
      beforeAt: v.nullable(v.number()),
      scope: v.nullable(EventScope),
    }),
    v.object({ now: v.number(), events: v.array(EventRow) }),
  ),
  'live.read': call(v.strictObject({ filter: ViewFilter, limit: listed }), LiveView),
  'filter.choices': call(v.strictObject({ filter: ViewFilter }), FilterChoices),
  /** Without a name the detail is that of the first row. */
  'ranks.read': call(
    v.strictObject({
      by: RankedBy,
      filter: ViewFilter,
      chosen: v.nullable(v.pipe(v.string(), v.maxLength(1000))),
    }),
    RanksView,
  ),
  'sessions.read': call(v.strictObject({ filter: ViewFilter, limit: listed }), SessionsView),
  'session.read': call(v.strictObject({ sessionId }), SessionView),
  'usage.read': call(v.strictObject({ filter: ViewFilter }), UsageView),
  'research.read': call(v.strictObject({ filter: ViewFilter }), ResearchView),
  'health.read': call(nothing, HealthView),
  'refresh.run': call(nothing, RefreshReport),
  /** Looks at the record without changing anything, and says what a repair would do. */
  'repair.diagnose': call(
    v.strictObject({ isFull: v.boolean() }),
    v.object({ diagnosis: RepairDiagnosis, plan: RepairPlan }),
  ),
  /** Repairs what is found then; the report is null where there was nothing to do. */
  'repair.apply': call(
    v.strictObject({ only: v.nullable(v.array(RepairPart)) }),
    v.object({ report: v.nullable(RepairReport), refusal: v.nullable(v.string()) }),
  ),
  /** How far the present repair is; null while there is none. */
  'repair.progress': call(nothing, v.object({ progress: v.nullable(RepairProgress) })),
  /** Ends the present repair between two steps. */
  'repair.cancel': call(nothing, v.null()),
  'repair.list': call(nothing, v.object({ repairs: v.array(RepairEntry) })),
  /** Takes a repair back, and those after it; without an id the last one. */
  'repair.undo': call(
    v.strictObject({ id: v.nullable(v.pipe(v.string(), v.maxLength(40))) }),
    v.object({ undo: v.nullable(RepairUndo), refusal: v.nullable(v.string()) }),
  ),
  /** Stops recording, or goes on with it; what happens in between is not filled in later. */
  'capture.pause': call(nothing, v.object({ isPaused: v.boolean() })),
  'capture.resume': call(nothing, v.object({ isPaused: v.boolean() })),
  'install.plan': call(nothing, InstallPlanView),
  'install.apply': call(nothing, v.object({ installed: v.boolean(), message: v.string() })),
  /** Sends one event through the installed launcher and waits until the record has it. */
  'install.test': call(
    nothing,
    v.object({ isStored: v.boolean(), message: v.string(), event: v.nullable(EventRow) }),
  ),
  /** Whether the app runs from a place where it cannot stay, and moving it, which starts it anew. */
  'app.place': call(nothing, v.object({ canMove: v.boolean() })),
  'app.move': call(nothing, v.object({ isMoved: v.boolean(), message: v.string() })),
  'settings.read': call(nothing, SettingsView),
  /** Changes one setting; the value is checked against its schema. */
  'settings.change': call(
    v.strictObject({ name: v.picklist(settingNames), value: v.unknown() }),
    SettingsChange,
  ),
  /** Lets the user choose a folder; null when no folder was chosen. */
  'settings.chooseFolder': call(nothing, v.object({ folder: v.nullable(v.string()) })),
  'settings.open': call(nothing, v.null()),
  'dashboard.open': call(DashboardTarget, v.null()),
  'app.quit': call(nothing, v.null()),

  /** New data is in the stores; pages read again what they show. */
  'data.changed': push(v.object({ at: v.number() })),
  /** The dashboard is asked to show a page. */
  'dashboard.shown': push(DashboardTarget),
} as const satisfies Record<`${string}.${string}`, Call | Push>;

type Contract = typeof contract;
export type CallName = {
  [N in keyof Contract]: Contract[N] extends Call ? N : never;
}[keyof Contract];
export type PushName = Exclude<keyof Contract, CallName>;
export type Argument<N extends CallName> =
  Contract[N] extends Call<infer A> ? v.InferOutput<A> : never;
export type Result<N extends CallName> =
  Contract[N] extends Call<v.GenericSchema, infer R> ? v.InferOutput<R> : never;
export type Payload<N extends PushName> =
  Contract[N] extends Push<infer P> ? v.InferOutput<P> : never;

/** What main must supply: one handler for each call. */
export type Handlers = { readonly [N in CallName]: (argument: Argument<N>) => Promise<Result<N>> };

/** An outcome as it crosses the process border. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly kind: string; readonly message: string } };

/** All that a page ever sees of the main process, as `window.hookline`. */
export interface Bridge {
  /** Calls main and resolves with its reply; never rejects for a failure in main. */
  call<N extends CallName>(name: N, argument: Argument<N>): Promise<Reply<Result<N>>>;
  /** Listens to a push; the returned function ends the subscription. */
  on<N extends PushName>(name: N, listener: (payload: Payload<N>) => void): () => void;
}

/** The names of all calls, in the contract's order. */
export const callNames = Object.entries(contract)
  .filter(([, entry]) => entry.kind === 'call')
  .map(([name]) => name) as readonly CallName[];
/** The names of all pushes, in the contract's order. */
export const pushNames = Object.entries(contract)
  .filter(([, entry]) => entry.kind === 'push')
  .map(([name]) => name) as readonly PushName[];
