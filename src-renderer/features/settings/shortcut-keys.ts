/** Keys as Electron names them, and as a person reads them. */
import { isMac } from '../../data/platform.ts';

const NAMED: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Enter: 'Return',
};
const PLAIN = /^(F([1-9]|1\d|2[0-4])|Tab|Backspace|Delete|Insert|Home|End|PageUp|PageDown)$/;

/** As much of a keyboard event as names a shortcut. */
export interface PressedKeys {
  readonly key: string;
  readonly code: string;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The shortcut that was pressed; `incomplete` while only modifiers are held, `bare` without any. */
export function pressedShortcut(event: PressedKeys): string | 'incomplete' | 'bare' {
  const key = keyName(event);
  if (key === null) return 'incomplete';
  const parts: string[] = [];
  if (event.metaKey) parts.push(isMac ? 'Command' : 'Super');
  if (event.ctrlKey) parts.push('Control');
  if (event.altKey) parts.push('Alt');
  if (parts.length === 0) return 'bare';
  if (event.shiftKey) parts.push('Shift');
  return [...parts, key].join('+');
}

/** By the key's place, because with Alt held a letter's key gives another sign. */
function keyName({ key, code }: PressedKeys): string | null {
  const letter = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1];
  if (letter !== undefined) return letter;
  return NAMED[key] ?? (PLAIN.test(key) ? key : null);
}

const MAC_SIGNS: Readonly<Record<string, string>> = {
  Command: '⌘',
  Cmd: '⌘',
  CommandOrControl: '⌘',
  CmdOrCtrl: '⌘',
  Control: '⌃',
  Ctrl: '⌃',
  Alt: '⌥',
  Option: '⌥',
  Shift: '⇧',
};

/** A shortcut as its platform writes it: ⌥⌘H, or Ctrl+Alt+H. */
export function shortcutText(keys: string): string {
  const parts = keys.split('+');
  if (isMac) return parts.map((part) => MAC_SIGNS[part] ?? part).join('');
  return parts.map((part) => (/^(Control|C.*OrC.*)$/.test(part) ? 'Ctrl' : part)).join('+');
}
