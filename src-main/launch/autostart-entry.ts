/** The desktop entry by which every other Linux desktop starts the app at login. Pure. */
import { buildSections, parseSections } from './ini.ts';
import type { LoginProgram } from './login-item.ts';

const SECTION = 'Desktop Entry';

/** The entry's text. */
export function buildEntry({ path, args }: LoginProgram): string {
  return buildSections({
    [SECTION]: {
      Type: 'Application',
      Name: 'Hookline',
      Comment: 'Numbers about your Claude Code work',
      Exec: [path, ...args].map(quoted).join(' '),
      Terminal: 'false',
      StartupNotify: 'false',
      'X-GNOME-Autostart-enabled': 'true',
    },
  });
}

/** What an entry starts, and whether the user has switched it off. */
export function readEntry(text: string): {
  readonly call: readonly string[];
  readonly isDisabled: boolean;
} {
  const members = parseSections(text)[SECTION] ?? {};
  const words = [
    ...(members.Exec ?? '').replaceAll('\\\\', '\\').matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g),
  ];
  return {
    call: words.map(([, quotedWord, word = '']) =>
      (quotedWord ?? word).replaceAll(/\\(.)/g, '$1').replaceAll('%%', '%'),
    ),
    isDisabled: members.Hidden === 'true' || members['X-GNOME-Autostart-enabled'] === 'false',
  };
}

/** Quoted for the command line in the entry, and then once more for the entry's own strings. */
function quoted(word: string): string {
  const text = word.replaceAll(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${text}"`.replaceAll('\\', '\\\\');
}
