import type { Goal } from "../../server/modules/listening/domain/calibrate.ts";
import type { FeatureSpec } from "../../server/modules/listening/domain/features.ts";
import { INTENTS } from "../../server/modules/listening/domain/intent.ts";
import type { LearnOptions, Marked } from "../../server/modules/listening/domain/learn.ts";
import { RISKS } from "../../server/modules/listening/domain/risks.ts";
import type { ShippedModel } from "../../server/modules/listening/models/load-models.ts";
import type { MadePost } from "./made/posts.ts";

/** One line of `authored/*.jsonl`: written by us, every label on every line. */
export type AuthoredPost = {
  text: string;
  lang: string;
  noise: string;
  intent: string;
  sentiment: string;
  risks: string[];
  signals: string[];
};
/** One line of `heard/*.jsonl`: written for us by hands that knew no rule and no list of words. Thanks and mockery were not looked for. */
export type HeardPost = {
  id: string;
  text: string;
  lang: string;
  intent: "question" | "complaint" | "praise" | "thanks" | "request" | "other";
  sentiment: string;
  risk: string[];
  /** What sensible people would differ about. */
  risk_may?: string[];
  signals: string[];
  signals_may?: string[];
};
/** A row of an emotion set: the text and the names of its emotions. */
export type EmotionRow = { text: string; emotions: string[] };
/** A row of an intent set: the text and the name of its intent there. */
export type IntentRow = { text: string; label: string };
export type Sources = {
  authored: AuthoredPost[];
  heard: HeardPost[];
  /** Posts put together from our own frames (`made/`). */
  made: MadePost[];
  /** Posts of the same kind, each written out by hand. */
  told: MadePost[];
  /** Thanks and what only looks like them, in eight languages, by hand too. */
  thanks: MadePost[];
  emotions: EmotionRow[];
  bank: IntentRow[];
  assistant: IntentRow[];
};

export type Recipe = {
  kind: "softmax" | "sigmoid";
  spec: FeatureSpec;
  labels: string[];
  options: Partial<LearnOptions>;
  /** How each label's threshold is set on held-out folds; softmax models without a goal always answer. */
  goal?: Goal;
  marks: (from: Sources) => Marked[];
};

/** With few marks what words mean goes further than how they are written. Few specs: a post is cut up once for each. */
const WITH_CONCEPTS: FeatureSpec = { bits: 17, words: 2, concepts: true };
/** How somebody feels shows in how it is said and in parts of words as well. */
const WITH_MANNER: FeatureSpec = { bits: 18, words: 2, chars: [3, 5], within: true, concepts: true, manner: true };

const GLAD = [
  "admiration",
  "amusement",
  "approval",
  "caring",
  "excitement",
  "gratitude",
  "joy",
  "love",
  "optimism",
  "pride",
  "relief",
];
const SAD = [
  "anger",
  "annoyance",
  "disappointment",
  "disapproval",
  "disgust",
  "embarrassment",
  "fear",
  "grief",
  "nervousness",
  "remorse",
  "sadness",
];

/** What intents of other sets mean for us. Intents that stand nowhere here are not learnt from. */
const BANK_INTENT: Record<string, string> = {
  terminate_account: "cancel",
  cancel_transfer: "request",
  request_refund: "request",
  order_physical_card: "question",
  getting_spare_card: "question",
  edit_personal_details: "question",
  change_pin: "question",
  age_limit: "question",
  country_support: "question",
  exchange_rate: "question",
  card_delivery_estimate: "question",
  transfer_timing: "question",
  visa_or_mastercard: "question",
  transaction_charged_twice: "complaint",
  extra_charge_on_statement: "complaint",
  Refund_not_showing_up: "complaint",
  card_swallowed: "complaint",
  wrong_amount_of_cash_received: "complaint",
  declined_card_payment: "complaint",
};
const BANK_DANGER = new Set([
  "compromised_card",
  "lost_or_stolen_card",
  "card_payment_not_recognised",
  "cash_withdrawal_not_recognised",
  "direct_debit_payment_not_recognised",
]);
/** Near a danger, but no clear word on either side. */
const BANK_UNCLEAR = new Set([
  "lost_or_stolen_phone",
  "passcode_forgotten",
  "extra_charge_on_statement",
  "card_not_working",
  "pin_blocked",
]);
const ASSISTANT_DANGER = new Set(["report_fraud", "report_lost_card", "freeze_account"]);

