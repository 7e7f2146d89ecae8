/**
 * The old pipeline's programs as far as they leave traces: what each appended to which file, in its
 * own spelling, mistakes included. Files are kept in memory until they are written.
 */
import { folderOf, type OldCall, type OldPrompt, type OldSession } from './old-call.ts';
import type { ActivityRow, DashboardRow, OldFile, OldRow } from './old-files.ts';
import { type OldValue, pythonJson } from './python-json.ts';

/** How far the hook had been developed. */
export type HookAge = 'echo' | 'sqlite-only' | 'early-dual' | 'dual' | 'three-stores';

/** At first the bridge knew two files alone. */
export type BridgeAge = 'early' | 'late';

/** The programs, and what they have written so far. */
export interface OldPipeline {
  readonly lines: Readonly<Record<OldFile, string[]>>;
  readonly rows: OldRow[];
  readonly dashboard: DashboardRow[];
  readonly activityRows: ActivityRow[];
  /** The hook after a call; `sees`: its environment told it the command. */
  hook(call: OldCall, age: HookAge, sees?: boolean): void;
  session(session: OldSession, which: 'start' | 'end', age: HookAge): void;
  postTool(call: OldCall, isEnhanced: boolean): void;
  /** The bridge: exports rows whose second is later than the last exported one. */
  bridge(age: BridgeAge): void;
  /** The bridge's state is lost, or says an earlier second: what came after it is exported again. */
  setBridgeBack(toS: number): void;
  fastBridge(calls: readonly OldCall[]): void;
  /** Writes a line for each call, and one for each session, that is not there yet. */
  bulkBackfill(calls: readonly OldCall[]): void;
  /** Writes a line for each call and each session, whether it is there or not. */
  weeklyBackfill(calls: readonly OldCall[]): void;
  /** Appends all prompts of a transcript again each time it has changed. */
  syncPrompts(prompts: readonly OldPrompt[]): void;
  trackPrompt(prompt: OldPrompt): void;
  /** Copies lines into claude.db, each time all of them. */
  migrate(): void;
}

