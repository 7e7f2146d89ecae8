/** The research log: papers and repositories that came up in searches and fetches, each once. */
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';

/** A paper or repository. Times are epoch milliseconds. */
export interface LoggedLink {
  readonly id: string;
  readonly kind: 'paper' | 'repository';
  readonly url: string;
  readonly firstAt: number;
  readonly lastAt: number;
  /** How many searches and fetches brought it up. */
  readonly fetches: number;
  readonly searches: number;
  /** Folders of the projects in which it came up. */
  readonly projects: readonly string[];
}

/** The log, what came up last first. */
export function readResearchLog(db: ReadableDb, limit: number): readonly LoggedLink[] {
  const rows = db
    .prepare(
      `SELECT link_id, min(kind) AS kind, min(url) AS url,
         min(at_ms) AS first_at, max(at_ms) AS last_at,
         sum(via = 'fetch') AS fetches, sum(via = 'search') AS searches
       FROM hookline_link GROUP BY link_id ORDER BY last_at DESC, link_id LIMIT ?`,
    )
    .all(limit) as Row[];
  const projects = db.prepare(
    `SELECT DISTINCT project FROM hookline_link
     WHERE link_id = ? AND project IS NOT NULL ORDER BY project`,
  );
  return rows.map((row) => ({
    id: String(row.link_id),
    kind: row.kind as LoggedLink['kind'],
    url: String(row.url),
    firstAt: Number(row.first_at),
    lastAt: Number(row.last_at),
    fetches: Number(row.fetches),
    searches: Number(row.searches),
    projects: (projects.all(String(row.link_id)) as Row[]).map(({ project }) => String(project)),
  }));
}
