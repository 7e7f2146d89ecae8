import { describe, expect, it } from 'vitest';
import {
  endingOfBatch,
  endingOfEnvelope,
  endingOfFailure,
  endingOfPost,
  errorClassOf,
} from './outcome.ts';

/** Envelope of the client → outcome, exit code, class, error. */
const ENVELOPES: readonly [string, string, number | null, string | null, string | null][] = [
  ['Exit code 3\npartial output\nboom', 'failed', 3, 'exit_code', 'Exit code 3'],
  ['Exit code 1', 'failed', 1, 'exit_code', 'Exit code 1'],
  ['Error: Exit code 127\r\nnot found', 'failed', 127, 'exit_code', 'Exit code 127'],
  [
    'Exit code 143\nCommand timed out after 1s',
    'timed_out',
    143,
    'timeout',
    'Command timed out after 1s',
  ],
  [
    'Command timed out after 2m 0.0s\nx',
    'timed_out',
    null,
    'timeout',
    'Command timed out after 2m 0.0s',
  ],
  [
    '<tool_use_error>String to replace not found in file.\nString: x</tool_use_error>',
    'failed',
    null,
    'string_not_found',
    'String to replace not found in file.',
  ],
  [
    '<tool_use_error>Error: No such tool available: Nope</tool_use_error>',
    'failed',
    null,
    'tool_not_found',
    'Error: No such tool available: Nope',
  ],
  ['<tool_use_error></tool_use_error>', 'failed', null, 'other', null],
  [
    "Claude requested permissions to use WebFetch, but you haven't granted it yet.",
    'denied',
    null,
    'permission_denied',
    "Claude requested permissions to use WebFetch, but you haven't granted it yet.",
  ],
  [
    'Permission to use Bash with command rm has been denied.',
    'denied',
    null,
    'permission_denied',
    'Permission to use Bash with command rm has been denied.',
  ],
  [
    'PreToolUse:Bash hook error: [guard.sh]: no',
    'denied',
    null,
    'permission_denied',
    'PreToolUse:Bash hook error: [guard.sh]: no',
  ],
  [
    "The user doesn't want to proceed with this tool use. The tool use was rejected",
    'rejected',
    null,
    'rejected',
    "The user doesn't want to proceed with this tool use. The tool use was rejected",
  ],
];

/** Outputs that only look like trouble: D11's words, and envelopes that do not stand at the start. */
const MERE_OUTPUT = [
  'Tests: 212 passed, 0 failed',
  '0 errors, 0 warnings',
  'src/errors.ts',
  'class MyException(Base):',
  'Segmentation fault',
  'command not found: foo',
  'the log says: Exit code 3',
  'Exit code 3 is what I expected',
  'Exit code 1234\n',
  ' Exit code 3\n',
  'see <tool_use_error>x</tool_use_error>',
  'He said: Command timed out after 1s',
  '',
];

describe('endingOfEnvelope', () => {
  it.each(ENVELOPES)('reads %j', (text, outcome, exitCode, errorClass, error) => {
    expect(endingOfEnvelope(text)).toEqual({ outcome, exitCode, errorClass, error });
  });

  it.each(MERE_OUTPUT)('decides nothing by the words in %j', (text) => {
    expect(endingOfEnvelope(text).outcome).toBe('unknown');
  });
});

describe('endingOfPost', () => {
  it.each([...MERE_OUTPUT, 'Exit code 3\nboom'])('calls %j on stdout a success', (stdout) => {
    expect(endingOfPost({ stdout, interrupted: false }).outcome).toBe('succeeded');
    expect(endingOfPost(stdout).outcome).toBe('succeeded');
    expect(endingOfPost([{ type: 'text', text: stdout }]).outcome).toBe('succeeded');
  });

  it('tells an exit code that the client explains from a plain success', () => {
    const response = { stdout: '', returnCodeInterpretation: 'No matches found' };
    expect(endingOfPost(response).outcome).toBe('expected');
    expect(endingOfPost({ returnCodeInterpretation: '' }).outcome).toBe('succeeded');
  });

  it('tells an interrupted call', () => {
    expect(endingOfPost({ stdout: 'half', interrupted: true }).outcome).toBe('interrupted');
    expect(endingOfPost({ interrupted: 'true' }).outcome).toBe('succeeded');
  });

  it.each([undefined, null, 0, false, [], {}])('takes the response %j for a success', (value) => {
    expect(endingOfPost(value).outcome).toBe('succeeded');
  });
});

describe('endingOfFailure', () => {
  it('is a failure even where the text says nothing known', () => {
    expect(endingOfFailure('Something new went wrong\nat line 2', false)).toEqual({
      outcome: 'failed',
      exitCode: null,
      errorClass: 'other',
      error: 'Something new went wrong',
    });
  });

  it('is a failure without any text', () => {
    expect(endingOfFailure(null, false)).toMatchObject({ outcome: 'failed', error: null });
    expect(endingOfFailure('\n \n', false)).toMatchObject({ outcome: 'failed', error: null });
  });

  it.each([
    ['a\nError: listen EADDRINUSE: address already in use :::3000', 'Exit code 1 (EADDRINUSE)'],
    [
      `${'ok\n'.repeat(5000)}cp: secret.txt: No space left on device\n`,
      'Exit code 1 (No space left on device)',
    ],
    ['ok\nok\nok\nok\nENOENT\nok\nok', 'Exit code 1'],
    ['ECONNREsecret ENOENTsecret', 'Exit code 1'],
    ['the password is hunter2', 'Exit code 1'],
    ['', 'Exit code 1'],
  ])('keeps of what a command printed the cause alone, from its outer lines', (printed, error) => {
    const ending = endingOfFailure(`Exit code 1\n${printed}`, false);
    expect(ending).toEqual({ outcome: 'failed', exitCode: 1, errorClass: 'exit_code', error });
  });

  it('believes the client that the user interrupted', () => {
    expect(endingOfFailure('Exit code 137', true).outcome).toBe('interrupted');
  });
});

describe('endingOfBatch', () => {
  it('reads an envelope in the first block as in a text', () => {
    const ending = { outcome: 'failed', exitCode: 3 };
    expect(endingOfBatch('Exit code 3\nx')).toMatchObject(ending);
    expect(endingOfBatch([{ type: 'text', text: 'Exit code 3\nx' }])).toMatchObject(ending);
  });

  it.each([undefined, null, 7, {}, [], [null], [{ type: 'image' }], 'all is well'])(
    'does not know the end of a call that answered %j',
    (response) => {
      expect(endingOfBatch(response).outcome).toBe('unknown');
    },
  );
});

describe('errorClassOf', () => {
  it.each([
    ['File does not exist. Note: your current working directory is /w.', 'file_not_found'],
    ["Agent type 'x' not found. Available agents: a", 'agent_not_found'],
    ['InputValidationError: Read failed', 'invalid_input'],
    ['Found 2 matches of the string to replace, but', 'string_not_unique'],
    ['No changes to make: old_string and new_string are the same.', 'no_changes'],
    ['File has not been read yet. Read it first', 'file_not_read'],
    ['File has been modified since read', 'file_modified'],
    ['File has been unexpectedly modified.', 'file_modified'],
    ['Directory does not exist: /x', 'file_not_found'],
    ['File content (30000 tokens) exceeds maximum', 'file_too_large'],
    ['EISDIR: illegal operation on a directory, read', 'is_a_directory'],
    ['EACCES: permission denied', 'permission_denied'],
    ['the room is not found', 'other'],
  ])('classes %j as %s', (text, errorClass) => {
    expect(errorClassOf(text)).toBe(errorClass);
  });
});
