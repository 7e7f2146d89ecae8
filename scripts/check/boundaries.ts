/** Reads the report of the import check. */

/** How many modules of ours the report covers; 0 for a report that is none. */
export function countModules(report: string): number {
  try {
    const { modules } = JSON.parse(report) as { modules?: { source?: unknown }[] };
    return (modules ?? []).filter(({ source }) => String(source).startsWith('src-')).length;
  } catch {
    return 0;
  }
}
