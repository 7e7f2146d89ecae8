import { describe, expect, it } from 'vitest';
import { HOOKS_REFERENCE_URL, openExternalUrl } from './external-url.ts';

async function tryOpen(value: unknown) {
  const opened: string[] = [];
  const isOpened = await openExternalUrl(value, async (url) => {
    opened.push(url);
  });
  return { isOpened, opened };
}

describe('openExternalUrl', () => {
  it('opens an https address on a known host', async () => {
    const { isOpened, opened } = await tryOpen(HOOKS_REFERENCE_URL);
    expect(isOpened).toBe(true);
    expect(opened).toEqual([HOOKS_REFERENCE_URL]);
  });

  it.each([
    'http://code.claude.com/docs',
    'https://example.com/',
    'https://code.claude.com.example.com/',
    'https://code.claude.com:8443/',
    'https://user:pw@code.claude.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://code.claude.com/share',
    'app://ui/glance/index.html',
    'code.claude.com',
    '',
    7,
    null,
    undefined,
    { href: HOOKS_REFERENCE_URL },
    [HOOKS_REFERENCE_URL],
  ])('does not open %j', async (value) => {
    expect(await tryOpen(value)).toEqual({ isOpened: false, opened: [] });
  });

  it('lets the caller know when the browser cannot be started', async () => {
    const fail = async () => {
      throw new Error('no browser');
    };
    await expect(openExternalUrl(HOOKS_REFERENCE_URL, fail)).rejects.toThrow('no browser');
  });
});