/** Starts with empty files. */
export function createOldPipeline(): OldPipeline {
  const lines: Record<OldFile, string[]> = {
    'tool-usage': [],
    'activity-events': [],
    'session-events': [],
    'tool-success': [],
    'command-usage': [],
  };
  const rows: OldRow[] = [];
  const dashboard: DashboardRow[] = [];
  const activityRows: ActivityRow[] = [];
  let exportedTo = 0;
  const python = (file: OldFile, value: OldValue): void => {
    lines[file].push(pythonJson(value));
  };
  const shell = (file: OldFile, value: OldValue): void => {
    lines[file].push(JSON.stringify(value));
  };

  const exportRow = (row: OldRow, age: BridgeAge): void => {
    const metadata = JSON.parse(row.metadata ?? '{}') as Readonly<Record<string, OldValue>>;
    if (row.tool.startsWith('session_')) {
      python('session-events', { ts: row.ts, event: row.tool, pwd: row.pwd, metadata });
      return;
    }
    const { command = '', success = true, model = 'sonnet', exit_code = 0 } = metadata;
    const session = (row.pwd ?? 'unknown').split('/').at(-1)?.slice(0, 8) ?? '';
    const text = typeof command === 'string' ? command : '';
    const base = { ts: row.ts, tool: row.tool };
    const file_path = row.filePath ?? '';
    python('tool-usage', {
      ...base,
      session,
      model,
      source: 'sqlite',
      file_path,
      command: text,
      success,
    });
    if (age === 'early') return;
    python('tool-success', { ...base, success, exit_code, session });
    if (row.tool === 'Bash' && text !== '')
      python('command-usage', commandRow(row.ts, text, session));
    python('activity-events', {
      ts: row.ts,
      type: 'tool_use',
      tool: row.tool,
      file_path,
      command: text.slice(0, 200),
      success,
      pwd: row.pwd,
    });
  };

  const writeDetails = (call: OldCall, command: string): void => {
    const { endedS: ts, tool, filePath: file_path, session } = call;
    const base = { ts, tool };
    const folder = folderOf(session);
    const details = { file_path, command, success: true };
    python('tool-usage', { ...base, session: folder, model: 'sonnet', source: 'hook', ...details });
    python('tool-success', { ...base, success: true, exit_code: 0, session: folder });
    if (tool === 'Bash' && command !== '') python('command-usage', commandRow(ts, command, folder));
    python('activity-events', { ts, type: 'tool_use', tool, ...details, pwd: session.pwd });
  };

  return {
    lines,
    rows,
    dashboard,
    activityRows,
    hook: (call, age, sees = false) => {
      const { endedS: ts, tool, filePath, session } = call;
      if (age === 'echo') {
        const file = filePath === '' ? {} : { file: filePath };
        shell('tool-usage', { ts, tool, ...file, source: 'hook' });
        return;
      }
      const command = sees ? call.command : '';
      rows.push(rowOf(call, command, age === 'dual' || age === 'three-stores'));
      if (age === 'three-stores')
        dashboard.push({ ts, tool, success: 1, durationMs: 0, context: session.pwd });
      if (age === 'early-dual') {
        const folder = folderOf(session);
        python('tool-usage', { ts, tool, session: folder, model: 'sonnet', source: 'hook' });
      }
      if (age === 'dual' || age === 'three-stores') writeDetails(call, command);
    },
    session: ({ pwd, startedS, endedS }, which, age) => {
      const ts = which === 'start' ? startedS : endedS;
      const event = `session_${which}`;
      if (age === 'echo') {
        shell('session-events', { ts, event, pwd });
        return;
      }
      const metadata = pythonJson({ project: 'general' });
      rows.push({ ts, tool: event, filePath: null, pwd, metadata });
      if (age === 'sqlite-only') return;
      const base = { pwd, project: 'general' };
      python('session-events', { ts, event, session_id: String(ts), ...base, model: 'sonnet' });
      python('activity-events', { ts, type: event, ...base });
    },
    postTool: ({ endedS: ts, tool, filePath, command }, isEnhanced) => {
      const base = { ts, tool, session: String(ts).slice(0, 8), model: 'sonnet', source: 'hook' };
      const details = { file_path: filePath, command, success: true, exit_code: 0 };
      shell('tool-usage', isEnhanced ? { ...base, ...details } : base);
    },
    bridge: (age) => {
      const fresh = rows.filter(({ ts }) => ts > exportedTo).sort((a, b) => a.ts - b.ts);
      for (const row of fresh) exportRow(row, age);
      exportedTo = fresh.at(-1)?.ts ?? exportedTo;
    },
    setBridgeBack: (toS) => {
      exportedTo = toS;
    },
    fastBridge: (calls) => {
      for (const { beganS: ts, tool, filePath, command, session } of calls) {
        const prefix = session.id.slice(0, 8);
        const known = tool === 'Bash' ? command : '';
        const target = { file_path: filePath, command: known };
        const base = { ts, tool, session: prefix, model: 'sonnet', source: 'sqlite' };
        python('tool-usage', { ...base, ...target, command: known.slice(0, 500) });
        python('activity-events', { ts, type: 'tool_use', tool, ...target, pwd: '' });
      }
    },
    bulkBackfill: (calls) => {
      const present = new Set(lines['tool-usage'].map(keyOf));
      for (const call of calls) {
        const line = pythonJson({
          ...backfillRow(call),
          model: call.session.model,
          source: 'backfill',
        });
        if (!present.has(keyOf(line))) lines['tool-usage'].push(line);
      }
      const known = new Set(lines['session-events'].map(sessionOf));
      for (const sum of sessionSums(calls, true))
        if (!known.has(sum.session_id)) python('session-events', sum);
    },
    weeklyBackfill: (calls) => {
      for (const call of calls) python('tool-usage', { ...backfillRow(call), source: 'backfill' });
      for (const sum of sessionSums(calls, false)) python('session-events', sum);
    },
    syncPrompts: (prompts) => {
      for (const { atS, text } of prompts) {
        const datetime = `${new Date(atS * 1000).toISOString().slice(0, 19)}Z`;
        const query = text.slice(0, 500);
        python('activity-events', {
          timestamp: atS,
          datetime,
          type: 'query',
          query,
          source: 'transcript',
        });
      }
    },
    trackPrompt: ({ atS, text }) => {
      const timestamp = atS * 1000 + 137;
      const base = { type: 'query', timestamp, datetime: new Date(timestamp).toISOString() };
      shell('activity-events', {
        ...base,
        sessionId: 'mk1abcd',
        query: text,
        model: 'sonnet',
        dqScore: null,
        complexity: null,
        source: 'cli',
      });
    },
    migrate: () => {
      for (const line of lines['tool-usage']) {
        const row = JSON.parse(line) as { ts: number; tool: string };
        dashboard.push({ ts: row.ts, tool: row.tool, success: 1, durationMs: null, context: null });
      }
      for (const line of lines['activity-events']) {
        const { ts, timestamp, type, ...data } = JSON.parse(line) as Record<string, OldValue>;
        const at = (timestamp ?? ts) as number;
        activityRows.push({ ts: at, type: String(type), data: pythonJson(data) });
      }
    },
  };
}

/** The row of a call; the first hooks wrote no metadata. */
function rowOf(call: OldCall, command: string, isDetailed: boolean): OldRow {
  const { endedS: ts, tool, filePath, session } = call;
  const metadata = { command: command || null, success: true, exit_code: 0, model: 'sonnet' };
  return {
    ts,
    tool,
    filePath: filePath === '' ? null : filePath,
    pwd: session.pwd,
    metadata: isDetailed ? pythonJson(metadata) : null,
  };
}

function commandRow(ts: number, command: string, session: string): OldValue {
  const [word = ''] = command.split(' ', 1);
  return { ts, command: word, full_command: command.slice(0, 200), success: true, session };
}

function backfillRow({ beganS, tool, session }: OldCall) {
  return { ts: beganS, tool, session: session.id.slice(0, 8) };
}

function keyOf(line: string): string {
  const { ts, tool, session } = JSON.parse(line) as Record<string, OldValue>;
  return `${ts} ${tool} ${session}`;
}

function sessionOf(line: string): OldValue | undefined {
  return (JSON.parse(line) as Record<string, OldValue>).session_id;
}

function sessionSums(calls: readonly OldCall[], hasModel: boolean) {
  const bySession = new Map<OldSession, OldCall[]>();
  for (const call of calls)
    bySession.set(call.session, [...(bySession.get(call.session) ?? []), call]);
  return [...bySession].map(([session, own]) => ({
    session_id: session.id.slice(0, 8),
    start: new Date((own[0]?.beganS ?? session.startedS) * 1000 + 250).toISOString(),
    end: new Date(session.endedS * 1000 + 250).toISOString(),
    messages: own.length * 2,
    tools: own.length,
    ...(hasModel ? { model: session.model } : {}),
    top_tools: [...new Set(own.map(({ tool }) => tool))].slice(0, 5),
    source: 'backfill',
  }));
}
