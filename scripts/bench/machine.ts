import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

/** The machine on which a run was made: without it a figure says nothing. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
}

/** Reads what this machine is. */
export function readMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()} ${process.arch}`,
    node: process.version,
  };
}

/** The machine in one line. */
export function describeMachine({ processor, cores, memoryGb, system, node }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}`;
}

/** How many programs wanted to run in the last minute, on the average. */
export function readLoad(): number {
  return loadavg()[0] ?? 0;
}
