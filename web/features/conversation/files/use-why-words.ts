import { useLingui } from "@lingui/react/macro";
import type { MessageFile } from "#contracts/desk";

type Why = NonNullable<MessageFile["why"]>;

/** Why a file is not here, and whether it will be. */
export function useWhyWords(): (file: Pick<MessageFile, "state" | "why">) => string {
  const { t } = useLingui();
  const words: Record<Why, string> = {
    "too-large": t`too large to keep (more than 25 MB). Ask for a smaller one.`,
    "too-many": t`more files came than are kept. See them on the network.`,
    type: t`a program. Programs are not kept.`,
    address: t`its link leads to a private address. It was not fetched.`,
    virus: t`holds a virus. It was thrown away.`,
    "not-scanned": t`too large for the virus scanner. It was not kept.`,
    expired: t`its link had run out. See it on the network, or ask for it again.`,
    unreachable: t`could not be fetched. See it on the network.`,
    "no-source": t`is not kept here. See it on the network.`,
  };
  return ({ state, why }) => {
    if (state === "waiting") return t`is being fetched and looked through.`;
    return why ? words[why] : t`is not here.`;
  };
}
