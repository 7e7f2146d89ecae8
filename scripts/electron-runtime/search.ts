import type { RuntimeSearch } from './runtime.ts';

/** One way to a runtime; nothing means "not here, try the next". */
export type Probe = () => Promise<RuntimeSearch | undefined>;

/** The ways in the order they are tried. */
export interface Probes {
  readonly override: Probe;
  readonly installed: Probe;
  readonly download: Probe;
  readonly fallback: () => Promise<RuntimeSearch>;
}

/**
 * Asks one probe after the other and takes the first answer. An override that is set but unusable
 * is an answer too: silently using another binary than the one asked for would mislead.
 */
export async function searchRuntime(probes: Probes): Promise<RuntimeSearch> {
  for (const probe of [probes.override, probes.installed, probes.download]) {
    const answer = await probe();
    if (answer) return answer;
  }
  return probes.fallback();
}
