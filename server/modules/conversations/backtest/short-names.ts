import type { PolicyCondition, PolicyRule } from "#contracts/policy";

type Kind =
  | "problem"
  | "question"
  | "praise"
  | "thanks"
  | "wish"
  | "purchase"
  | "cancel"
  | "danger"
  | "outage"
  | "noise"
  | "talk"
  | "anger";

/** What the short names of written policies speak of, by the words in them; a name that fits none is left out and reported. */
const SPEAKS_OF: readonly (readonly [RegExp, Kind])[] = [
  [/spam|promo|job|giveaway|advert|bot|noise/, "noise"],
  [/safety|danger|injur|security|fraud|scam|phish|legal|lawyer|press|media|journalist|discriminat|abuse/, "danger"],
  [/outage|down|interruption|failure/, "outage"],
  [/thank/, "thanks"],
  [/praise|compliment|love|fan|positive|testimonial/, "praise"],
  [/wish|idea|suggest|feature|feedback|improve/, "wish"],
  [/buy|purchase|price|stock|sales|lead|prospect|interest|intent_to/, "purchase"],
  [/cancel|churn|switch|leav/, "cancel"],
  [/question|ask|how_?to|inform|enquir|inquir|request/, "question"],
  [/rant|anger|angry|insult|critic|negative|opinion/, "anger"],
  [/problem|complain|trouble|issue|fault|broken|delay|refund|lost|wrong|error/, "problem"],
  [/joke|meme|banter|chat|news|mention|general|share|competitor|other|passing/, "talk"],
];

const WISHES = [
  "would help",
  "would be great",
  "would be nice",
  "would love",
  "i wish",
  "wish you",
  "please add",
  "please run",
  "please bring",
  "you should",
  "could you add",
  "bring back",
  "how about",
  "why not",
  "needs a",
  "wünsche",
  "wäre schön",
  "wäre toll",
  "ce serait",
  "sería genial",
];
const intent = (...is: string[]): PolicyCondition => ({ on: "intent", is });
const sentiment = (...is: string[]): PolicyCondition => ({ on: "sentiment", is });

/** Each kind as alternatives; all conditions of one alternative have to hold. */
const WHEN: Record<Kind, PolicyCondition[][]> = {
  problem: [
    [intent("complaint")],
    [intent("cancel")],
    [intent("request"), sentiment("negative")],
    [{ on: "risk", any: ["safety", "security", "outage"] }],
  ],
  question: [[intent("question")]],
  wish: [[{ on: "words", any: WISHES }]],
  praise: [
    [intent("praise"), sentiment("positive", "neutral")],
    [sentiment("positive"), intent("other")],
  ],
  thanks: [[{ on: "thanks-only", is: true }]],
  purchase: [[intent("purchase")]],
  cancel: [[intent("cancel")]],
  danger: [[{ on: "risk", any: ["safety", "security", "legal_press", "vulnerable"] }]],
  outage: [[{ on: "risk", any: ["outage"] }]],
  noise: [[{ on: "noise", is: true }]],
  anger: [[sentiment("negative")]],
  talk: [[intent("other")]],
};

export interface WrittenPolicy {
  policy: string;
  act_on: string[];
  leave: string[];
  reach?: { followers?: number; shares?: number };
}

export interface Mapped {
  rules: PolicyRule[];
  /** Names that no rule stands for. */
  unknown: string[];
}

/** Ordered rules of a written policy: noise first, then wishes and praise (a wish often sounds like a request), then what to act on, then what to leave. */
export function rulesOf(p: WrittenPolicy): Mapped {
  const unknown: string[] = [];
  const rules: PolicyRule[] = [];
  const add = (names: readonly string[], verdict: "work" | "leave", only: (kind: Kind) => boolean) => {
    for (const name of names) {
      const kind = SPEAKS_OF.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1];
      if (!kind || !only(kind)) continue;
      WHEN[kind].forEach((when, i) => {
        rules.push({
          id: `${verdict}-${name}-${i}`.slice(0, 40),
          says: `${name} is ${verdict === "work" ? "to be acted on" : "left"}.`,
          when,
          verdict,
          priority: "normal",
        });
      });
    }
  };
  for (const name of [...p.act_on, ...p.leave])
    if (!SPEAKS_OF.some(([pattern]) => pattern.test(name.toLowerCase()))) unknown.push(name);
  const definite = (kind: Kind) => ["noise", "danger", "outage", "wish", "thanks"].includes(kind);
  add(p.act_on, "work", definite);
  add(p.leave, "leave", (kind) => kind === "noise" || kind === "thanks");
  add(p.act_on, "work", (kind) => !definite(kind) && kind !== "talk" && kind !== "anger");
  add(p.leave, "leave", () => true);
  add(p.act_on, "work", (kind) => kind === "talk" || kind === "anger");
  if (p.reach?.followers)
    rules.unshift({
      id: "reach",
      says: "A bad word with a large audience.",
      when: [{ on: "followers", atLeast: p.reach.followers }, sentiment("negative")],
      verdict: "work",
      priority: "high",
    });
  return { rules, unknown };
}
