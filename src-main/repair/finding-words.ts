/** What each finding is called, how bad it is, in which words it is told, and what mends it. */
import type { RepairFinding, RepairPart } from '../../src-core/contract/repair.ts';

interface Words {
  readonly severity: RepairFinding['severity'];
  say(count: number): string;
  readonly part: RepairPart | null;
  readonly advice: string | null;
}

const many = (count: number, what: string, more = 's'): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : more}`;
const isAre = (count: number): string => (count === 1 ? 'is' : 'are');

function mended(
  part: RepairPart,
  severity: RepairFinding['severity'],
  say: (count: number) => string,
): Words {
  return { severity, say, part, advice: null };
}

function told(
  severity: RepairFinding['severity'],
  advice: string,
  say: (count: number) => string,
): Words {
  return { severity, say, part: null, advice };
}

/** All findings by their codes. Codes are part of the output: never rename one. */
export const WORDS = {
  'database-missing': mended(
    'database',
    'damage',
    () => 'There is no database, though there are lines.',
  ),
  'database-damaged': mended('database', 'damage', () => 'SQLite finds the database damaged.'),
  'database-partly-damaged': mended(
    'database',
    'damage',
    () => 'Tables of other programs in the database are damaged; recording goes on.',
  ),
  'database-unreachable': told(
    'damage',
    'Free the lock, make room, or bring the disk back; then look again.',
    () => 'The database cannot be read at the moment.',
  ),
  'database-newer': told(
    'attention',
    'Update Hookline.',
    () => 'A later version of Hookline wrote the database.',
  ),
  schema: mended(
    'database',
    'damage',
    (count) =>
      `${many(count, 'table, index or trigger', '')} of ours ${isAre(count)} missing in the database.`,
  ),
  'rows-damaged': mended(
    'rows',
    'damage',
    (count) => `${many(count, 'row')} in the database ${isAre(count)} not what was written.`,
  ),
  'rows-misjudged': mended(
    'rows',
    'attention',
    (count) =>
      `${many(count, 'row')} expect${count === 1 ? 's' : ''} other lines than the event has.`,
  ),
  'lines-damaged': mended(
    'lines',
    'damage',
    (count) => `${many(count, 'line')} cannot be read, or ${isAre(count)} not what was written.`,
  ),
  'lines-misplaced': mended(
    'lines',
    'damage',
    (count) => `${many(count, 'line')} of ours stand${count === 1 ? 's' : ''} in the wrong file.`,
  ),
  'line-torn': mended(
    'lines',
    'attention',
    (count) => `${many(count, 'file')} end${count === 1 ? 's' : ''} in the middle of a line.`,
  ),
  'lines-repeated': mended(
    'duplicates',
    'attention',
    (count) => `${many(count, 'line')} of ours stand${count === 1 ? 's' : ''} there twice.`,
  ),
  'lines-missing': mended(
    'drift',
    'attention',
    (count) => `${many(count, 'line')} ${isAre(count)} missing in JSONL; the database knows them.`,
  ),
  'rows-missing': mended(
    'drift',
    'attention',
    (count) => `${many(count, 'event')} ${isAre(count)} missing in the database; JSONL knows them.`,
  ),
  'amendments-missing': mended(
    'drift',
    'attention',
    (count) => `${many(count, 'amendment')} ${isAre(count)} in one store only.`,
  ),
  'spool-waiting': mended(
    'drift',
    'attention',
    (count) => `${many(count, 'captured event')} wait${count === 1 ? 's' : ''} in the spool.`,
  ),
  'file-unreadable': told(
    'damage',
    'Something else stands in the place of the file, or the disk does not answer: move it away.',
    (count) => `${many(count, 'file')} cannot be read.`,
  ),
  permissions: mended(
    'permissions',
    'attention',
    (count) =>
      `${many(count, 'file')} ${count === 1 ? 'has' : 'have'} a mode that stops us or lets others read.`,
  ),
  'statistics-damaged': mended(
    'statistics',
    'attention',
    (count) =>
      `${many(count, 'statistics file')} ${isAre(count)} missing, invalid or written over.`,
  ),
  'rollups-wrong': mended(
    'statistics',
    'attention',
    (count) => `${many(count, 'kept sum')} differ${count === 1 ? 's' : ''} from the events.`,
  ),
  'transcripts-waiting': mended(
    'transcripts',
    'attention',
    (count) => `${many(count, 'tool call')} ${isAre(count)} in transcripts alone.`,
  ),
  'repair-broken-off': mended(
    'lines',
    'attention',
    () => 'A repair was broken off; another one completes it.',
  ),
  'events-lost': told(
    'note',
    'No witness holds them any more. An older backup of yours may.',
    (count) => `Of ${many(count, 'event')} only a trace is left.`,
  ),
  'hooks-missing': told(
    'attention',
    'hookline install',
    () => 'settings.json no longer names the hook; nothing new is captured.',
  ),
  'hooks-disabled': told(
    'attention',
    'Remove "disableAllHooks" from settings.json.',
    () => 'Claude Code runs no hooks.',
  ),
  'settings-invalid': told(
    'note',
    'Mend data/hookline/settings.json; the default is used meanwhile.',
    (count) => `${many(count, 'setting')} ${isAre(count)} not usable.`,
  ),
  'disk-full': told(
    'damage',
    'Make room: a repair first copies what it changes.',
    () => 'The disk has too little room for a repair.',
  ),
} as const satisfies Readonly<Record<string, Words>>;

/** The stable name of a finding. */
export type FindingCode = keyof typeof WORDS;
