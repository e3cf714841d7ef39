/** The same draws for the same seed, on every machine. */
export interface Chance {
  next(): number;
  yes(share: number): boolean;
  whole(below: number): number;
  one<T>(of: readonly T[]): T;
  /** A value whose share of smaller ones is given at some points, rising; between two points it is even over the logarithm. */
  along(points: readonly (readonly [value: number, share: number])[]): number;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    yes: (share) => next() < share,
    whole: (below) => Math.floor(next() * below),
    one: (of) => of[Math.floor(next() * of.length)]!,
    along(points) {
      const u = next();
      const i = Math.max(
        1,
        points.findIndex(([, share]) => share >= u),
      );
      const [from, low] = points[i - 1]!;
      const [to, high] = points[i]!;
      return from * (to / from) ** ((u - low) / (high - low));
    },
  };
}
