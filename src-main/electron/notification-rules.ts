/**
 * When something is worth a notification, as a pure rule: it must have lasted, it is told once, and
 * it is told again only after it was mended for a while and some hours have passed.
 */

import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import type { NoticeKind } from '../../src-core/contract/settings.ts';
import type { Finding } from '../../src-core/contract/views.ts';
import { noticeTexts } from './texts.ts';

/** One thing that is wrong, and the page that helps. */
export interface Trouble {
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  readonly page: DashboardPage;
}

/** What is known of a kind of trouble; `null` times are of what has not happened. */
export interface NoticeMemory {
  /** Since when it has been there without a break. */
  readonly sinceAt: number | null;
  /** Since when it has not been there. */
  readonly clearedAt: number | null;
  readonly toldAt: number | null;
  /** It was told and has not been mended since. */
  readonly isTold: boolean;
}

/** What is known of all kinds. */
export type NoticeMemories = Readonly<Partial<Record<NoticeKind, NoticeMemory>>>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long a trouble must have lasted: what mends itself by then was none. */
const LASTS_MS: Readonly<Record<NoticeKind, number>> = {
  capture: 2 * MINUTE,
  drift: 15 * MINUTE,
  purge: 0,
  disk: 0,
};
/** A trouble that comes and goes is one trouble. */
const MENDED_MS = 30 * MINUTE;
/** At most one notification of a kind in this time. */
const APART_MS = 6 * HOUR;

const NEVER: NoticeMemory = { sinceAt: null, clearedAt: null, toldAt: null, isTold: false };

/** Below this much room on its disk the record is in danger; above the other it is not any more. */
export const DISK_LOW_BYTES = 500_000_000;
const DISK_ENOUGH_BYTES = 1_000_000_000;

const CAPTURE_CODES: ReadonlySet<string> = new Set([
  'hooks-missing',
  'hooks-disabled',
  'hooks-changed',
  'hooks-silent',
  'store-unreachable',
  'gap',
]);

/** What is wrong now, at most one trouble of each kind. */
export function troublesIn(
  findings: readonly Finding[],
  disk: { readonly freeBytes: number | null; readonly wasLow: boolean },
): Trouble[] {
  const urgent = (finding: Finding): boolean => finding.severity === 'attention';
  const found: (Trouble | null)[] = [
    ofFinding(
      'capture',
      findings.find((each) => urgent(each) && CAPTURE_CODES.has(each.code)),
    ),
    ofFinding(
      'drift',
      findings.find(({ code }) => code === 'drift'),
    ),
    ofFinding(
      'purge',
      findings.find(({ code }) => code === 'purge'),
    ),
    lowDisk(disk),
  ];
  return found.filter((trouble) => trouble !== null);
}

function ofFinding(kind: NoticeKind, finding: Finding | undefined): Trouble | null {
  if (finding === undefined) return null;
  const page = finding.action === 'install' ? 'install' : 'health';
  return { kind, title: finding.title, body: finding.detail, page };
}

function lowDisk({ freeBytes, wasLow }: { freeBytes: number | null; wasLow: boolean }) {
  const limit = wasLow ? DISK_ENOUGH_BYTES : DISK_LOW_BYTES;
  if (freeBytes === null || freeBytes >= limit) return null;
  const megabytes = Math.round(freeBytes / 1_000_000);
  return { ...noticeTexts.disk(megabytes), kind: 'disk', page: 'health' } as const;
}

/** What is to be told now, and what is known afterwards; kinds that are switched off stay silent. */
export function decideNotices(
  before: NoticeMemories,
  troubles: readonly Trouble[],
  { now, enabled }: { readonly now: number; readonly enabled: readonly NoticeKind[] },
): { readonly tell: readonly Trouble[]; readonly after: NoticeMemories } {
  const tell: Trouble[] = [];
  const after: Partial<Record<NoticeKind, NoticeMemory>> = {};
  for (const kind of Object.keys(LASTS_MS) as NoticeKind[]) {
    const known = before[kind] ?? NEVER;
    const trouble = troubles.find((each) => each.kind === kind);
    const next = trouble === undefined ? calm(known, now) : troubled(known, now);
    after[kind] = next;
    if (trouble === undefined || !enabled.includes(kind) || !isDue(kind, next, now)) continue;
    tell.push(trouble);
    after[kind] = { ...next, toldAt: now, isTold: true };
  }
  return { tell, after };
}

function troubled(known: NoticeMemory, now: number): NoticeMemory {
  return { ...known, sinceAt: known.sinceAt ?? now, clearedAt: null };
}

function calm(known: NoticeMemory, now: number): NoticeMemory {
  if (known.sinceAt === null && known.clearedAt === null) return known;
  const clearedAt = known.clearedAt ?? now;
  const isMended = now - clearedAt >= MENDED_MS;
  return { ...known, sinceAt: null, clearedAt, isTold: known.isTold && !isMended };
}

function isDue(kind: NoticeKind, { sinceAt, toldAt, isTold }: NoticeMemory, now: number): boolean {
  if (isTold || sinceAt === null || now - sinceAt < LASTS_MS[kind]) return false;
  return toldAt === null || now - toldAt >= APART_MS;
}
