/** Another maintained scanner's opinion on a text: its rules are not ours. */
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';

const ID = '@secretlint/secretlint-rule-preset-recommend';

/** What the scanner takes for secrets in the text, one sentence each. */
export async function scanForSecrets(text: string): Promise<readonly string[]> {
  const { messages } = await lintSource({
    source: { content: text, filePath: '/notes.txt', ext: '.txt', contentType: 'text' },
    options: { config: { rules: [{ id: ID, rule: creator, rules: [] }] } },
  });
  // A substitute stands where its rules for URLs expect a password.
  return messages.map(({ message }) => message).filter((text) => !text.includes('[redacted'));
}
