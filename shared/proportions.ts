/** A share with its 95 % interval; `of` 0: nothing is known, so anything is possible. */
export type Share = { share: number | null; low: number; high: number; hits: number; of: number };

/** 97.5 % point of the normal distribution. */
export const Z95 = 1.959963984540054;

/**
 * Wilson's score interval (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927): keeps its
 * promise for few cases and for shares near 0 and 1, where the usual one is too narrow. `of` may be a fraction (an effective number).
 */
export function wilson(share: number, of: number, z = Z95): { low: number; high: number } {
  if (!(of > 0)) return { low: 0, high: 1 };
  const zz = z * z;
  const middle = share + zz / (2 * of);
  const half = z * Math.sqrt((share * (1 - share) + zz / (4 * of)) / of);
  return {
    low: share <= 0 ? 0 : Math.max(0, (middle - half) / (1 + zz / of)),
    high: share >= 1 ? 1 : Math.min(1, (middle + half) / (1 + zz / of)),
  };
}

export function shareOf(hits: number, of: number): Share {
  return { share: of > 0 ? hits / of : null, ...wilson(of > 0 ? hits / of : 0, of), hits, of };
}
