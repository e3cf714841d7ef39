/** A seeded stream of chance (mulberry32): the same seed always tells the same story. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  int(below: number): number;
  pick<T>(from: readonly T[]): T;
  chance(share: number): boolean;
  /** Exponential around a mean, never more than six times of it. */
  around(mean: number): number;
}

export function seeded(seed: string): Random {
  let state = 2_166_136_261;
  for (const c of seed) state = Math.imul(state ^ c.codePointAt(0)!, 16_777_619);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (below) => Math.floor(next() * below),
    pick: (from) => from[Math.floor(next() * from.length)]!,
    chance: (share) => next() < share,
    around: (mean) => Math.min(-Math.log(1 - next()) * mean, mean * 6),
  };
}
