import { MOCK_AT, type ThanksSeen } from "./gratitude.ts";
import type { Label } from "./label.ts";
import { type LinearModel, reasons } from "./linear-model.ts";
import type { Read } from "./sentiment.ts";
import type { Signal } from "./signal.ts";
import { sureOfSignal, sureOfThanks } from "./sureness.ts";
import type { Tokens } from "./tokens.ts";
import { framedSignals } from "./told-by-words/signal-frames.ts";

/** Several words that together say it; each alone is common. */
const FRAME_SCORE = 0.8;

export function readSignals(post: Tokens, read: Read, model: LinearModel, seen: ThanksSeen): Label<Signal>[] {
  if (!post.tokens.length) return [];
  const p = seen.signals;
  const framed = framedSignals(post);
  const made: Label<Signal>[] = [];
  model.labels.forEach((label, c) => {
    const frame = framed.get(label as Signal);
    if (frame) {
      made.push({ value: label as Signal, score: sureOfSignal(Math.max(FRAME_SCORE, p[c]!)), words: frame });
      return;
    }
    if (label === "sarcasm" || p[c]! < model.thresholds[c]!) return;
    made.push({ value: label as Signal, score: sureOfSignal(p[c]!), words: reasons(model, post, read(model), c) });
  });
  if (!seen.gratitude && seen.mock.score >= MOCK_AT)
    made.push({ value: "sarcasm", score: sureOfThanks(seen.mock.score), words: seen.mock.words });
  return made.sort((a, b) => b.score - a.score);
}
