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
  visibility: "public" | "private";
  language: string;
  /** Followers of the author; null where the network does not tell. */
  followers: number | null;
  author: "bot" | "us" | "known-customer" | "stranger";
  /** Of the conversation the message joins. `in-window`: done, but the customer came back in time to be the same work. */
  episode: "open" | "in-window" | "none";
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
    case "author":
      return c.is.includes(f.author) ? AUTHOR[f.author] : null;
    case "episode":
      return c.is.includes(f.episode) ? EPISODE[f.episode] : null;
  }
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
