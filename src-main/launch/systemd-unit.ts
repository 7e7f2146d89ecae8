/** The unit by which systemd starts the app with the desktop session. Pure. */
import { buildSections, parseSections } from './ini.ts';
import type { LoginProgram } from './login-item.ts';

/** The unit's name. */
export const UNIT = 'hookline.service';

/** The unit's text: started with the session, ended with it, started again only after a crash. */
export function buildUnit({ path, args }: LoginProgram): string {
  return buildSections({
    Unit: {
      Description: 'Hookline, numbers about your Claude Code work',
      PartOf: 'graphical-session.target',
      After: 'graphical-session.target',
      StartLimitIntervalSec: '600',
      StartLimitBurst: '5',
    },
    Service: {
      ExecStart: [path, ...args].map(quoted).join(' '),
      // A signal or a hang; an app that was quit stays quit.
      Restart: 'on-abnormal',
      RestartSec: '30',
    },
    Install: { WantedBy: 'graphical-session.target' },
  });
}

/** What a unit starts: the program and its arguments; empty where it names none. */
export function callOfUnit(text: string): readonly string[] {
  const line = parseSections(text).Service?.ExecStart ?? '';
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quotedWord, word = '']) =>
    (quotedWord ?? word).replaceAll(/\\(.)/g, '$1').replaceAll('%%', '%').replaceAll('$$', '$'),
  );
}

/** A word of a command line as systemd reads it: `%` and `$` begin something of their own there. */
function quoted(word: string): string {
  const text = word.replaceAll(/["\\]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return `"${text}"`;
}
