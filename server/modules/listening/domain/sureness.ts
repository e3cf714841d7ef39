/**
 * How sure a label is, out of a score that only orders: Platt's form (Advances in Large Margin Classifiers, 1999), fitted on posts of ours that were looked
 * at (`signals/blind_dev`, `gratitude/blind_dev` of bench/judge) and kept a little below them, as live posts do worse. It changes no decision.
 */
const sureness =
  ({ slope, level }: { slope: number; level: number }) =>
  (score: number): number => {
    const p = Math.min(1 - 1e-6, Math.max(1e-6, score));
    return 1 / (1 + Math.exp(-(slope * Math.log(p / (1 - p)) + level)));
  };

/** Signals are said from low scores on, where they are right more often than the score says. */
export const sureOfSignal = sureness({ slope: 0.8, level: 1.5 });
/** Thanks and mockery, said from .4 on. */
export const sureOfThanks = sureness({ slope: 1, level: 0.9 });
