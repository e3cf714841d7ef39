import type { PolicyRule } from "#contracts/policy";

/** What becomes of praise that asks nothing; null where no rule of its own decides it. */
export type Praise = PolicyRule["verdict"] | null;

/** The rule that the choice stands for: one rule among the others, so that what is chosen here and what the list says are one thing. */
const PRAISE = "praise";

export function praiseOf(rules: readonly PolicyRule[]): Praise {
  return rules.find((rule) => rule.id === PRAISE)?.verdict ?? null;
}

/**
 * The rules with praise decided so. A new rule comes after the ones that speak of risks, for praise must never hide a danger; `says` is its
 * sentence. An answer to praise can always wait: its priority is low.
 */
export function withPraise(rules: readonly PolicyRule[], praise: Praise, says: string): PolicyRule[] {
  if (praise === null) return rules.filter((rule) => rule.id !== PRAISE);
  if (praiseOf(rules) !== null)
    return rules.map((rule) => (rule.id === PRAISE ? { ...rule, says, verdict: praise, priority: "low" } : rule));
  const after = rules.findLastIndex((rule) => rule.when.some((condition) => condition.on === "risk"));
  const rule: PolicyRule = {
    id: PRAISE,
    says,
    when: [
      { on: "intent", is: ["praise"] },
      { on: "sentiment", is: ["positive", "neutral"] },
    ],
    verdict: praise,
    priority: "low",
  };
  return rules.toSpliced(after + 1, 0, rule);
}
