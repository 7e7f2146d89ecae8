import { describe, expect, it } from 'vitest';
import { endingOfEnvelope, endingOfFailure } from '../../../src-core/event/outcome.ts';
import type { Row } from '../../../src-core/store/driver.ts';
import { homePerTest } from '../../../test/support/home.ts';
import { failedCall, otherEvent, toolCall } from '../../../test/support/make-event.ts';
import {
  classOf,
  classOfMessage,
  FAILED_EVENT_COLUMNS,
  type FailedEvent,
  failedEventOf,
  IS_ERROR,
} from './class-of.ts';

const home = homePerTest();

const nothing: FailedEvent = {
  hookEvent: 'PostToolUseFailure',
  outcome: 'failed',
  exitCode: null,
  errorClass: null,
  error: null,
  command: null,
  told: null,
};

const exit = (exitCode: number, command: string, told: string | null = null): FailedEvent => ({
  ...nothing,
  exitCode,
  errorClass: 'exit_code',
  error: `Exit code ${exitCode}`,
  command,
  told: told === null ? null : `Exit code ${exitCode}\n${told}`,
});

describe('the class of a failed call that told more than an exit code', () => {
  it.each([
    ['<tool_use_error>File has not been read yet. Read it first.', 'file_not_read'],
    ['<tool_use_error>File has been modified since read, either by the user', 'file_modified'],
    ['<tool_use_error>String to replace not found in file.', 'string_not_found'],
    ['<tool_use_error>Found 3 matches of the string to replace, but', 'string_not_unique'],
    ['<tool_use_error>No changes to make: old_string and new_string', 'no_changes'],
    ['File content (31337 tokens) exceeds maximum allowed tokens', 'file_too_large'],
    ['File does not exist. Note: your current working directory is /w.', 'file_not_found'],
    ["EISDIR: illegal operation on a directory, read '/w'", 'is_a_directory'],
    ["EACCES: permission denied, open '/etc/shadow'", 'permission_denied'],
    ['<tool_use_error>Error: No such tool available: Nothing', 'tool_not_found'],
    ['<tool_use_error>InputValidationError: Bash failed due to', 'invalid_input'],
    ["Agent type 'none' not found. Available agents: Plan", 'agent_not_found'],
    ['Exit code 143\nCommand timed out after 1s', 'timeout'],
    ["ENOSPC: no space left on device, write '/w/a.ts'", 'disk_full'],
    ['Request failed with status code 404', 'http_error'],
    ['Request failed with status code 429', 'rate_limit'],
    ['getaddrinfo ENOTFOUND docs.example.com', 'dns'],
    ['connect ECONNREFUSED 127.0.0.1:5432', 'network'],
    ['MCP error -32602: Invalid arguments for tool search', 'invalid_input'],
    ['MCP error -32601: Method not found', 'tool_not_found'],
    ['MCP error -32001: Request timed out', 'timeout'],
    ['it went wrong', 'other'],
  ])('%s', (error, expected) => {
    const ending = error.startsWith('<') ? endingOfEnvelope(error) : endingOfFailure(error, false);
    expect(classOf({ ...nothing, ...ending })).toBe(expected);
  });

  it('is other where nothing was said', () => {
    expect(classOf({ ...nothing, ...endingOfFailure(null, false) })).toBe('other');
  });
});

describe('the class of a command that failed', () => {
  it.each([
    [127, 'nosuch --version', 'command_not_found'],
    [126, './notes.txt', 'permission_denied'],
    [130, 'npm test', 'interrupted'],
    [137, 'node big.js', 'killed'],
    [139, './a.out', 'crash'],
    [124, 'timeout 5 npm test', 'timeout'],
    [124, 'my-tool', 'exit_code'],
    [1, 'cd /w && npm test -- --run', 'test_failure'],
    [1, 'npx vitest run src', 'test_failure'],
    [1, 'npm run test:unit', 'test_failure'],
    [101, 'cargo test', 'test_failure'],
    [1, 'python3 -m pytest -q', 'test_failure'],
    [2, 'npx tsc --noEmit', 'type_check'],
    [1, 'npm run typecheck', 'type_check'],
    [1, 'mypy src', 'type_check'],
    [1, 'npx eslint .', 'lint'],
    [101, 'cargo clippy', 'lint'],
    [1, 'npm run build', 'build'],
    [2, 'make', 'build'],
    [1, 'npm ci', 'package_install'],
    [2, 'bash -n deploy.sh', 'syntax'],
    [1, 'node --check a.js', 'syntax'],
    [1, 'git merge topic', 'git_conflict'],
    [1, 'git stash pop', 'git_conflict'],
    [128, 'git merge topic', 'git'],
    [1, 'git push', 'git'],
    [1, 'git add test', 'git'],
    [6, 'curl https://nowhere.invalid', 'dns'],
    [7, 'curl localhost:1', 'network'],
    [22, 'curl -f https://example.com/x', 'http_error'],
    [255, 'ssh host true', 'network'],
    [1, 'grep -q x y', 'exit_code'],
    [3, 'exit 3', 'exit_code'],
    [1, '', 'exit_code'],
  ])('code %i of %s', (code, command, expected) => {
    expect(classOf(exit(code, command))).toBe(expected);
  });

  it.each([
    ['node server.js', 'Error: listen EADDRINUSE: address already in use :::3000', 'port_in_use'],
    [
      'node a.js',
      'FATAL ERROR: Reached heap limit - JavaScript heap out of memory',
      'out_of_memory',
    ],
    ['cp a b', "cp: error writing 'b': No space left on device", 'disk_full'],
    ['cat a', 'cat: a: No such file or directory', 'file_not_found'],
    ['cat a', 'cat: a: Permission denied', 'permission_denied'],
    ['git fetch', "fatal: unable to access 'x': Could not resolve host: github.com", 'dns'],
    ['git push', 'git@github.com: Permission denied (publickey).', 'authentication'],
    ['git pull', 'CONFLICT (content): Merge conflict in a.ts', 'git_conflict'],
    ['npm run build', "src/a.ts(1,2): error TS2322: Type 'x'", 'type_check'],
    [
      'node a.js',
      'node:internal\n  throw err\n  at\n  at\n  at\nSyntaxError: Unexpected token',
      'syntax',
    ],
    [
      'python3 a.py',
      "Traceback\n  File\n  import\nModuleNotFoundError: No module named 'x'",
      'missing_module',
    ],
    ['a | b', 'bash: line 1: b: command not found', 'command_not_found'],
  ])('%s that printed %s, where that is kept', (command, told, expected) => {
    expect(classOf(exit(1, command, told))).toBe(expected);
  });

  it('is by its aim and not by the texts that a test prints', () => {
    expect(classOf(exit(1, 'npm test', 'Error: connect ECONNREFUSED'))).toBe('test_failure');
  });

  it('is not by lines in the middle of what it printed', () => {
    const told = ['a', 'b', 'c', 'd', 'No space left on device', 'done'].join('\n');
    expect(classOf(exit(1, './run', told))).toBe('exit_code');
  });
});

