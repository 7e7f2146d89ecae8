/** Measures what a run of the drainer takes of the machine. */
import type { CostSample } from '../src-core/store/cost.ts';

/** Measures from the start of the process, or from the last time it was asked. */
export interface Meter {
  /** Notes how long entries waited until a store had them, milliseconds. */
  stored(lagsMs: readonly number[]): void;
  /** What was measured since the last call. */
  samples(): readonly CostSample[];
}

/** Starts measuring; the time in which Node started counts. */
export function createMeter(): Meter {
  let wallMs = 0;
  let cpuMs = 0;
  let lagsMs: number[] = [];
  return {
    stored: (more) => {
      lagsMs.push(...more);
    },
    samples: () => {
      const { user, system } = process.cpuUsage();
      // Its zero is the start of the process.
      const wall = performance.now();
      const cpu = (user + system) / 1000;
      const samples: CostSample[] = [
        { metric: 'wall', ms: wall - wallMs },
        { metric: 'cpu', ms: cpu - cpuMs },
        ...lagsMs.map((ms) => ({ metric: 'stored' as const, ms })),
      ];
      [wallMs, cpuMs, lagsMs] = [wall, cpu, []];
      return samples;
    },
  };
}
