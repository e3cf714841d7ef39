import type { PolicyCondition, PolicyRule, Priority } from "#contracts/policy";

/** What a policy may look at: labels, author and conversation. */
export interface PolicyFacts {
  text: string;
  addressed: string;
  noise: boolean;
  thanksOnly: boolean;
  intent: string;
  sentiment: string;
  risks: readonly string[];
  /** What else it tells: purchase_intent, gratitude, wish, solved … */
  signals?: readonly string[];
  /** Ids of the products and places it names. */
  things?: readonly string[];
  /** How the customer's mood went in the conversation; null: nothing to tell it by. */
  course?: "better" | "worse" | "steady" | null;
  /** Ids of the monitors that caught it. */
  monitors?: readonly string[];
  visibility: "public" | "private";
  language: string;
  /** Followers of the author; null where the network does not tell. */
  followers: number | null;
  author: "bot" | "us" | "known-customer" | "stranger";
  /** When it was written, by the wall clock of a zone: the ISO weekday (Monday is 1) and minutes since midnight. */
  wallClock(zone: string): WallClock;
  /** Of the conversation the message joins. `in-window`: done, but the customer came back in time to be the same work. */
  episode: "open" | "in-window" | "none";
}

export interface WallClock {
  weekday: number;
  minute: number;
}

/** A reason in the words of the desk; `code` is the condition it came from. */
export interface Reason {
  code: string;
  text: string;
}

export interface Verdict {
  actionable: boolean;
  ruleId: string;
  /** The sentence of the rule. */
  says: string;
  priority: Priority;
  reasons: Reason[];
}

const NO_RULE: Verdict = {
  actionable: false,
  ruleId: "no-rule",
  says: "No rule of the policy asks for an answer.",
  priority: "normal",
  reasons: [{ code: "no-rule", text: "None of the rules fits this message." }],
};

/** The first rule whose conditions all hold decides. */
export function judge(rules: readonly PolicyRule[], facts: PolicyFacts): Verdict {
  for (const rule of rules) {
    const reasons = fits(rule.when, facts);
    if (reasons)
      return {
        actionable: rule.verdict === "work",
        ruleId: rule.id,
        says: rule.says,
        priority: rule.priority,
        reasons,
      };
  }
  return NO_RULE;
}

/** The reason each condition holds for, or null when one does not. A rule without conditions fits everything. */
function fits(when: readonly PolicyCondition[], facts: PolicyFacts): Reason[] | null {
  const reasons: Reason[] = [];
  for (const condition of when) {
    const text = holds(condition, facts);
    if (text === null) return null;
    reasons.push({ code: condition.on, text });
  }
  return reasons;
}

const ADDRESSED: Record<string, string> = {
  direct: "Written to us alone.",
  reply: "Answers us.",
  mention: "Calls our handle.",
  named: "Says our name without calling us.",
  about: "Speaks about us.",
  bystander: "Speaks to somebody else in a thread of ours.",
  none: "Not addressed to us.",
};
const AUTHOR: Record<PolicyFacts["author"], string> = {
  bot: "Written by a machine.",
  us: "Written by us.",
  "known-customer": "A customer we have heard before.",
  stranger: "The first time we hear this customer.",
};
const EPISODE: Record<PolicyFacts["episode"], string> = {
  open: "The work on it is still open.",
  "in-window": "Came back after the work was done.",
  none: "No work is open on it.",
};

const TELLS: Partial<Record<string, string>> = {
  purchase_intent: "that somebody wants to buy",
  product_feedback: "something of a product",
  churn_risk: "that a customer may leave",
  gratitude: "thanks",
  sarcasm: "the contrary of what it says",
  wish: "a wish",
  joke: "a joke",
  solved: "that a trouble is over",
  hearsay: "what happened to others",
  opinion: "an opinion on everything",
  rival: "of another company",
  news: "news",
  job: "of a job",
  insult: "an insult to somebody here",
  threat: "a threat to somebody here",
  slur: "a slur",
  personal_data: "personal data",
  near_copy: "what many others say in nearly the same words",
};
const COURSE: Record<NonNullable<PolicyFacts["course"]>, string> = {
  better: "The customer's mood got better.",
  worse: "The customer's mood got worse.",
  steady: "The customer's mood did not change.",
};

