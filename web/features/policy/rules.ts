import type { PolicyCondition, PolicyRule } from "#contracts/policy";

export type Kind = PolicyCondition["on"];
/** What the contract takes at most. */
export const MOST_RULES = 100;
export const MOST_CONDITIONS = 12;
export const MOST_SAYS = 300;

/** The values of the kinds that are a choice; intents and risks may be further strings of the account's own. */
export const CHOICES = {
  addressed: ["direct", "reply", "mention", "named", "about", "bystander", "none"],
  intent: ["question", "complaint", "request", "praise", "purchase", "cancel", "other"],
  sentiment: ["negative", "neutral", "positive"],
  risk: ["safety", "security", "outage", "legal_press", "vulnerable", "deadline"],
  signal: [
    "purchase_intent",
    "product_feedback",
    "churn_risk",
    "wish",
    "gratitude",
    "sarcasm",
    "joke",
    "solved",
    "hearsay",
    "opinion",
    "rival",
    "news",
    "job",
    "insult",
    "threat",
    "slur",
    "personal_data",
    "near_copy",
  ],
  course: ["better", "worse", "steady"],
  visibility: ["public", "private"],
  author: ["bot", "us", "known-customer", "stranger"],
  episode: ["open", "in-window", "none"],
} as const satisfies Partial<Record<Kind, readonly string[]>>;
export type ChoiceKind = keyof typeof CHOICES;

export const KINDS: readonly Kind[] = [
  "addressed",
  "intent",
  "sentiment",
  "risk",
  "signal",
  "thing",
  "course",
  "monitor",
  "visibility",
  "author",
  "episode",
  "noise",
  "thanks-only",
  "words",
  "language",
  "followers",
  "hour",
];

/** ISO 8601: Monday is 1. */
export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export function isClockTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);
}

export function isChoice(kind: Kind): kind is ChoiceKind {
  return Object.hasOwn(CHOICES, kind);
}

/** The chosen values of a condition that has a list; empty for the others. */
export function valuesOf(condition: PolicyCondition): readonly string[] {
  if ("any" in condition) return condition.any;
  return "is" in condition && Array.isArray(condition.is) ? condition.is : [];
}

/** The same condition with other values; kinds without a list stay as they are. */
export function withValues(condition: PolicyCondition, values: readonly string[]): PolicyCondition {
  if ("any" in condition) return { ...condition, any: [...values] } as PolicyCondition;
  if ("is" in condition && Array.isArray(condition.is)) return { ...condition, is: [...values] } as PolicyCondition;
  return condition;
}

/** A condition of this kind to begin with; lists begin empty and have to be filled. */
export function newCondition(kind: Kind): PolicyCondition {
  switch (kind) {
    case "noise":
    case "thanks-only":
      return { on: kind, is: true };
    case "followers":
      return { on: kind, atLeast: 1_000 };
    case "hour": {
      const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
      return { on: kind, from: "22:00", to: "06:00", days: [...DAYS], zone: timeZone };
    }
    case "risk":
    case "signal":
    case "thing":
    case "monitor":
    case "words":
      return { on: kind, any: [] };
    default:
      return { on: kind, is: [] } as PolicyCondition;
  }
}

/** "en, cy\n cy" → ["en", "cy"]: by commas or lines, each once. */
export function listOf(text: string): string[] {
  return [...new Set(text.split(/[,\n;]/).map((part) => part.trim()))].filter((part) => part !== "");
}

export type Fault = {
  rule: string;
  what: "no-sentence" | "long-sentence" | "empty-condition" | "long-word" | "followers" | "hours";
};

/** What the server would refuse, by rule. */
export function faultsOf(rules: readonly PolicyRule[]): Fault[] {
  return rules.flatMap((rule) => {
    const faults: Fault["what"][] = [];
    if (rule.says.trim() === "") faults.push("no-sentence");
    if (rule.says.length > MOST_SAYS) faults.push("long-sentence");
    for (const condition of rule.when) {
      if (condition.on === "followers" && !(Number.isInteger(condition.atLeast) && condition.atLeast >= 0)) {
        faults.push("followers");
      }
      if (
        condition.on === "hour" &&
        !(isClockTime(condition.from) && isClockTime(condition.to) && condition.days.length > 0)
      )
        faults.push("hours");
      const list = "any" in condition || ("is" in condition && Array.isArray(condition.is));
      if (list && valuesOf(condition).length === 0) faults.push("empty-condition");
      if (condition.on === "words" && condition.any.some((word) => word.length > 80)) faults.push("long-word");
    }
    return [...new Set(faults)].map((what) => ({ rule: rule.id, what }));
  });
}

/** Rules that no message can reach, because one before them fits everything: their ids. */
export function unreachable(rules: readonly PolicyRule[]): string[] {
  const all = rules.findIndex((rule) => rule.when.length === 0);
  return all < 0 ? [] : rules.slice(all + 1).map((rule) => rule.id);
}

export function moved(rules: readonly PolicyRule[], id: string, by: -1 | 1): PolicyRule[] {
  const at = rules.findIndex((rule) => rule.id === id);
  const to = at + by;
  const rule = rules[at];
  if (!rule || to < 0 || to >= rules.length) return [...rules];
  const rest = rules.filter((one) => one.id !== id);
  return [...rest.slice(0, to), rule, ...rest.slice(to)];
}

/** A new rule, before the one that fits everything, or last. */
export function withNewRule(rules: readonly PolicyRule[]): { rules: PolicyRule[]; id: string } {
  const taken = new Set(rules.map((rule) => rule.id));
  let number = 1;
  while (taken.has(`own-${number}`)) number += 1;
  const rule: PolicyRule = { id: `own-${number}`, says: "", when: [], verdict: "work", priority: "normal" };
  const all = rules.findIndex((one) => one.when.length === 0);
  const place = all < 0 ? rules.length : all;
  return { rules: [...rules.slice(0, place), rule, ...rules.slice(place)], id: rule.id };
}

export function sameRules(a: readonly PolicyRule[], b: readonly PolicyRule[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
