// Starts processes and times them: a line of JSON in, a line of JSON out. It is plain JavaScript and
// loads nothing, because a fork copies the tables of its parent's memory: from a process of 150 MB
// each start takes several milliseconds longer than from this one.
const { spawnSync } = require('node:child_process');
const { closeSync, openSync } = require('node:fs');
const { createInterface } = require('node:readline');

createInterface({ input: process.stdin }).on('line', (line) => {
  const { command, args, stdin, env } = JSON.parse(line);
  const file = openSync(stdin, 'r');
  const startedAt = performance.now();
  const { status, error } = spawnSync(command, args, { stdio: [file, 'ignore', 'ignore'], env });
  const tookMs = performance.now() - startedAt;
  closeSync(file);
  const problem = status === 0 ? null : (error?.message ?? `${command} ended with ${status}`);
  process.stdout.write(`${JSON.stringify({ tookMs, problem })}\n`);
});
