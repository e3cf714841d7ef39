import type { Label, Word } from "./label.ts";
import { strongest } from "./label.ts";
import { type LinearModel, reasons, score } from "./linear-model.ts";
import { found, phrases } from "./phrases.ts";
import type { Read } from "./sentiment.ts";
import type { Tokens } from "./tokens.ts";

/** `repost`: the words of others passed on. `copy`: one of many nearly the same posts. `coincidence`: our name in another meaning. */
export const NOISE_KINDS = [
  "spam",
  "promo",
  "job",
  "giveaway",
  "crypto",
  "bot",
  "repost",
  "copy",
  "coincidence",
  "empty",
] as const;
export type NoiseKind = (typeof NOISE_KINDS)[number];
export type Noise = Label<"noise" | "signal"> & { kind?: NoiseKind };

export type NoiseInput = {
  kind: string;
  visibility: "public" | "private";
  author: { handle: string; followers?: number; isBot?: boolean };
};

type Rule = { kind: NoiseKind; weight: number; pattern: RegExp };

/** Shapes that carry noise whatever it is about. Weights are odds in natural logarithms, added to the model's. */
const RULES: readonly Rule[] = [
  { kind: "repost", weight: 6, pattern: /^\s*RT\s+@[\p{L}\p{N}_.]+\s*:?/giu },
  {
    kind: "giveaway",
    weight: 2.5,
    pattern: phrases(
      "(?:like|follow|rt|retweet|share|repost)(?:,? (?:and|&|\\+) | ?[,+&] ?)(?:follow|rt|retweet|share|tag|repost|comment)",
      "tag (?:\\d|two|three|your) (?:friends|mates)",
      "chance to win",
      "giveaway*",
      "gewinnspiel*",
      "sorteo*",
      "concours gratuit",
    ),
  },
  {
    kind: "crypto",
    weight: 2.5,
    pattern: phrases(
      "airdrop*",
      "presale",
      "\\d+x gains?",
      "pump (?:signal|group)s?",
      "guaranteed (?:profit|return)s?",
      "seed phrase",
      "double your (?:btc|bitcoin|crypto|money|investment)",
    ),
  },
  {
    kind: "job",
    weight: 2,
    pattern: phrases(
      "we're hiring",
      "we are hiring",
      "now hiring",
      "apply (?:now|today|here)",
      "wir suchen (?:dich|verst[äa]rkung)",
      "on recrute",
      "estamos contratando",
    ),
  },
  {
    kind: "promo",
    weight: 1.5,
    pattern: phrases(
      "use (?:my )?(?:code|promo code|referral)",
      "promo code",
      "\\d+ ?% off",
      "referral (?:code|link)",
      "link in (?:my )?bio",
      "shop now",
      "order now",
      "jetzt bestellen",
      "rabattcode",
      "code promo",
    ),
  },
  {
    kind: "spam",
    weight: 2,
    pattern: phrases(
      "(?:whats?app|telegram|dm) (?:me|us|him|her) (?:on|at|for|now)",
      "check (?:out )?my (?:profile|page|channel|bio)",
      "earn \\$?\\d+",
      "work from home and earn",
      "recover(?:ed|s)? (?:your|my) (?:lost )?(?:account|funds|money|crypto)",
      "followers? for (?:sale|cheap)",
    ),
  },
];
const BOT_LINE =
  /^(?:\s*\[?(?:auto(?:matic|mated)?|bot)\b[\]:]|.{0,40}\b(?:beep boop|i am a bot|this action was performed automatically)\b)/iu;

/** Whether a post is noise for a service desk, of which kind, and why. Private messages are never noise by their shape alone. */
export function readNoise(post: Tokens, input: NoiseInput, read: Read, model: LinearModel): Noise {
  if (!post.tokens.some((t) => t.kind !== "link" && t.kind !== "handle")) return emptyPost(post, input);
  const features = read(model);
  const p = score(model, features);
  const odds = new Map<string, number>();
  const made: Word[] = [];
  model.labels.forEach((label, c) => {
    odds.set(label, Math.log(Math.max(p[c]!, 1e-6)));
  });
  for (const rule of RULES) {
    const hits = found(post.text, rule.pattern, rule.weight);
    if (!hits.length) continue;
    odds.set(rule.kind, (odds.get(rule.kind) ?? -6) + rule.weight);
    made.push(...hits);
  }
  const bot = BOT_LINE.exec(post.text);
  if (bot) made.push({ text: bot[0], start: 0, end: bot[0].length, weight: 4 });
  if (bot || input.author.isBot) odds.set("bot", (odds.get("bot") ?? -6) + (bot ? 6 : 4));
  if (input.kind === "repost") odds.set("repost", 4);
  if (input.visibility === "private") odds.set("signal", odds.get("signal")! + 3);
  const { noise, kind } = decide(odds);
  const cut = model.thresholds[model.labels.indexOf("signal")] ?? 0.5;
  if (noise <= cut) {
    return { value: "signal", score: 1 - noise, words: reasons(model, post, features, model.labels.indexOf("signal")) };
  }
  const learnt = model.labels.indexOf(kind);
  const words = strongest([...made, ...(learnt < 0 ? [] : reasons(model, post, features, learnt))]);
  return { value: "noise", kind, score: noise, words };
}

/** Share of noise among all odds, and its likeliest kind. */
function decide(odds: ReadonlyMap<string, number>): { noise: number; kind: NoiseKind } {
  let kind: NoiseKind = "spam";
  let top = Number.NEGATIVE_INFINITY;
  let all = 0;
  let signal = 0;
  for (const [label, o] of odds) {
    all += Math.exp(o);
    if (label === "signal") signal = Math.exp(o);
    else if (o > top) [top, kind] = [o, label as NoiseKind];
  }
  return { noise: 1 - signal / all, kind };
}

/** Nothing but links and handles. To us alone it may be a screenshot or a nudge, so it stays. */
function emptyPost(post: Tokens, input: NoiseInput): Noise {
  const words = post.tokens
    .slice(0, 3)
    .map((t) => ({ text: post.text.slice(t.start, t.end), start: t.start, end: t.end, weight: 1 }));
  const kept = input.visibility === "private" || post.tokens.some((t) => t.kind === "handle");
  return kept ? { value: "signal", score: 0.5, words } : { value: "noise", kind: "empty", score: 0.9, words };
}
