/** The made-up developer's projects: what their files, commands and errors look like. */
import type { Random } from './seeded-random.ts';

/** A command and how long it takes as a rule. */
export interface ProjectCommand {
  readonly command: string;
  readonly medianMs: number;
}

/** A made-up project. */
export interface Project {
  /** Its folder's name. */
  readonly name: string;
  /** How often it is worked on, against the others. */
  readonly weight: number;
  /** Folders of its sources; names of what is in them; their ending. */
  readonly areas: readonly string[];
  readonly things: readonly string[];
  readonly ending: string;
  /** Commands that tell whether the work is right, and so fail now and then; `{file}` is a test file. */
  readonly checks: readonly ProjectCommand[];
  readonly chores: readonly ProjectCommand[];
  /** First lines of what a failing check prints. */
  readonly complaints: readonly string[];
  readonly prompts: readonly string[];
  /** Tools of an MCP server that is set up for it. */
  readonly serverTools: readonly string[];
}

const COMMON_CHORES: readonly ProjectCommand[] = [
  { command: 'git status --short', medianMs: 28 },
  { command: 'git diff --stat', medianMs: 35 },
  { command: 'git log --oneline -12', medianMs: 24 },
  { command: 'git diff HEAD~1 -- .', medianMs: 41 },
  { command: 'ls -la', medianMs: 12 },
  { command: 'gh pr checks', medianMs: 1400 },
  { command: 'gh pr view --json state,reviews', medianMs: 900 },
];