function holds(c: PolicyCondition, f: PolicyFacts): string | null {
  switch (c.on) {
    case "addressed":
      return (c.is as string[]).includes(f.addressed) ? (ADDRESSED[f.addressed] ?? f.addressed) : null;
    case "noise":
      return c.is === f.noise ? (f.noise ? "It is noise." : "It is not noise.") : null;
    case "thanks-only":
      return c.is === f.thanksOnly
        ? f.thanksOnly
          ? "It says thanks and nothing else."
          : "It says more than thanks."
        : null;
    case "intent":
      return c.is.includes(f.intent) ? `It is a ${f.intent}.` : null;
    case "sentiment":
      return c.is.includes(f.sentiment) ? `Its tone is ${f.sentiment}.` : null;
    case "risk": {
      const risks = f.risks.filter((r) => c.any.includes(r));
      return risks.length > 0 ? `Speaks of ${risks.map((r) => r.replace("_", " or ")).join(" and ")}.` : null;
    }
    case "signal": {
      const told = (f.signals ?? []).filter((s) => c.any.includes(s));
      return told.length > 0 ? `It tells ${told.map((s) => TELLS[s] ?? s).join(" and ")}.` : null;
    }
    case "thing": {
      const named = (f.things ?? []).filter((t) => c.any.includes(t)).length;
      return named === 0 ? null : "Names a product or place of the rule.";
    }
    case "course":
      return f.course && c.is.includes(f.course) ? COURSE[f.course] : null;
    case "monitor": {
      const caught = (f.monitors ?? []).filter((m) => c.any.includes(m)).length;
      return caught === 0
        ? null
        : caught === 1
          ? "A monitor of the rule caught it."
          : `${caught} monitors of the rule caught it.`;
    }
    case "visibility":
      return c.is.includes(f.visibility) ? `It is ${f.visibility}.` : null;
    case "language":
      return c.is.includes(f.language) ? `It is written in ${f.language}.` : null;
    case "words": {
      const word = c.any.find((w) => holdsWord(saidIn(f), w));
      return word === undefined ? null : `Says “${word}”.`;
    }
    case "followers":
      return f.followers !== null && f.followers >= c.atLeast ? `${f.followers} people follow the author.` : null;
    case "hour": {
      const written = f.wallClock(c.zone);
      return within(c, written) ? `Written at ${clockWords(written.minute)} in ${c.zone}.` : null;
    }
    case "author":
      return c.is.includes(f.author) ? AUTHOR[f.author] : null;
    case "episode":
      return c.is.includes(f.episode) ? EPISODE[f.episode] : null;
  }
}

type Hours = Extract<PolicyCondition, { on: "hour" }>;

/** Whether it was then; of hours over midnight the small ones belong to the day before. */
function within({ from, to, days }: Hours, { weekday, minute }: WallClock): boolean {
  const [begins, ends] = [minuteOf(from), minuteOf(to)];
  if (begins < ends) return days.includes(weekday) && minute >= begins && minute < ends;
  if (minute >= begins) return days.includes(weekday);
  return minute < ends && days.includes(weekday === 1 ? 7 : weekday - 1);
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function clockWords(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, "0")).join(":");
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Whole words and phrases without regard to case; a final `*` stands for any ending. Unspaced writing is searched as it stands. */
function holdsWord(said: string, wanted: string): boolean {
  const open = wanted.trimEnd().endsWith("*");
  const phrase = folded(wanted);
  if (phrase === "") return false;
  if (UNSPACED.test(phrase)) return said.includes(phrase);
  return ` ${said} `.includes(open ? ` ${phrase}` : ` ${phrase} `);
}

const foldedTexts = new WeakMap<PolicyFacts, string>();
/** Folded once for all the words of a policy. */
function saidIn(facts: PolicyFacts): string {
  const said = foldedTexts.get(facts) ?? folded(facts.text);
  foldedTexts.set(facts, said);
  return said;
}

function folded(text: string): string {
  return text
    .slice(0, 20_000)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
}
