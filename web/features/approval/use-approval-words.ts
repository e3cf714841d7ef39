import { useLingui } from "@lingui/react/macro";
import type { ApprovalView } from "#contracts/approval";
import { useLists } from "../../shared/text/use-lists.ts";

/** What stages, states and steps are called. */
export function useApprovalWords() {
  const { t } = useLingui();
  const { list } = useLists();
  const states: Record<ApprovalView["state"], string> = {
    waiting: t`Waits`,
    approved: t`Passed`,
    returned: t`Given back`,
    withdrawn: t`Taken back`,
  };
  const acts: Record<string, string> = {
    asked: t`asked for approval`,
    passed: t`passed it`,
    edited: t`changed it`,
    returned: t`gave it back`,
    withdrawn: t`took it back`,
    confirmed: t`confirmed that it still fits`,
    commented: t`said`,
    "asked-on": t`Nobody answered in time, others are asked`,
    stale: t`Something was said in the conversation meanwhile`,
    alarmed: t`Alarm`,
  };
  const names = (of: ApprovalView) => {
    const all = of.asked.map((one) => one.name);
    if (all.length === 0) return t`nobody yet`;
    return all.length > 3 ? t`${list(all.slice(0, 3))} and ${all.length - 3} more` : list(all);
  };
  return {
    names,
    state: (state: ApprovalView["state"]) => states[state],
    act: (act: string) => (Object.hasOwn(acts, act) ? acts[act]! : act),
    audience: (audience: ApprovalView["audience"]) => (audience === "public" ? t`Anyone can read it` : t`Private`),
  };
}
