/** The one way out of the app into a browser. */

/** Hosts that our own texts link to; a link to any other host is not opened. */
const HOSTS: readonly string[] = ['code.claude.com', 'docs.claude.com', 'docs.anthropic.com'];

/** Documentation of the hooks that the app records. */
export const HOOKS_REFERENCE_URL = 'https://code.claude.com/docs/en/hooks';

/**
 * Opens an https address on a known host in the user's browser through `open`; resolves false for
 * everything else without calling it.
 */
export async function openExternalUrl(
  value: unknown,
  open: (url: string) => Promise<void>,
): Promise<boolean> {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const url = new URL(value);
  const isSafe =
    url.protocol === 'https:' &&
    HOSTS.includes(url.host) &&
    url.username === '' &&
    url.password === '';
  if (!isSafe) return false;
  // The parsed form is opened, so that the browser cannot read the text in another way than we did.
  await open(url.href);
  return true;
}
