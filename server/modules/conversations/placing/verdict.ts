import type { PolicyRule } from "#contracts/policy";
import { settingOf } from "#modules/company";
import type { Tx } from "#platform/db";
import type { ReopenWindows } from "../domain/medium.ts";
import { judge, type PolicyFacts, type Verdict } from "../domain/policy.ts";
import { reopenWindowsSetting } from "../settings.ts";
import type { Episode } from "../store/episode-store.ts";
import type { Placement } from "../store/placement-store.ts";
import { type Draft, policyFacts } from "./draft.ts";

/** The policy's verdict; thanks never open work, whatever the policy says (operations reference §7.3). */
export function verdictOn(rules: readonly PolicyRule[], draft: Draft, episode: PolicyFacts["episode"]): Verdict {
  const verdict = judge(rules, policyFacts(draft, episode));
  if (!verdict.actionable || !draft.labels.thanksOnly) return verdict;
  return {
    ...verdict,
    actionable: false,
    reasons: [{ code: "thanks-only", text: "It says thanks and nothing else: thanks open no work." }],
  };
}

/** How its conversation stood when a message came, as far as its episode tells. */
export function stoodThen(p: Placement, episode: Episode | undefined): PolicyFacts["episode"] {
  if (!episode) return "none";
  if (episode.openedByMessage !== p.messageId) return "open";
  return episode.reopens === null ? "none" : "in-window";
}

/** Reopen windows of each brand, loaded once. */
export type WindowsOf = (brandId: string) => ReopenWindows;
export async function windowsOf(tx: Tx, brandIds: readonly string[]): Promise<WindowsOf> {
  const found = new Map<string, ReopenWindows>();
  for (const brandId of brandIds) found.set(brandId, (await settingOf(tx, reopenWindowsSetting, { brandId })).value);
  return (brandId) => found.get(brandId) ?? reopenWindowsSetting.fallback;
}
