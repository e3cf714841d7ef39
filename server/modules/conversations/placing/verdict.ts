import type { PolicyRule } from "#contracts/policy";
import { settingsOf } from "#modules/company";
import type { Tx } from "#platform/db";
import { COPY, isCopy } from "../domain/evidence.ts";
import type { ReopenWindows } from "../domain/medium.ts";
import { judge, type PolicyFacts, type Verdict } from "../domain/policy.ts";
import { reopenWindowsOn, WINDOWS, type Windows } from "../domain/windows.ts";
import { burstGapsSetting, channelWindowsSetting, reopenWindowsSetting } from "../settings.ts";
import type { Episode } from "../store/episode-store.ts";
import type { Placement } from "../store/placement-store.ts";
import { type Judged, policyFacts } from "./draft.ts";

/** The policy's verdict; thanks never open work, whatever the policy says (operations reference §7.3). */
export function verdictOn(rules: readonly PolicyRule[], draft: Judged, episode: PolicyFacts["episode"]): Verdict {
  const verdict = judge(rules, policyFacts(draft, episode));
  if (!verdict.actionable || !draft.labels.thanksOnly) return verdict;
  return {
    ...verdict,
    actionable: false,
    reasons: [{ code: "thanks-only", text: "It says thanks and nothing else: thanks open no work." }],
  };
}

/** The verdict on a message where it was placed: the same mail in a second mailbox asks for nothing that the first does not. */
export function verdictThere(verdict: Verdict, evidence: Placement["evidence"]): Verdict {
  if (!isCopy(evidence)) return verdict;
  const text = "The same mail came to another mailbox and is worked on there.";
  return { ...verdict, actionable: false, reasons: [{ code: COPY, text }] };
}

/** How its conversation stood when a message came, as far as its episode tells. */
export function stoodThen(p: Placement, episode: Episode | undefined): PolicyFacts["episode"] {
  if (!episode) return "none";
  if (episode.openedByMessage !== p.messageId) return "open";
  return episode.reopens === null ? "none" : "in-window";
}

/** Everything a brand has written about windows, in one statement. */
export async function allWindowsOf(tx: Tx, brandId: string): Promise<Windows> {
  return settingsOf(
    tx,
    { reopen: reopenWindowsSetting, burst: burstGapsSetting, channels: channelWindowsSetting },
    brandId,
  );
}

/** Reopen windows of each brand, loaded once; a channel may have its own. */
export type WindowsOf = (brandId: string, channelId?: string) => ReopenWindows;
export async function windowsOf(tx: Tx, brandIds: readonly string[]): Promise<WindowsOf> {
  const found = new Map<string, Windows>();
  for (const brandId of brandIds) found.set(brandId, await allWindowsOf(tx, brandId));
  return (brandId, channelId) => reopenWindowsOn(found.get(brandId) ?? WINDOWS, channelId ?? null);
}
