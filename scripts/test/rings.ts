/** The rings of tests in the order they run, and what each needs of the machine. */
import { parseArgs } from 'node:util';

/** Something a ring cannot do without. */
export type Need = 'build' | 'browser' | 'desktop' | 'electron';

/** One project of vitest.config.ts. */
export interface Ring {
  readonly name: string;
  readonly needs: readonly Need[];
  /** Seconds on two cores; more is reported, not failed. */
  readonly budgetS: number;
}

/** Cheapest first, so that a plain mistake shows before a window opens. */
export const RINGS: readonly Ring[] = [
  { name: 'unit', needs: [], budgetS: 80 },
  { name: 'property', needs: [], budgetS: 40 },
  { name: 'fuzz', needs: [], budgetS: 60 },
  { name: 'process', needs: ['build'], budgetS: 90 },
  { name: 'fault', needs: ['build'], budgetS: 60 },
  { name: 'renderer', needs: ['build', 'browser'], budgetS: 90 },
  { name: 'e2e', needs: ['build', 'desktop', 'electron'], budgetS: 150 },
  { name: 'packaged', needs: ['build', 'desktop', 'electron'], budgetS: 90 },
];

/** What was asked for on the command line. */
export interface TestRequest {
  readonly kind: 'run';
  readonly rings: readonly Ring[];
  /** Parts of test files' paths; empty means all files. */
  readonly filters: readonly string[];
}

/** Reads the arguments of `npm test`; `help` may carry what was wrong with them. */
export function parseTestArguments(
  args: readonly string[],
): TestRequest | { readonly kind: 'help'; readonly mistake?: string } {
  const names = RINGS.map(({ name }) => name);
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { only: { type: 'string' }, help: { type: 'boolean' } },
    });
    if (values.help) return { kind: 'help' };
    const only = values.only?.split(',').map((name) => name.trim());
    const unknown = only?.find((name) => !names.includes(name));
    if (unknown !== undefined) return { kind: 'help', mistake: `There is no ring "${unknown}".` };
    const rings = RINGS.filter(({ name }) => only?.includes(name) ?? true);
    return { kind: 'run', rings, filters: positionals };
  } catch (error) {
    return { kind: 'help', mistake: (error as Error).message };
  }
}
