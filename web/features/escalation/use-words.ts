import { useLingui } from "@lingui/react/macro";
import type { Target, TriggerKind } from "#contracts/escalation";

/** What severities, triggers and steps are called. */
export function useEscalationWords() {
  const { t } = useLingui();
  const triggers: Record<TriggerKind, string> = {
    "by-hand": t`An agent asks for it`,
    "work-late": t`Work is late`,
    "clock-breached": t`A target was missed`,
    risk: t`Words of risk`,
    "channel-dead": t`A channel does not work`,
    "router-overload": t`Too much is late at once`,
    volume: t`Much comes at once`,
    "work-stuck": t`Nobody takes it`,
    "way-dead": t`People cannot be reached`,
  };
  const acts: Record<string, string> = {
    opened: t`Escalated`,
    paged: t`Asked`,
    nobody: t`Passed over`,
    alarmed: t`Alarm`,
    acknowledged: t`Has it`,
    acted: t`Acted`,
    "handed-on": t`Handed on`,
    raised: t`Next level`,
    gone: t`Cause gone`,
    over: t`Ended`,
    "not-reached": t`Not reached`,
    started: t`Started`,
    paused: t`Paused`,
    released: t`Released`,
    spokesperson: t`Spokesperson`,
    holding: t`Holding statement`,
    bound: t`Conversation added`,
    unbound: t`Conversation removed`,
    noted: t`Noted`,
    answered: t`Answered in public`,
    ended: t`Stood down`,
  };
  const risks = [
    { risk: "safety", label: t`Safety` },
    { risk: "vulnerable", label: t`Vulnerable people` },
    { risk: "security", label: t`Security` },
    { risk: "legal_press", label: t`Law and press` },
    { risk: "outage", label: t`Outage` },
    { risk: "deadline", label: t`A deadline` },
  ];
  const severities = [t`0, for the record`, t`1, care`, t`2, its lead`, t`3, the company`, t`4, danger`] as const;
  return {
    triggers,
    risks,
    severities,
    trigger: (kind: string) => (Object.hasOwn(triggers, kind) ? triggers[kind as TriggerKind] : kind),
    act: (act: string) => (Object.hasOwn(acts, act) ? acts[act]! : act),
  };
}

export type Names = {
  agents: readonly { id: string; name: string }[];
  teams: readonly { id: string; name: string }[];
  rotas: readonly { id: string; name: string }[];
};

/** Targets as texts of a list: "agent:<id>". */
export const targetKey = (target: Target): string =>
  target.kind === "managers" ? "managers" : `${target.kind}:${target.id}`;

export function targetOf(key: string): Target {
  if (key === "managers") return { kind: "managers" };
  const [kind, id = ""] = key.split(":");
  return { kind: kind as "agent" | "team" | "rota", id };
}

export function useTargetOptions(names: Names): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    ...names.rotas.map((r) => ({ value: `rota:${r.id}`, label: t`On call: ${r.name}` })),
    ...names.teams.map((one) => ({ value: `team:${one.id}`, label: t`Team ${one.name}` })),
    { value: "managers", label: t`Everybody who manages escalations` },
    ...names.agents.map((a) => ({ value: `agent:${a.id}`, label: a.name })),
  ];
}
