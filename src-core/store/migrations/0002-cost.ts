/**
 * What capture costs: histograms of a quarter of an hour. A row is one bin of one metric; `total_ms`
 * and `max_ms` keep sums and maxima exact although the single measurements are gone.
 */
export const cost = {
  version: 2,
  name: 'cost',
  sql: `
    CREATE TABLE hookline_cost (
      quarter_ms INTEGER NOT NULL,
      metric TEXT NOT NULL,
      bin INTEGER NOT NULL,
      samples INTEGER NOT NULL,
      total_ms REAL NOT NULL,
      max_ms REAL NOT NULL,
      PRIMARY KEY (quarter_ms, metric, bin)
    ) WITHOUT ROWID;
  `,
} as const;
