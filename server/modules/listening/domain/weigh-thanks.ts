import { ADVANCE, ELSEWHERE, MOCKERY, NAMED, OWED, QUOTED, SARCASM } from "./gratitude-words.ts";
import type { Label } from "./label.ts";
import { mockery } from "./mockery.ts";
import { found } from "./phrases.ts";
import type { Sentiment } from "./sentiment.ts";
import { THANKS_WEIGHTS } from "./thanks-weights.ts";
import type { Tokens } from "./tokens.ts";
import { CUES, type Cues, thanksCues } from "./told-by-words/thanks-cues.ts";

/** What the models say of a post: how likely thanks and mockery are, how glad or sad it is. All 0..1. */
interface ModelsSay {
  readonly thanks: number;
  readonly mock: number;
  readonly glad: number;
  readonly sad: number;
}

/** How likely a post gives genuine thanks or mocks; the rest is neither. */
export interface Stand {
  readonly thanks: number;
  readonly mock: number;
  readonly cues: Cues;
}

const PHRASES = { SARCASM, ADVANCE, ELSEWHERE, NAMED, QUOTED, OWED, MOCKERY } as const;
/** All that is weighed, by name, in the order of `thanksFacts`. */
export const FACTS: readonly string[] = [
  ...["model thanks", "model mock", "glad", "sad"],
  ...Object.keys(PHRASES).map((name) => `says ${name}`),
  "says praise before woe",
  ...CUES,
];

export function saysOf(thanks: number, mock: number, { value, score }: Label<Sentiment>): ModelsSay {
  return { thanks, mock, glad: value === "positive" ? score : 0, sad: value === "negative" ? score : 0 };
}

/** Log odds of a likelihood, bounded, so that no model outweighs all else. */
const odds = (p: number): number => Math.max(-4, Math.min(4, logOdds(p))) / 4;
const logOdds = (p: number): number => Math.log((p + 1e-4) / (1 - p + 1e-4));

export function thanksFacts(post: Tokens, says: ModelsSay): { values: number[]; cues: Cues } {
  const cues = thanksCues(post);
  const values = [
    ...[odds(says.thanks), odds(says.mock), says.glad, says.sad],
    ...Object.values(PHRASES).map((pattern) => (found(post.text, pattern, 1, 1).length > 0 ? 1 : 0)),
    mockery(post.text).length > 0 ? 1 : 0,
    ...cues.values,
  ];
  return { values, cues };
}

/** What marks have taught a model about a post: by how much its log odds moved; bounded. */
export const taught = (before: number, now: number): number =>
  before === now ? 0 : Math.max(-6, Math.min(6, logOdds(now) - logOdds(before)));

/**
 * Thanks, mockery or neither, by the words of the post and what the models say of it; weights learnt by `tools/train/weigh-thanks.ts`.
 * `taughtOdds`: what an account's own marks say counts in full.
 */
export function weighThanks(post: Tokens, says: ModelsSay, taughtOdds = 0): Stand {
  const { values, cues } = thanksFacts(post, says);
  let [thanks, mock] = THANKS_WEIGHTS.start;
  thanks += taughtOdds;
  for (const [n, value] of values.entries()) {
    if (value === 0) continue;
    const [a, b] = THANKS_WEIGHTS.of[n] as readonly [number, number];
    thanks += value * a;
    mock += value * b;
  }
  const [a, b] = [Math.exp(thanks), Math.exp(mock)];
  return { thanks: a / (1 + a + b), mock: b / (1 + a + b), cues };
}
