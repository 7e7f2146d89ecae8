/** The archive as the bridge reads it: lines that count as standing in their file. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '../../../src-core/files/paths.ts';
import { archiveFolder, readSegments, type Segment } from './manifest.ts';
import { readSegment } from './segment.ts';

/** The archived lines of one stream. */
export interface ArchivedLines {
  /** Changes with what is archived. */
  readonly stamp: string;
  /** The lines without their ends. A segment that is damaged gives none: its lines are missing then. */
  read(): Generator<Buffer>;
}

/** Looks up what is archived of each stream, once for a run; null for a stream of which nothing is. */
export function openArchive(paths: Pick<Paths, 'own'>): (stream: string) => ArchivedLines | null {
  const segments = readSegments(paths);
  return (stream) => {
    const own = segments.filter((segment) => segment.stream === stream);
    if (own.length === 0) return null;
    return {
      stamp: own.map((segment) => stampOf(paths, segment)).join(' '),
      *read() {
        for (const segment of own) {
          const result = readSegment(paths, segment);
          if (result.kind === 'whole') yield* result.lines;
        }
      },
    };
  };
}

function stampOf(paths: Pick<Paths, 'own'>, { file }: Segment): string {
  const path = join(archiveFolder(paths), file);
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? `${file}:gone` : `${file}:${stat.ino}:${stat.size}:${stat.mtimeNs}`;
}
