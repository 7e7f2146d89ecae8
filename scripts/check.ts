/**
 * `npm run check`: format, lint, direct imports, types, reachable imports, dead code, then the unit
 * and property tests. Stops at the first step that fails.
 */
import { spawnSync } from 'node:child_process';
import { countModules } from './check/boundaries.ts';

/** Fewer modules than this mean that the cruiser did not see the sources, and a silent green. */
const FEWEST_MODULES = 100;

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** A closer look at what the step printed; a sentence when it is not good. */
  readonly judge?: (output: string) => string | null;
}

const STEPS: readonly Step[] = [
  { name: 'format, lint, imports', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'types, node', command: ['tsc', '-p', 'tsconfig.node.json'] },
  { name: 'types, pages', command: ['tsc', '-p', 'tsconfig.web.json'] },
  {
    name: 'reachable imports',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
      'src-core',
      'src-hook',
      'src-main',
      'src-renderer',
    ],
    judge: (output) => {
      const modules = countModules(output);
      return modules >= FEWEST_MODULES
        ? null
        : `only ${modules} modules were seen; the check is blind`;
    },
  },
  { name: 'dead code', command: ['knip'] },
  {
    name: 'unit and property tests',
    command: ['vitest', 'run', '--project', 'unit', '--project', 'property'],
  },
];

for (const { name, command, judge } of STEPS) {
  const startedAt = Date.now();
  const [program = '', ...args] = command;
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', program, ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const problem = status === 0 ? (judge?.(stdout) ?? null) : `${stdout}\n${stderr}`;
  console.log(
    `${problem === null ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`,
  );
  if (problem !== null) {
    console.error(describe(program, problem));
    process.exit(1);
  }
}

/** The cruiser's report is JSON for the count; a person reads its violations. */
function describe(program: string, problem: string): string {
  if (program !== 'depcruise' || !problem.trimStart().startsWith('{')) return problem;
  const { summary } = JSON.parse(problem) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`).join('\n');
}
