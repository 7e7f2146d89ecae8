import { describe, expect, it } from 'vitest';
import { promptOf, startSourceOf } from './prompt.ts';
import { readTranscriptLine, type TranscriptLine } from './wire.ts';

function userLine(content: unknown, members: object = {}): TranscriptLine {
  const line = {
    type: 'user',
    sessionId: 's',
    promptId: 'p',
    timestamp: '2026-01-26T12:00:00.000Z',
    message: { role: 'user', content },
    ...members,
  };
  const read = readTranscriptLine(JSON.stringify(line));
  if (read === null) throw new Error('the test made no line');
  return read;
}

const promptIn = (content: unknown, members?: object) =>
  promptOf(userLine(content, members))?.text ?? null;

describe('a prompt in a transcript', () => {
  it('is what a person or a program gave, as a text or as blocks', () => {
    expect(promptIn('fix it', { promptSource: 'typed' })).toBe('fix it');
    expect(promptIn([{ type: 'text', text: 'fix it' }], { promptSource: 'sdk' })).toBe('fix it');
    expect(promptIn('from a client that names no source')).toBe(
      'from a client that names no source',
    );
  });

  it('is a slash command as it was typed', () => {
    const command =
      '<command-name>/review</command-name>\n<command-message>review</command-message>\n<command-args>main now</command-args>';
    expect(promptIn(command, { promptSource: 'typed' })).toBe('/review main now');
  });

  it('is none of the things that the client writes in the place of one', () => {
    const own: readonly (readonly [unknown, object?])[] = [
      ['<task-notification>done</task-notification>', { promptSource: 'system' }],
      ['<task-notification>done</task-notification>'],
      ['<local-command-stdout>ok</local-command-stdout>'],
      ['[Request interrupted by user for tool use]'],
      ['reminder', { isMeta: true }],
      ['This session is being continued', { isCompactSummary: true }],
      [[{ type: 'tool_result', tool_use_id: 'a' }]],
      ['of an agent', { agentId: 'a1' }],
      ['of an older client, without an id', { promptId: undefined }],
    ];
    for (const [content, members] of own) expect(promptIn(content, members)).toBeNull();
  });
});

describe('how a session began', () => {
  it('is told by its first line', () => {
    expect(startSourceOf(userLine('go'))).toBe('startup');
    expect(startSourceOf(userLine('<command-name>/clear</command-name>'))).toBe('clear');
    expect(startSourceOf(userLine('go', { forkedFrom: { sessionId: 'x' } }))).toBe('fork');
  });
});
