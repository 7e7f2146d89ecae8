/**
 * The command `hookline` as a file on PATH: a few lines of sh that run the command line on the first
 * recorded Node that is there, else on the app itself, which brings its own.
 */
import fs from 'node:fs';
import { join } from 'node:path';

/** What a shim leads to. */
export interface ShimTargets {
  /** The list of runtimes that install recorded. */
  readonly runtimes: string;
  /** The command line's program. */
  readonly script: string;
  /** The app's own program; null in a checkout. */
  readonly app: string | null;
}

/** Its name as a command. */
export type ShimName = 'hookline' | 'ccc';

const MARK = "# Hookline's command line.";

/** The shim's text. */
export function buildShim({ runtimes, script, app }: ShimTargets): string {
  return `#!/bin/sh
${MARK} "hookline install" made this file, "hookline uninstall" removes it.
runtimes=${quoted(runtimes)}
script=${quoted(script)}
app=${quoted(app ?? '')}
HOOKLINE_CALLED_AS=\${0##*/} HOOKLINE_APP=$app
export HOOKLINE_CALLED_AS HOOKLINE_APP
if [ -f "$script" ] && [ -r "$runtimes" ]; then
  while IFS= read -r node <&3; do
    case $node in
      /*) [ -x "$node" ] && exec "$node" "$script" "$@" 3<&- ;;
    esac
  done 3<"$runtimes"
fi
if [ -n "$app" ] && [ -x "$app" ]; then
  case $(uname) in
    Linux) exec "$app" ${argumentsFor('linux')} "$@" ;;
    *) exec "$app" ${argumentsFor('darwin')} "$@" ;;
  esac
fi
echo "$HOOKLINE_CALLED_AS: neither Node nor the app is where it was; install Hookline again." >&2
exit 1
`;
}

/** The app's arguments before a verb. No window is opened: no screen is needed, and what Chromium says interests nobody. */
export function cliArguments(platform: NodeJS.Platform): readonly string[] {
  const silent = ['--ozone-platform=headless', '--log-level=3'];
  return [...(platform === 'linux' ? silent : []), '--cli'];
}

function argumentsFor(platform: NodeJS.Platform): string {
  return cliArguments(platform).join(' ');
}

/** What is at the place of a shim: ours, nothing, or somebody else's program. */
export function shimAt(folder: string, name: ShimName): 'ours' | 'free' | 'foreign' {
  const path = join(folder, name);
  if (!fs.lstatSync(path, { throwIfNoEntry: false })) return 'free';
  try {
    return fs.readFileSync(path, 'utf8').includes(`\n${MARK}`) ? 'ours' : 'foreign';
  } catch {
    // A folder, or a link into nowhere: not ours.
    return 'foreign';
  }
}

/** Removes our shims from the folder; what others put there stays. @throws what the disk says */
export function removeShims(folder: string): void {
  for (const name of ['hookline', 'ccc'] as const)
    if (shimAt(folder, name) === 'ours') fs.rmSync(join(folder, name));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
