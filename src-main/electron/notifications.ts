/** Shows what the rules tell, and leads from a notification to the page that helps. */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import type { Logger } from '../../src-core/base/logger.ts';
import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import type { AppState } from '../views/app-state.ts';
import {
  decideNotices,
  type NoticeMemories,
  type Trouble,
  troublesIn,
} from './notification-rules.ts';

/** As much of Electron's `Notification` as is used. */
export interface Notice {
  on(event: 'click', listener: () => void): unknown;
  show(): void;
}

/** What notifying needs. */
export interface NotificationsOptions {
  /** Makes a notification; null where the system shows none. */
  readonly make: ((text: { title: string; body: string }) => Notice) | null;
  readonly open: (page: DashboardPage) => void;
  /** Where it is kept what was told, so that a start of the app does not tell it again. */
  readonly file: string;
  readonly log: Logger;
}

const memory = v.object({
  sinceAt: v.nullable(v.number()),
  clearedAt: v.nullable(v.number()),
  toldAt: v.nullable(v.number()),
  isTold: v.boolean(),
});
const Memories = v.partial(
  v.object({ capture: memory, drift: memory, purge: memory, disk: memory }),
);

const FROM = 'notifications';

/** Takes each new state of the app. */
export function createNotifications(options: NotificationsOptions): (state: AppState) => void {
  const { make, open, file, log } = options;
  let memories: NoticeMemories = readMemories(file);
  // A notification that nothing holds is collected, and its click goes nowhere.
  const shown = new Map<Trouble['kind'], Notice>();
  const tell = ({ kind, title, body, page }: Trouble): void => {
    const notice = make?.({ title, body });
    if (notice === undefined) return;
    shown.set(kind, notice);
    notice.on('click', () => {
      shown.delete(kind);
      open(page);
    });
    notice.show();
  };
  return ({ health, freeBytes, settings, now }) => {
    const wasLow = memories.disk?.sinceAt != null;
    const troubles =
      health.state === 'not-installed' ? [] : troublesIn(health.findings, { freeBytes, wasLow });
    const enabled = settings.notifications;
    const { tell: due, after } = decideNotices(memories, troubles, { now, enabled });
    const isNews = JSON.stringify(after) !== JSON.stringify(memories);
    memories = after;
    if (isNews) keepMemories(file, after, log);
    due.forEach(tell);
  };
}

function readMemories(file: string): NoticeMemories {
  try {
    const result = v.safeParse(Memories, JSON.parse(readFileSync(file, 'utf8')));
    return result.success ? (result.output as NoticeMemories) : {};
  } catch {
    // Nothing was told yet, or the file is damaged: the worst is a second telling.
    return {};
  }
}

function keepMemories(file: string, memories: NoticeMemories, log: Logger): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${JSON.stringify(memories)}\n`, { mode: 0o600, fsync: false });
  } catch (error) {
    log.warn(FROM, 'what was told cannot be kept', error);
  }
}
