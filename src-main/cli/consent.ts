/** Asking before something is done, and saying why it is not. */
import type { Terminal } from './terminal.ts';
import type { Option } from './verbs.ts';

/** Consent: given by `--yes`, or by a person at a terminal; whoever wants JSON is none. */
export async function mayGoOn(
  terminal: Terminal,
  options: ReadonlySet<Option>,
  question: string,
): Promise<boolean> {
  if (options.has('yes')) return true;
  const isJson = options.has('json');
  if (terminal.isInteractive && !isJson) return terminal.confirm(question);
  fail(terminal, 'Nobody is there to ask; add --yes to do it.', isJson);
  return false;
}

/** Says why a verb did nothing; returns its exit code. */
export function fail(terminal: Terminal, reason: string, isJson: boolean): number {
  if (isJson) terminal.print(JSON.stringify({ kind: 'refused', exitCode: 1, reason }));
  else terminal.warn(reason);
  return 1;
}