/** Rare labels count more: the weight of a row grows with the square root of how rare its label is. */
function balanced(rows: readonly { text: string; label: string }[]): Marked[] {
  const counts = new Map<string, number>();
  for (const r of rows) counts.set(r.label, (counts.get(r.label) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return rows.map((r) => ({ text: r.text, labels: [r.label], weight: Math.sqrt(most / counts.get(r.label)!) }));
}

/** Rows with a label count more than the many without. */
function lifted(rows: readonly { text: string; labels: string[] }[], weight: number): Marked[] {
  return rows.map((r) => (r.labels.length ? { ...r, weight } : r));
}

/** Posts of other hands are nearer to what comes in than our own. */
const HEARD = 3;

/** Purchases and cancellations were marked as signals there; which of these is the intent, too, is not known of every one. */
function intentHeard({ intent, signals, signals_may = [] }: HeardPost): string[] {
  if (signals.includes("churn_risk") || signals_may.length > 0) return intent === "complaint" ? [intent] : [];
  if (signals.includes("purchase_intent")) return intent === "question" || intent === "request" ? ["purchase"] : [];
  return [intent === "thanks" ? "praise" : intent];
}

/** What each shipped model learns from. A weight says how much a row of that source counts. */
export const RECIPES: Record<ShippedModel, Recipe> = {
  noise: {
    kind: "softmax",
    spec: WITH_CONCEPTS,
    labels: ["signal", "spam", "promo", "job", "giveaway", "crypto", "bot", "repost", "coincidence"],
    options: { epochs: 20, rate: 1, caution: 1 },
    marks: ({ authored, heard, bank, assistant, emotions }) => [
      ...balanced(authored.map((a) => ({ text: a.text, label: a.noise }))),
      ...heard.map(({ text }) => ({ text, labels: ["signal"], weight: 0.5 })),
      ...everyNth(bank, 12).map(({ text }) => ({ text, labels: ["signal"], weight: 0.3 })),
      ...everyNth(assistant, 60).map(({ text }) => ({ text, labels: ["signal"], weight: 0.2 })),
      // Anger at somebody is what customers write too; the rest of that set is talk, and stays out.
      ...few(emotions, ["annoyance"], 300).map((text) => ({ text, labels: ["signal"], weight: 0.2 })),
      ...few(emotions, ["gratitude"], 200).map((text) => ({ text, labels: ["signal"], weight: 0.2 })),
    ],
  },
  sentiment: {
    kind: "softmax",
    spec: WITH_MANNER,
    labels: ["negative", "neutral", "positive"],
    options: { epochs: 4, caution: 1 },
    marks: ({ authored, heard, made, told, emotions }) => [
      ...authored.map((a) => ({ text: a.text, labels: [a.sentiment], weight: 2 })),
      ...heard.map((h) => ({ text: h.text, labels: [h.sentiment], weight: HEARD })),
      ...told.map((t) => ({ text: t.text, labels: [t.sentiment], weight: 3 })),
      ...made.map((m) => ({ text: m.text, labels: [m.sentiment] })),
      // Talk without feeling is not what a neutral post to a company is: those rows count least.
      ...everyNth(emotions, 2).flatMap(({ text, emotions: e }) => {
        const glad = e.some((x) => GLAD.includes(x));
        const sad = e.some((x) => SAD.includes(x));
        if (glad && sad) return [];
        return [{ text, labels: [glad ? "positive" : sad ? "negative" : "neutral"], weight: glad || sad ? 0.4 : 0.15 }];
      }),
    ],
  },
  intent: {
    kind: "softmax",
    spec: WITH_CONCEPTS,
    labels: [...INTENTS],
    options: { epochs: 20, caution: 1 },
    marks: ({ authored, heard, emotions, bank }) => [
      ...balanced([
        ...authored.map((a) => ({ text: a.text, label: a.intent })),
        ...heard.flatMap((h) => intentHeard(h).map((label) => ({ text: h.text, label }))),
      ]),
      ...bank.flatMap(({ text, label }) =>
        BANK_INTENT[label] ? [{ text, labels: [BANK_INTENT[label]], weight: 0.2 }] : [],
      ),
      ...few(emotions, ["neutral"], 600).map((text) => ({ text, labels: ["other"], weight: 0.2 })),
      ...["gratitude", "admiration", "love", "joy"]
        .flatMap((e) => few(emotions, [e], 300))
        .map((text) => ({ text, labels: ["praise"], weight: 0.3 })),
      ...["annoyance", "disappointment", "anger"]
        .flatMap((e) => few(emotions, [e], 250))
        .map((text) => ({ text, labels: ["complaint"], weight: 0.2 })),
    ],
  },
  gratitude: {
    kind: "sigmoid",
    spec: WITH_MANNER,
    labels: ["gratitude"],
    options: { epochs: 6, caution: 3 },
    goal: "f1",
    marks: ({ authored, made, told, thanks, emotions }) => [
      ...thanks.map((t) => ({ text: t.text, labels: t.gratitude ? ["gratitude"] : [], weight: 4 })),
      ...emotions.map(({ text, emotions: e }) => ({ text, labels: e.filter((x) => x === "gratitude") })),
      ...authored.map((a) => ({ text: a.text, labels: a.signals.filter((s) => s === "gratitude"), weight: 2 })),
      ...told.map((t) => ({ text: t.text, labels: t.gratitude ? ["gratitude"] : [], weight: 3 })),
      ...made.map((m) => ({ text: m.text, labels: m.gratitude ? ["gratitude"] : [], weight: 0.7 })),
    ],
  },
  urgency: {
    kind: "sigmoid",
    spec: WITH_MANNER,
    labels: [...RISKS],
    options: { epochs: 20, rate: 1, caution: 1 },
    goal: "f1",
    marks: ({ authored, heard, emotions, bank, assistant }) => [
      ...lifted(
        authored.map((a) => ({ text: a.text, labels: a.risks })),
        4,
      ),
      ...heard.map((h) => ({ text: h.text, labels: h.risk, unasked: h.risk_may ?? [], weight: HEARD })),
      ...few(emotions, ["neutral"], 800).map((text) => ({ text, labels: [], weight: 0.3 })),
      ...few(emotions, ["amusement"], 400).map((text) => ({ text, labels: [], weight: 0.3 })),
      ...bank.flatMap(({ text, label }, i) =>
        BANK_DANGER.has(label)
          ? [{ text, labels: ["security"], weight: 0.5 }]
          : i % 4 || BANK_UNCLEAR.has(label)
            ? []
            : [{ text, labels: [], weight: 0.3 }],
      ),
      ...assistant.flatMap(({ text, label }, i) =>
        ASSISTANT_DANGER.has(label)
          ? [{ text, labels: ["security"], weight: 0.5 }]
          : i % 10
            ? []
            : [{ text, labels: [], weight: 0.3 }],
      ),
    ],
  },
  signals: {
    kind: "sigmoid",
    spec: WITH_MANNER,
    labels: ["purchase_intent", "product_feedback", "churn_risk", "sarcasm"],
    options: { epochs: 20, rate: 1, caution: 1 },
    goal: "f1",
    marks: ({ authored, heard, made, told, thanks, emotions, bank }) => [
      ...heard.map((h) => ({
        text: h.text,
        labels: h.signals,
        unasked: ["sarcasm", ...(h.signals_may ?? [])],
        weight: HEARD,
      })),
      ...thanks.map((t) => ({ text: t.text, labels: t.sarcasm ? ["sarcasm"] : [], weight: t.sarcasm ? 5 : 2 })),
      ...everyNth(bank, 20).map(({ text, label }) => ({
        text,
        labels: label === "terminate_account" ? ["churn_risk"] : [],
        weight: 0.3,
      })),
      ...lifted(
        authored.map((a) => ({ text: a.text, labels: a.signals.filter((s) => s !== "gratitude") })),
        4,
      ),
      ...told
        .filter((t) => t.sarcasm || t.gratitude || t.sentiment !== "neutral")
        .map((t) => ({ text: t.text, labels: t.sarcasm ? ["sarcasm"] : [], weight: t.sarcasm ? 4 : 0.7 })),
      ...made
        .filter((m, i) => m.sarcasm || i % 4 === 0)
        .map((m) => ({ text: m.text, labels: m.sarcasm ? ["sarcasm"] : [], weight: m.sarcasm ? 1 : 0.5 })),
      ...few(emotions, ["neutral"], 300).map((text) => ({ text, labels: [], weight: 0.3 })),
    ],
  },
};

function everyNth<T>(rows: readonly T[], n: number): T[] {
  return rows.filter((_, i) => i % n === 0);
}

/** The first `count` rows that hold exactly these emotions. */
function few(rows: readonly EmotionRow[], emotions: string[], count: number): string[] {
  const want = emotions.join();
  return rows
    .filter((r) => r.emotions.join() === want)
    .slice(0, count)
    .map((r) => r.text);
}
