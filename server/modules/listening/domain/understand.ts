import { type Addressed, type BrandNames, readAddressed, type ThreadFacts } from "./addressed.ts";
import { type Gratitude, readGratitude } from "./gratitude.ts";
import { type Intent, readIntent } from "./intent.ts";
import type { Label } from "./label.ts";
import { type Language, readLanguage } from "./language.ts";
import type { LanguageTable } from "./language-table.ts";
import type { LinearModel } from "./linear-model.ts";
import { readerFor } from "./linear-model.ts";
import { type Noise, readNoise } from "./noise.ts";
import { plainText } from "./plain-text.ts";
import type { Risk } from "./risks.ts";
import { readSentiment, type Sentiment } from "./sentiment.ts";
import type { Signal } from "./signal.ts";
import { readSignals } from "./signals.ts";
import { FACTS, sureness } from "./sureness.ts";
import { type Tokens, tokenise } from "./tokens.ts";
import { readUrgency } from "./urgency.ts";

/** What is known of a message before it is understood. All of it may come from strangers. */
export type UnderstandInput = {
  text: string;
  /** Used when `text` is empty (mails); offsets then point into the plain text made of it, returned as `readAs`. */
  html?: string;
  /** Language the network claims (BCP 47); only a hint. */
  lang?: string;
  network: string;
  visibility: "public" | "private";
  /** What it is on its network: post, reply, comment, dm, email, chat, review, repost … */
  kind: string;
  author: { handle: string; followers?: number; isBot?: boolean };
  /** Handles named in the message as the network tells them, with or without `@`. */
  mentions: readonly string[];
  /** Why the channel brought it: mention, reply, dm, comment, monitor:<name> … */
  why: readonly string[];
  brand: BrandNames;
  thread?: ThreadFacts;
};

/** All that is understood of one message, each label with the words of the post that made it. */
export type Understanding = {
  /** `und` where the text is too short or too mixed to tell. `words`: none when a whole script decided. */
  language: Language;
  noise: Noise;
  addressed: Addressed;
  intent: Label<Intent>;
  sentiment: Label<Sentiment>;
  /** Risk classes that fire, surest first; empty for most posts. */
  urgency: { risks: Label<Risk>[] };
  gratitude: Gratitude;
  /** What else it tells: purchase_intent, product_feedback, churn_risk, sarcasm. */
  signals: Label<Signal>[];
  /** The text the offsets point into, only where it differs from `text` (HTML, or clipped). */
  readAs?: string;
  /** The text was longer than is read; the rest did not count. */
  clipped: boolean;
  modelVersion: string;
};

/** Everything `understand` needs to know, loaded once by `models/load-models.ts`; an account may replace any of the four models. */
export type UnderstandModels = {
  version: string;
  language: LanguageTable;
  noise: LinearModel;
  sentiment: LinearModel;
  intent: LinearModel;
  gratitude: LinearModel;
  /** What ships, also where an account has one of its own: the difference is what its marks taught. */
  shippedGratitude: LinearModel;
  /** What ships of those whose scores are made what they are right by; an account's own models stand for themselves. */
  shipped?: Readonly<Record<ColdLabel, LinearModel>>;
  urgency: LinearModel;
  signals: LinearModel;
};

const WANTS = new Set<Intent>(["question", "complaint", "request", "purchase", "cancel"]);

/** Labels of which every post has one, and of which an account's marks teach models of its own. */
type ColdLabel = "noise" | "intent" | "sentiment";

/** The language alone, as `understand` finds it. */
export function languageOf(text: string, models: Pick<UnderstandModels, "language">, claimed?: string): Language {
  return readLanguage(tokenise(text), models.language, claimed);
}

/** The words of a message, its mail's included: cut once for all who read them. */
export const wordsOf = (input: Pick<UnderstandInput, "text" | "html">): Tokens =>
  tokenise(input.text || (input.html ? plainText(input.html) : ""));

/** Understands one message. `post`: its words, where they are cut already. Pure; never throws, whatever the text is. */
export function understand(input: UnderstandInput, models: UnderstandModels, post = wordsOf(input)): Understanding {
  const read = (model: LinearModel) => readerFor(model.spec)(post);
  const language = readLanguage(post, models.language, input.lang);
  const sentiment = readSentiment(post, read, models.sentiment);
  const intent = readIntent(post, read, models.intent);
  const risks = readUrgency(post, read, models.urgency, sentiment);
  const seen = readGratitude(post, read, models, sentiment);
  const { mock: _, signals: __, ...thanks } = seen;
  // Thanks open no work, so nothing else may be in such a post: a wrong "only" would leave a customer unanswered.
  const gratitude = { ...thanks, thanksOnly: thanks.thanksOnly && !risks.length && !WANTS.has(intent.value) };
  return {
    language,
    noise: surely("noise", readNoise(post, input, read, models.noise), models),
    addressed: readAddressed(post, input),
    intent: surely("intent", intent, models),
    sentiment: surely("sentiment", sentiment, models),
    urgency: { risks },
    gratitude,
    signals: readSignals(post, read, models.signals, seen),
    ...(post.text === input.text ? {} : { readAs: post.text }),
    clipped: post.clipped,
    modelVersion: models.version,
  };
}

/** The same label with the share of such labels that are right. Where there was nothing to read (no words made it) it stays as it is. */
function surely<T extends Label<string>>(of: ColdLabel, label: T, models: UnderstandModels): T {
  if (models.shipped?.[of] !== models[of] || (label.score === 1 && label.words.length === 0)) return label;
  return { ...label, score: sureness(of, FACTS[of](label.score, label.value)) };
}
