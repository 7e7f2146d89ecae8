/** Makes a diagnosis fit for a bug report: without secrets, and without the name of the account. */
import { keylessRedactor } from '../../src-core/event/redact.ts';

/** The value with each text in it redacted and the home folder written as `~`. */
export function shareable<T>(value: T, home: string): T {
  if (typeof value === 'string') return shareableText(value, home) as T;
  if (Array.isArray(value)) return value.map((item) => shareable(item, home)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, shareable(member, home)]);
  return Object.fromEntries(members) as T;
}

function shareableText(text: string, home: string): string {
  // First the home: what is redacted could be a part of its path.
  const short = home === '/' || home === '' ? text : withoutHome(text, home);
  return keylessRedactor.redact(short);
}

/** Only whole folders: `/home/ann` is no part of `/home/anna`. */
function withoutHome(text: string, home: string): string {
  const pattern = home.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replaceAll(new RegExp(`${pattern}(?=$|[^\\w.-])`, 'g'), '~');
}
