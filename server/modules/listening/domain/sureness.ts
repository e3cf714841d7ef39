import { SURENESS } from "./sureness-weights.ts";

/**
 * How sure a label is, out of scores that only order: a logistic curve over few facts (Platt, Advances in Large Margin Classifiers, 1999), learnt by
 * `tools/train/weigh-sureness.ts` on posts of ours that no rule and no model was made beside. What an account's own marks taught is left as it is.
 */
export type Sureness = Readonly<Record<keyof typeof FACTS, { start: number; of: readonly number[] }>>;

/** Odds of a share in natural logarithms; beyond one in a thousand scores tell nothing more. */
const odds = (share: number): number => {
  const p = Math.min(0.999, Math.max(0.001, share));
  return Math.log(p / (1 - p));
};
const is = (yes: boolean): number => (yes ? 1 : 0);

/** What each label's sureness goes by. */
export const FACTS = {
  noise: (score: number, value: string) => [
    value === "noise" ? odds(score) : 0,
    value === "signal" ? odds(score) : 0,
    is(value === "noise"),
  ],
  intent: (score: number) => [odds(score)],
  sentiment: (score: number, value: string) => [odds(score), is(value === "negative"), is(value === "positive")],
  /** `anger`: how sure it is that the post is negative. Few tell of a danger with pleasure. */
  risk: ({ learnt, by }: { learnt: number; by: string }, anger: number) => [odds(learnt), is(by === "model"), anger],
  signal: (learnt: number, framed: boolean) => [odds(learnt), is(framed)],
  kind: (score: number, value: string) => [odds(score), is(value === "hearsay")],
} as const;

/** 0 to 1: what the facts come to. */
export function sureness(of: keyof typeof FACTS, facts: readonly number[], weights: Sureness = SURENESS): number {
  const { start, of: each } = weights[of];
  return 1 / (1 + Math.exp(-facts.reduce((sum, fact, i) => sum + fact * each[i]!, start)));
}

/** Thanks and mockery, said from .4 on; fitted on `gratitude/blind_dev` of bench/judge, which was looked at, and kept below it, as live posts do worse. */
export const sureOfThanks = (score: number): number => 1 / (1 + Math.exp(-(odds(score) + 0.7)));
