import { describe, expect, it } from 'vitest';
import type { RuntimeSearch, RuntimeSource } from './runtime.ts';
import { type Probes, searchRuntime } from './search.ts';

const found = (source: RuntimeSource): RuntimeSearch => ({
  kind: 'found',
  runtime: { source, folder: '/e', executable: '/e/electron', version: '1', environment: {} },
});

/** Probes that find only what is named, and note the order in which they were asked. */
function probes(available: readonly RuntimeSource[], asked: string[] = []): Probes {
  const probe = (source: RuntimeSource) => async () => {
    asked.push(source);
    return available.includes(source) ? found(source) : undefined;
  };
  const fallback = async (): Promise<RuntimeSearch> => {
    asked.push('fallback');
    return available.includes('fallback')
      ? found('fallback')
      : { kind: 'missing', reason: 'nothing here' };
  };
  return {
    override: probe('override'),
    installed: probe('installed'),
    download: probe('downloaded'),
    fallback,
  };
}

describe('searchRuntime', () => {
  it.each([
    [['override', 'installed', 'downloaded', 'fallback'], 'override'],
    [['installed', 'downloaded', 'fallback'], 'installed'],
    [['downloaded', 'fallback'], 'downloaded'],
    [['fallback'], 'fallback'],
  ] as const)('of %j takes %s', async (available, expected) => {
    expect(await searchRuntime(probes(available))).toEqual(found(expected));
  });

  it('downloads nothing once it has found one', async () => {
    const asked: string[] = [];
    await searchRuntime(probes(['installed'], asked));
    expect(asked).toEqual(['override', 'installed']);
  });

  it('gives the last way’s reason when there is none', async () => {
    expect(await searchRuntime(probes([]))).toEqual({ kind: 'missing', reason: 'nothing here' });
  });

  it('does not replace an unusable override by another runtime', async () => {
    const broken: RuntimeSearch = { kind: 'missing', reason: 'no Electron in it' };
    const all = probes(['installed', 'fallback']);
    expect(await searchRuntime({ ...all, override: async () => broken })).toBe(broken);
  });
});
