import type { Word } from "../label.ts";
import type { Signal } from "../signal.ts";
import type { Tokens } from "../tokens.ts";
import { type Frame, tellByFrames } from "./frame.ts";
import { SIGNAL_WORDS } from "./signal-words.ts";
import { Tagger } from "./tag.ts";

type List = keyof typeof SIGNAL_WORDS;

/** Written by hand, each for one way people say it. */
const FRAMES: readonly Frame<Signal, List>[] = [
  { gives: "purchase_intent", all: ["priceAsk", "asked"], none: ["ordered", "leaving"] },
  { gives: "purchase_intent", all: ["availability", "asked"], none: ["ordered", "leaving"] },
  { gives: "purchase_intent", all: ["buyPlan"], none: ["ordered", "leaving"] },
  { gives: "churn_risk", all: ["leaving"], none: ["otherCancel"] },
  { gives: "product_feedback", all: ["part", "quality"], none: ["parcelTalk"] },
  { gives: "product_feedback", all: ["part", "wish"], none: ["parcelTalk"] },
];

const tagger = new Tagger<List>(SIGNAL_WORDS);

/** The signals that frames see in a post, each with the words that made it. */
export function framedSignals(post: Tokens): Map<Signal, Word[]> {
  return tellByFrames(post, tagger, FRAMES).told;
}
