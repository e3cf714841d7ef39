/** Of less than this no share and no change is told: "too few posts". */
export const FEW = 20;

export interface Share {
  share: number;
  low: number;
  high: number;
}

/** A share with the interval in which it lies 95 times of 100 (Wilson); null: too few. */
export function shareOf(part: number, whole: number, few: number = FEW): Share | null {
  if (whole < few || part > whole) return null;
  const z = 1.96;
  const p = part / whole;
  const under = 1 + (z * z) / whole;
  const middle = (p + (z * z) / (2 * whole)) / under;
  const half = (z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole))) / under;
  return { share: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * How many times as many posts as in the time before, with the interval of 95 times of 100 (of the ratio of two counts, by its
 * logarithm); null: too few on one side. `sure`: the interval does not hold "as many".
 */
export function changeOf(
  now: number,
  before: number,
): { times: number; low: number; high: number; sure: boolean } | null {
  if (now < FEW || before < FEW) return null;
  const times = now / before;
  const half = 1.96 * Math.sqrt(1 / now + 1 / before);
  const [low, high] = [times * Math.exp(-half), times * Math.exp(half)];
  return { times, low, high, sure: low > 1 || high < 1 };
}
