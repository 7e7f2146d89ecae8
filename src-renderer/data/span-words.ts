import type { TimeSpan } from '../../src-core/contract/work.ts';
import type { Format } from './format.ts';

/** A stretch in words: "26 Oct – 24 Nov, 14:45", and within one day "24 Nov, 00:00 – 14:45". */
export function spanWords({ fromAt, toAt }: TimeSpan, format: Format): string {
  const last = toAt - 1;
  const [from, to] = [format.day(fromAt, last), format.day(last, last)];
  const time = format.clock(last);
  return from === to ? `${to}, ${format.clock(fromAt)} – ${time}` : `${from} – ${to}, ${time}`;
}
