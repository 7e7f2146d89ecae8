/** Takes one sample; returns its value. */
export type Sampler = () => number | Promise<number>;

/**
 * Takes samples of several things in turn, so that whatever disturbs the machine disturbs all of
 * them, each round beginning with another one. The first round only warms up and is not counted.
 */
export async function interleave<Name extends string>(
  rounds: number,
  samplers: Readonly<Record<Name, Sampler>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(samplers) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  for (let round = 0; round <= rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length] as Name;
      const value = await samplers[name]();
      if (round > 0) samples[name].push(value);
    }
  }
  return samples;
}
