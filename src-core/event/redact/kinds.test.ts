import { describe, expect, it } from 'vitest';
import { TEST_REDACTOR } from '../../../test/support/capture-text.ts';
import {
  GUESSED_KINDS,
  type Planted,
  plantedSecret,
  SECRET_KINDS,
  tracesOf,
} from '../../../test/support/planted-secrets.ts';
import { scanForSecrets } from '../../../test/support/secret-scanner.ts';

const { redact } = TEST_REDACTOR;
const SEEDS = Array.from({ length: 25 }, (_, i) => i);

/** The places of one text in another one. */
const PLACES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `run "x" ${text} && echo done`,
  (text) => `first line\n${text}\nlast line`,
  (text) => `cd /srv && ${text}; exit`,
];

function leaksOf(planted: Planted): readonly string[] {
  const shown = PLACES.map((place) => redact(place(planted.text)));
  return shown.filter((text) => tracesOf(planted).some((trace) => text.includes(trace)));
}

/** Kinds that another scanner knows as well: it confirms that our made-up ones have the right shape. */
const KNOWN_TO_SCANNER = [
  'AWS secret key in the environment',
  'GitHub personal token',
  'GitHub fine-grained token',
  'GitLab personal token',
  'Slack bot token',
  'Slack app token',
  'Slack webhook',
  'Stripe secret key',
  'OpenAI project key',
  'Anthropic key',
  'Groq key',
  'npm token',
  'Docker Hub token',
  'Vercel new token',
  'Cloudflare new token',
  'Databricks token',
  'Linear key',
  'Notion token',
  'Figma token',
  'Shopify token',
  'Vault token',
  'Grafana token',
  'Tailscale key',
  'URL with an encoded password',
];

describe('a secret of a known kind', () => {
  it('is one of more than a hundred', () => {
    expect(SECRET_KINDS.length).toBeGreaterThan(150);
  });

  it.each(SECRET_KINDS)('is taken out wherever it stands: %s', (kind) => {
    expect(SEEDS.flatMap((seed) => leaksOf(plantedSecret(kind, seed)))).toEqual([]);
  });

  it.each(SECRET_KINDS)('is replaced once and for all: %s', (kind) => {
    for (const place of PLACES) {
      const shown = redact(place(plantedSecret(kind, 1).text));
      expect(redact(shown)).toBe(shown);
    }
  });

  it.each(SECRET_KINDS)('is not seen by another scanner any more: %s', async (kind) => {
    const { text } = plantedSecret(kind, 2);
    if (KNOWN_TO_SCANNER.includes(kind)) expect(await scanForSecrets(text)).not.toEqual([]);
    expect(await scanForSecrets(redact(text))).toEqual([]);
  });
});

describe('a long random word that stands alone', () => {
  it.each(GUESSED_KINDS)('is taken out in at least 98 cases of 100: %s', (kind) => {
    const many = Array.from({ length: 1000 }, (_, seed) => plantedSecret(kind, seed));
    expect(many.filter(({ text }) => redact(text) === text).length).toBeLessThanOrEqual(20);
  });
});
