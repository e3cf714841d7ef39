/** How another system tells how well somebody knows something: NiCE from 1, the best, to 20; Genesys by 0 to 5 stars. */
export interface SkillScale {
  readonly best: number;
  readonly worst: number;
}

/**
 * A level of ours, 0 to 100 and higher is better, from a value on another scale: the only place where a scale is turned round. The worst of a
 * scale that does not begin with 0 still is something. Null when the value is not on the scale.
 */
export function levelFrom(value: number, { best, worst }: SkillScale): number | null {
  if (best === worst || value < Math.min(best, worst) || value > Math.max(best, worst)) return null;
  const nothing = worst === 0 ? 0 : 1;
  return Math.round((100 * (Math.abs(value - worst) + nothing)) / (Math.abs(best - worst) + nothing));
}
