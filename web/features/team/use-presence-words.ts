import { useLingui } from "@lingui/react/macro";
import type { PresenceView } from "#contracts/workforce";

export function usePresenceWords(): Record<PresenceView["state"], string> {
  const { t } = useLingui();
  return {
    available: t`Available`,
    busy: t`Busy`,
    break: t`Break`,
    training: t`Training`,
    away: t`Away`,
    "not-responding": t`Not responding`,
    offline: t`Off duty`,
  };
}
