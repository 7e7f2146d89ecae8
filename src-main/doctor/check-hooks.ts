/** In which settings the hook stands, which of them switch it off, and who else hooks there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { refusalText } from '../install/install-view.ts';
import { findOldHooks, type OldHook, oldPipelineFinding } from '../install/old-pipeline.ts';
import { parseSettings, plainValue } from '../install/settings-document.ts';
import { ourEntries } from '../install/settings-meaning.ts';
import { attention, type Check, type DoctorFinding, note } from './diagnosis.ts';

/** Where the settings of a machine lie that its administrators manage. */
const MANAGED: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: '/Library/Application Support/ClaudeCode/managed-settings.json',
  linux: '/etc/claude-code/managed-settings.json',
};

/** What the check is told. */
export interface HooksCheck {
  readonly paths: Paths;
  /** The folder whose project settings are looked at. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  /** Elsewhere in tests; by default where the system has it. */
  readonly managed?: string;
}

interface Scope {
  readonly name: string;
  readonly path: string;
}

/** Looks into each settings file that Claude Code reads for a session in the folder. */
export function checkHooks({ paths, folder, platform, managed }: HooksCheck): Check {
  const scopes: Scope[] = [
    { name: 'user', path: paths.settingsJson },
    { name: 'project', path: join(folder, '.claude', 'settings.json') },
    { name: 'local', path: join(folder, '.claude', 'settings.local.json') },
    { name: 'managed', path: managed ?? MANAGED[platform] ?? '' },
  ];
  // In the home folder the project's settings are the user's own.
  const distinct = scopes.filter(
    ({ path }, i) => path !== '' && scopes.findIndex((it) => it.path === path) === i,
  );
  const seen = distinct.filter(({ path }) => existsSync(path)).map(look);
  const twice = new Set(seen.flatMap(({ commands }) => [...commands])).size > 1;
  return {
    name: 'Hooks',
    facts: seen.length === 0 ? ['no settings file of Claude Code'] : seen.map(({ fact }) => fact),
    findings: [
      ...seen.flatMap(({ findings }) => findings),
      ...(twice ? [twiceFinding(seen.map(({ fact }) => fact))] : []),
    ],
  };
}

interface Seen {
  readonly fact: string;
  readonly commands: ReadonlySet<string>;
  readonly findings: readonly DoctorFinding[];
}

function look({ name, path }: Scope): Seen {
  const bytes = readBytes(path);
  const document = parseSettings(bytes);
  if (bytes === null || document.kind === 'refused') {
    const reason = document.kind === 'refused' ? refusalText(document) : 'it cannot be read';
    return {
      fact: `${name}: ${path} cannot be understood`,
      commands: new Set(),
      findings: [
        attention({
          code: 'settings-unreadable',
          title: 'A settings file of Claude Code cannot be understood',
          detail: `${path}: ${reason}`,
          remedy: 'Mend the file at that place; Claude Code does not read it either.',
        }),
      ],
    };
  }
  const entries = ourEntries(document);
  const value: unknown = document.root ? plainValue(document.root) : {};
  const events = entries.length === 1 ? '1 event' : `${entries.length} events`;
  return {
    fact: `${name}: ${path}, ${entries.length === 0 ? 'not hooked' : `hooked for ${events}`}`,
    commands: new Set(entries.map(({ handler }) => String(handler.command))),
    findings: [
      ...switchedOff(name, path, isObject(value) ? value : {}),
      ...oldFindings(path, findOldHooks(bytes)),
    ],
  };
}

function switchedOff(
  name: string,
  path: string,
  value: Readonly<Record<string, unknown>>,
): readonly DoctorFinding[] {
  const switches = ['disableAllHooks', ...(name === 'managed' ? ['allowManagedHooksOnly'] : [])];
  return switches
    .filter((it) => value[it] === true)
    .map((it) =>
      attention({
        code: name === 'user' ? 'hooks-disabled' : `hooks-disabled-${name}`,
        title: 'Settings switch the hooks off',
        detail: `"${it}" is true in the ${name} settings, ${path}.`,
        remedy:
          name === 'managed'
            ? 'Only the administrators of this machine can change that.'
            : `Take "${it}" out of ${path} to record again.`,
      }),
    );
}

function twiceFinding(facts: readonly string[]): DoctorFinding {
  return note({
    code: 'hooks-twice',
    title: 'Two installations of the hook are registered',
    detail: 'Different commands run both; each call is stored once all the same.',
    evidence: facts,
    remedy: 'Uninstall the one that is not wanted.',
  });
}

function oldFindings(path: string, old: readonly OldHook[]): readonly DoctorFinding[] {
  const finding = oldPipelineFinding(old);
  if (finding === null) return [];
  const evidence = old.map(
    ({ event, script, line }) => `${path}, line ${line}: ${event} calls ${script}`,
  );
  return [
    { ...finding, evidence, remedy: 'What they write is told apart and never counted twice.' },
  ];
}

function readBytes(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
