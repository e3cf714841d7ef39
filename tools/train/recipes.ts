import type { Goal } from "../../server/modules/listening/domain/calibrate.ts";
import type { FeatureSpec } from "../../server/modules/listening/domain/features.ts";
import { INTENTS } from "../../server/modules/listening/domain/intent.ts";
import type { LearnOptions, Marked } from "../../server/modules/listening/domain/learn.ts";
import { RISKS } from "../../server/modules/listening/domain/risks.ts";
import type { ShippedModel } from "../../server/modules/listening/models/load-models.ts";

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
/** A row of an emotion set: the text and the names of its emotions. */
export type EmotionRow = { text: string; emotions: string[] };
/** A row of an intent set: the text and the name of its intent there. */
export type IntentRow = { text: string; label: string };
export type Sources = { authored: AuthoredPost[]; emotions: EmotionRow[]; bank: IntentRow[]; assistant: IntentRow[] };

export type Recipe = {
  kind: "softmax" | "sigmoid";
  spec: FeatureSpec;
  labels: string[];
  options: Partial<LearnOptions>;
  /** How each label's threshold is set on held-out folds; softmax models without a goal always answer. */
  goal?: Goal;
  marks: (from: Sources) => Marked[];
};

/** With few marks what words mean goes further than how they are written. One spec for all: a post is cut up once. */
const WITH_CONCEPTS: FeatureSpec = { bits: 17, words: 2, concepts: true };

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

/** What each shipped model learns from. A weight says how much a row of that source counts. */
export const RECIPES: Record<ShippedModel, Recipe> = {
  noise: {
    kind: "softmax",
    spec: WITH_CONCEPTS,
    labels: ["signal", "spam", "promo", "job", "giveaway", "crypto", "bot", "repost", "coincidence"],
    options: { epochs: 20, rate: 1, caution: 1 },
    marks: ({ authored, bank, assistant, emotions }) => [
      ...balanced(authored.map((a) => ({ text: a.text, label: a.noise }))),
      ...everyNth(bank, 12).map(({ text }) => ({ text, labels: ["signal"], weight: 0.3 })),
      ...everyNth(assistant, 60).map(({ text }) => ({ text, labels: ["signal"], weight: 0.2 })),
      // Anger at somebody is what customers write too; the rest of that set is talk, and stays out.
      ...few(emotions, ["annoyance"], 300).map((text) => ({ text, labels: ["signal"], weight: 0.2 })),
      ...few(emotions, ["gratitude"], 200).map((text) => ({ text, labels: ["signal"], weight: 0.2 })),
    ],
  },
  sentiment: {
    kind: "softmax",
    spec: WITH_CONCEPTS,
    labels: ["negative", "neutral", "positive"],
    options: { epochs: 3, caution: 1 },
    marks: ({ authored, emotions }) => [
      ...authored.map((a) => ({ text: a.text, labels: [a.sentiment], weight: 8 })),
      ...emotions.flatMap(({ text, emotions: e }) => {
        const glad = e.some((x) => GLAD.includes(x));
        const sad = e.some((x) => SAD.includes(x));
        return glad && sad ? [] : [{ text, labels: [glad ? "positive" : sad ? "negative" : "neutral"] }];
      }),
    ],
  },
  intent: {
    kind: "softmax",
    spec: WITH_CONCEPTS,
    labels: [...INTENTS],
    options: { epochs: 20, caution: 1 },
    marks: ({ authored, emotions, bank }) => [
      ...balanced(authored.map((a) => ({ text: a.text, label: a.intent }))),
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
    spec: WITH_CONCEPTS,
    labels: ["gratitude"],
    options: { epochs: 6, caution: 3 },
    goal: "f1",
    marks: ({ authored, emotions }) => [
      ...emotions.map(({ text, emotions: e }) => ({ text, labels: e.filter((x) => x === "gratitude") })),
      ...authored.map((a) => ({ text: a.text, labels: a.signals.filter((s) => s === "gratitude"), weight: 2 })),
    ],
  },
  urgency: {
    kind: "sigmoid",
    spec: WITH_CONCEPTS,
    labels: [...RISKS],
    options: { epochs: 20, rate: 1, caution: 1 },
    goal: "f1",
    marks: ({ authored, emotions, bank, assistant }) => [
      ...lifted(
        authored.map((a) => ({ text: a.text, labels: a.risks })),
        4,
      ),
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
    spec: WITH_CONCEPTS,
    labels: ["purchase_intent", "product_feedback", "churn_risk", "sarcasm"],
    options: { epochs: 20, rate: 1, caution: 1 },
    goal: "f1",
    marks: ({ authored, emotions, bank }) => [
      ...everyNth(bank, 20).map(({ text, label }) => ({
        text,
        labels: label === "terminate_account" ? ["churn_risk"] : [],
        weight: 0.3,
      })),
      ...lifted(
        authored.map((a) => ({ text: a.text, labels: a.signals.filter((s) => s !== "gratitude") })),
        4,
      ),
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
