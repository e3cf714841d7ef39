import { MOCK_AT, type ThanksSeen } from "./gratitude.ts";
import type { Label, Word } from "./label.ts";
import { type LinearModel, reasons } from "./linear-model.ts";
import type { Read } from "./sentiment.ts";
import type { Signal } from "./signal.ts";
import { FACTS, sureness, sureOfThanks } from "./sureness.ts";
import type { Tokens } from "./tokens.ts";
import { framedSignals } from "./told-by-words/signal-frames.ts";

/** What speaks for a signal. `learnt`: what the model says, 0 to 1. `framed`: several words that together say it; each alone is common. */
export interface SignalSeen {
  signal: Signal;
  learnt: number;
  framed: boolean;
  words(): Word[];
}

export function readSignals(post: Tokens, read: Read, model: LinearModel, seen: ThanksSeen): Label<Signal>[] {
  if (!post.tokens.length) return [];
  const made: Label<Signal>[] = signalsSeen(post, read, model, seen).map(({ signal, learnt, framed, words }) => ({
    value: signal,
    score: sureness("signal", FACTS.signal(learnt, framed)),
    words: words(),
  }));
  if (!seen.gratitude && seen.mock.score >= MOCK_AT)
    made.push({ value: "sarcasm", score: sureOfThanks(seen.mock.score), words: seen.mock.words });
  return made.sort((a, b) => b.score - a.score);
}

/** The evidence for signals, mockery left out. */
export function signalsSeen(post: Tokens, read: Read, model: LinearModel, seen: ThanksSeen): SignalSeen[] {
  const framed = framedSignals(post);
  return model.labels.flatMap((label, c): SignalSeen[] => {
    const signal = label as Signal;
    const learnt = seen.signals[c]!;
    const frame = framed.get(signal);
    if (frame) return [{ signal, learnt, framed: true, words: () => frame }];
    if (label === "sarcasm" || learnt < model.thresholds[c]!) return [];
    return [{ signal, learnt, framed: false, words: () => reasons(model, post, read(model), c) }];
  });
}