describe('the class of a command of which the cause alone is kept', () => {
  it.each([
    ['node server.js', 'listen EADDRINUSE: address already in use :::3000', 'port_in_use'],
    ['./deploy.sh', 'cp: No space left on device', 'disk_full'],
    ['node a.js', "Error: Cannot find module 'x'", 'missing_module'],
    ['./deploy.sh', 'curl: (6) Could not resolve host: x.invalid', 'dns'],
    ['npm test', 'Error: connect ECONNREFUSED ::1:5432', 'test_failure'],
    ['./deploy.sh', 'something went wrong', 'exit_code'],
  ])('%s, that printed %s', (command, printed, expected) => {
    const ending = endingOfFailure(`Exit code 1\n${printed}`, false);
    expect(classOf({ ...nothing, ...ending, command })).toBe(expected);
  });
});

describe('the class of an error of the API', () => {
  it.each([
    ['rate_limit', 'rate_limit'],
    ['server_error', 'api_overloaded'],
    ['authentication_failed', 'authentication'],
    ['billing_error', 'billing'],
    ['invalid_request', 'refused_by_model'],
    ['unknown', 'api_error'],
    ['something new', 'api_error'],
    [null, 'api_error'],
  ])('%s', (error, expected) => {
    expect(classOf({ ...nothing, hookEvent: 'StopFailure', outcome: null, error })).toBe(expected);
  });
});

it('room, zoom and Bloom are no errors of memory, and trace is none of concurrency', () => {
  for (const text of ['room 5', 'zoom level', 'class BloomFilter', 'a trace', 'src/errors.ts']) {
    expect(classOfMessage(text)).toBeNull();
  }
});

it('rows of the table give their class, and no other row is an error', () => {
  home().addToStore(
    toolCall({ id: 'toolu_good' }),
    toolCall({ id: 'toolu_denied', outcome: 'denied', errorClass: 'permission_denied' }),
    failedCall({ id: 'toolu_plain', command: './run' }),
    failedCall({
      id: 'toolu_told',
      command: './run',
      content: { error: 'Exit code 3\nError: listen EADDRINUSE: address already in use' },
    }),
    toolCall({ id: 'toolu_slow', outcome: 'timed_out', errorClass: 'timeout' }),
    otherEvent('StopFailure', { id: 'ev_api', facts: { error: 'rate_limit' } }),
    otherEvent('Stop', { id: 'ev_stop' }),
  );
  const classes = home().withStore((db) =>
    (
      db
        .prepare(`SELECT id, ${FAILED_EVENT_COLUMNS} FROM hookline_event WHERE ${IS_ERROR}`)
        .all() as Row[]
    ).map((row) => [String(row.id), classOf(failedEventOf(row))]),
  );
  expect(Object.fromEntries(classes)).toEqual({
    toolu_plain: 'exit_code',
    toolu_told: 'port_in_use',
    toolu_slow: 'timeout',
    ev_api: 'rate_limit',
  });
});

it('a row whose members are torn is an error without a name, and stops nothing', () => {
  home().addToStore(
    otherEvent('StopFailure', { facts: { error: 'rate_limit' } }),
    failedCall({ command: './run', content: { error: 'Exit code 3\nlisten EADDRINUSE' } }),
  );
  const classes = home().withStore((db) => {
    db.exec("UPDATE hookline_event SET facts = 'torn {', content = 'torn {'");
    const rows = db.prepare(
      `SELECT ${FAILED_EVENT_COLUMNS} FROM hookline_event WHERE ${IS_ERROR} ORDER BY seq`,
    );
    return (rows.all() as Row[]).map((row) => classOf(failedEventOf(row)));
  });
  expect(classes).toEqual(['api_error', 'exit_code']);
});