/** All projects. */
export const PROJECTS: readonly Project[] = [
  {
    name: 'harbor-api',
    weight: 34,
    areas: ['src/routes', 'src/services', 'src/db', 'src/jobs'],
    things: 'booking invoice tenant webhook rate-limit session audit-log export'.split(' '),
    ending: '.ts',
    checks: [
      { command: 'npx vitest run {file}', medianMs: 3800 },
      { command: 'npm test', medianMs: 14_500 },
      { command: 'npx tsc --noEmit', medianMs: 6200 },
      { command: 'npm run lint', medianMs: 4100 },
    ],
    chores: [
      { command: 'docker compose up -d postgres', medianMs: 2600 },
      { command: 'npm run db:migrate', medianMs: 1900 },
      { command: 'curl -s localhost:3000/health | jq .status', medianMs: 60 },
      {
        command: "PGPASSWORD=harbor psql -h localhost -U harbor -c '\\d bookings'",
        medianMs: 110,
      },
      { command: 'rg -n "TODO" src | wc -l', medianMs: 40 },
      ...COMMON_CHORES,
    ],
    complaints: [
      'FAIL  test/booking.test.ts > refuses a booking that overlaps\nAssertionError: expected 201 to be 409',
      'src/services/invoice.ts(88,7): error TS2322: Type "string | undefined" is not assignable to type "string".',
      'FAIL  test/webhook.test.ts > retries with backoff\nError: Timed out in 5000ms.',
    ],
    prompts: [
      'Overlapping bookings are accepted when they share an end time. Find out why and fix it.',
      'Add an endpoint that exports the invoices of a tenant as CSV, with tests.',
      'The webhook retries hammer the other side. Give them backoff with jitter.',
      'Move the audit log behind a queue so that requests do not wait for it.',
    ],
    serverTools: ['mcp__postgres__query', 'mcp__postgres__list_tables'],
  },
  {
    name: 'lantern-web',
    weight: 28,
    areas: ['src/features/search', 'src/features/cart', 'src/components', 'src/hooks'],
    things: 'result-list filter-panel price-tag use-debounce checkout-form toast empty-state'.split(
      ' ',
    ),
    ending: '.tsx',
    checks: [
      { command: 'pnpm vitest run {file}', medianMs: 4600 },
      { command: 'pnpm build', medianMs: 11_800 },
      { command: 'pnpm exec playwright test cart', medianMs: 27_000 },
      { command: 'pnpm exec eslint src --max-warnings 0', medianMs: 5300 },
    ],
    chores: [
      { command: 'pnpm install --frozen-lockfile', medianMs: 7400 },
      { command: 'pnpm why react-dom', medianMs: 1200 },
      { command: 'du -sh dist/assets', medianMs: 15 },
      { command: 'grep -rn "useMemo" src | head -20', medianMs: 30 },
      ...COMMON_CHORES,
    ],
    complaints: [
      "Error: expect(locator).toHaveText('3 items') failed\n  at cart.spec.ts:41:18",
      'FAIL  src/hooks/use-debounce.test.tsx > cancels when unmounted\nAssertionError: expected 1 to be +0',
      "[vite]: Rollup failed to resolve import '@/components/toast'",
    ],
    prompts: [
      'The filter panel loses its state when I go back from a product. Keep it in the URL.',
      'Make the checkout form usable with the keyboard alone.',
      'Search flickers while typing. Show the old results until the new ones are there.',
      'The bundle grew by 90 kB last week. Find out what came in.',
    ],
    serverTools: ['mcp__playwright__browser_snapshot', 'mcp__playwright__browser_click'],
  },
  {
    name: 'tidepool',
    weight: 18,
    areas: ['crates/core/src', 'crates/cli/src', 'crates/store/src'],
    things: 'segment manifest compaction cursor checksum reader writer'.split(' '),
    ending: '.rs',
    checks: [
      { command: 'cargo test -p tidepool-store', medianMs: 21_000 },
      { command: 'cargo clippy --all-targets -- -D warnings', medianMs: 9800 },
      { command: 'cargo check', medianMs: 5200 },
    ],
    chores: [
      { command: 'cargo fmt --all', medianMs: 480 },
      { command: 'cargo bench --bench append -- --quick', medianMs: 42_000 },
      { command: 'diff -u golden/manifest.txt /tmp/manifest.txt', medianMs: 14 },
      ...COMMON_CHORES,
    ],
    complaints: [
      'error[E0502]: cannot borrow `self.segments` as mutable because it is also borrowed as immutable',
      "thread 'compaction::keeps_tombstones' panicked at crates/store/src/compaction.rs:212",
      'error: this function has too many arguments (9/7)',
    ],
    prompts: [
      'Compaction drops tombstones that are still needed. Write the failing test first.',
      'Reading a manifest with 100k segments takes 4 s. Profile it and make it linear.',
      'Give the reader a checksum for each block and a clear error when it does not fit.',
    ],
    serverTools: [],
  },
  {
    name: 'field-notes',
    weight: 12,
    areas: ['notebooks', 'src/field_notes', 'tests'],
    things: 'load_stations clean_gaps plot_tides rolling_mean report'.split(' '),
    ending: '.py',
    checks: [
      { command: 'uv run pytest -q', medianMs: 6900 },
      { command: 'uv run ruff check .', medianMs: 320 },
      { command: 'uv run mypy src', medianMs: 5600 },
    ],
    chores: [
      { command: 'uv sync', medianMs: 2300 },
      { command: 'uv run python -m field_notes.report --year 2024', medianMs: 8800 },
      { command: 'head -5 data/stations.csv', medianMs: 11 },
      ...COMMON_CHORES,
    ],
    complaints: [
      "FAILED tests/test_clean_gaps.py::test_keeps_short_gaps - assert 3 == 2\nKeyError: 'station_id'",
      'src/field_notes/report.py:57: error: Incompatible return value type (got "Series", expected "float")',
      'E   ValueError: cannot reindex on an axis with duplicate labels',
    ],
    prompts: [
      'Two stations report the same hour twice after the clocks change. Clean that up.',
      'Plot the rolling mean per station and save it as SVG.',
      'The yearly report is slow. Read only the columns that it needs.',
    ],
    serverTools: [],
  },
  {
    name: 'atlas-infra',
    weight: 8,
    areas: ['modules/network', 'modules/database', 'environments/staging'],
    things: 'main variables outputs alarms'.split(' '),
    ending: '.tf',
    checks: [
      { command: 'terraform validate', medianMs: 1800 },
      { command: 'terraform plan -out=plan.bin', medianMs: 19_000 },
      { command: 'tflint --recursive', medianMs: 2700 },
    ],
    chores: [
      { command: 'terraform fmt -recursive', medianMs: 210 },
      { command: 'kubectl get pods -n staging', medianMs: 700 },
      { command: 'kubectl logs deploy/harbor-api -n staging --tail=50', medianMs: 850 },
      ...COMMON_CHORES,
    ],
    complaints: [
      'Error: Reference to undeclared input variable\n  on modules/network/main.tf line 31',
      'Error: error configuring S3 Backend: no valid credential sources found',
    ],
    prompts: [
      'Staging runs out of connections at night. Add an alarm and raise the pool limit.',
      'Split the network module so that the database can live in its own subnet.',
    ],
    serverTools: [],
  },
];

/** A source file of the project, by its path inside the project's folder. */
export function pickFile({ areas, things, ending }: Project, random: Random): string {
  return `${random.pick(areas)}/${random.pick(things)}${ending}`;
}

/** A test file of the project. */
export function pickTestFile({ things, ending }: Project, random: Random): string {
  return `test/${random.pick(things)}.test${ending}`;
}
