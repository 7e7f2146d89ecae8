/** What launchd's own command prints, in the layout of macOS 14. */

/** What `launchctl print` says of a job. */
export function printedJob(job: {
  readonly label: string;
  readonly file: string;
  readonly program: string;
  readonly pid?: number;
  readonly lastExit?: string;
}): string {
  const pid = job.pid === undefined ? '' : `\tpid = ${job.pid}\n`;
  return `gui/501/${job.label} = {
\tactive count = ${job.pid === undefined ? 0 : 1}
\tpath = ${job.file}
\ttype = LaunchAgent
\tstate = ${job.pid === undefined ? 'not running' : 'running'}

\tprogram = ${job.program}
\targuments = {
\t\t${job.program}
\t\t--at-login
\t}

\tdefault environment = {
\t\tPATH => /usr/bin:/bin:/usr/sbin:/sbin
\t}

\tdomain = gui/501 [100005]
\truns = 1
${pid}\tlast exit code = ${job.lastExit ?? '(never exited)'}

\tresource coalition = {
\t\tpath = nested
\t\tpid = 7
\t}

\tproperties = keepalive | runatload | inferred program
}
`;
}

/** What `launchctl print-disabled` says; true for a label that is switched off. */
export function printedDisabled(labels: Readonly<Record<string, boolean>>): string {
  const lines = Object.entries(labels).map(
    ([label, isOff]) => `\t\t"${label}" => ${isOff ? 'disabled' : 'enabled'}\n`,
  );
  return `\n\tdisabled services = {\n${lines.join('')}\t}\n`;
}
