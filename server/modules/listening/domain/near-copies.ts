import type { Noise } from "./noise.ts";
import type { Understanding } from "./understand.ts";

/** Others who said nearly the same of late. `author`: a number that tells people apart. */
export interface SaidBefore {
  messageId: string;
  author: string;
}

/** From so many other people on, or so many times by oneself, a text is one that is passed round. */
const OTHERS = 2;
const TIMES = 3;
/** Posts to us are answered whoever else wrote the same words. */
const TO_US: readonly string[] = ["direct", "reply", "mention"];

/** Whether a post is one of many that are nearly the same, and how many there are. */
export function manyAlike(author: string, before: readonly SaidBefore[]): number {
  const others = new Set(before.map((b) => b.author));
  const own = before.filter((b) => b.author === author).length;
  others.delete(author);
  return others.size >= OTHERS || own >= TIMES ? before.length : 0;
}

/** Who says so wants something or is in trouble: in a storm many say the same, and each of them is heard. */
const WANTED: readonly string[] = ["question", "complaint", "request", "purchase", "cancel"];

/** What a copy's noise label is: what calls us, wants something or is angry stays what it was. */
export function noiseOfCopy(
  found: Pick<Understanding, "noise" | "addressed" | "sentiment" | "intent" | "urgency">,
  alike: number,
): Noise {
  const { noise, addressed, sentiment, intent, urgency } = found;
  if (alike === 0 || noise.value === "noise" || TO_US.includes(addressed.value)) return noise;
  if (sentiment.value === "negative" || WANTED.includes(intent.value) || urgency.risks.length > 0) return noise;
  // The more there are, the surer: two others may be chance, ten are none.
  return { value: "noise", kind: "copy", score: Math.round((1 - 0.3 / alike) * 1e4) / 1e4, words: [] };
}
