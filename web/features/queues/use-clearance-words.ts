import { useLingui } from "@lingui/react/macro";
import type { Clearance } from "./queues-query.ts";

/** What a skill stands for. */
export function useClearanceWords(): Record<Clearance, string> {
  const { t } = useLingui();
  return {
    skill: t`Skill`,
    brand: t`Clearance for a brand`,
    language: t`Language`,
    region: t`Clearance for a region's data`,
    training: t`Training passed`,
  };
}
