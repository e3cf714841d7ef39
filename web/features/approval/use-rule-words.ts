import { useLingui } from "@lingui/react/macro";
import type { ApprovalRule } from "#contracts/approval";
import type { Target } from "#contracts/escalation";
import { useLists } from "../../shared/text/use-lists.ts";

export type Names = {
  agents: readonly { id: string; name: string }[];
  teams: readonly { id: string; name: string }[];
};

/** Targets as texts of a list: "agent:<id>". */
export const targetKey = (t: Target): string => (t.kind === "managers" ? "managers" : `${t.kind}:${t.id}`);
export function targetOf(key: string): Target {
  if (key === "managers") return { kind: "managers" };
  const [kind, id = ""] = key.split(":");
  return { kind: kind as "agent" | "team" | "rota", id };
}

export function newRule(id: string, names: Names, name: string): ApprovalRule {
  const [team] = names.teams;
  const first = team ? `team:${team.id}` : `agent:${names.agents[0]?.id ?? ""}`;
  return {
    ...{ id, name, audience: "public", risks: [], intents: [], followersFrom: null, verified: false, fields: [] },
    ...{ training: false, says: [] },
    tiers: [{ approvers: [targetOf(first)], deputies: [], minutes: 15 }],
  };
}

/** What the parts of a rule are called. */
export function useRuleWords(names: Names) {
  const { t } = useLingui();
  const { list } = useLists();
  const risks: Record<string, string> = {
    safety: t`Safety`,
    vulnerable: t`Vulnerable people`,
    security: t`Security`,
    legal_press: t`Law and press`,
    outage: t`Outage`,
    deadline: t`A deadline`,
  };
  const intents: Record<string, string> = {
    question: t`Question`,
    complaint: t`Complaint`,
    request: t`Request`,
    praise: t`Praise`,
    purchase: t`Purchase`,
    cancel: t`Cancelling`,
  };
  const sayings: Record<string, string> = {
    promise: t`A promise`,
    money: t`Money`,
    liability: t`That we are liable`,
  };
  const options = [
    ...names.teams.map((one) => ({ value: `team:${one.id}`, label: t`Team ${one.name}` })),
    ...names.agents.map((one) => ({ value: `agent:${one.id}`, label: one.name })),
  ];
  const labels = new Map(options.map((one) => [one.value, one.label]));
  const name = (target: Target) => labels.get(targetKey(target)) ?? t`somebody who is gone`;
  const called = (words: Record<string, string>, key: string) => (Object.hasOwn(words, key) ? words[key]! : key);
  /** A rule in one line. */
  function says(rule: ApprovalRule): string {
    const parts = [
      ...rule.risks.map((one) => called(risks, one)),
      ...rule.intents.map((one) => called(intents, one)),
      ...(rule.followersFrom === null ? [] : [t`from ${rule.followersFrom} followers on`]),
      ...(rule.verified ? [t`verified authors`] : []),
      ...rule.fields.map((one) => t`${one.key} is ${one.is}`),
      ...(rule.training ? [t`written in training`] : []),
      ...rule.says.map((one) => t`the text says: ${called(sayings, one)}`),
    ];
    const where = rule.audience === "public" ? t`Public replies` : t`Public and private replies`;
    return parts.length === 0 ? t`${where}, all of them` : `${where}: ${list(parts)}`;
  }
  return { risks, intents, sayings, options, name, says };
}
