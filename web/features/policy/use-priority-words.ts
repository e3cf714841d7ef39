import { useLingui } from "@lingui/react/macro";
import type { Priority } from "#contracts/policy";

export function usePriorityWords(): Record<Priority, string> {
  const { t } = useLingui();
  return { urgent: t`urgent`, high: t`high`, normal: t`normal`, low: t`low` };
}
