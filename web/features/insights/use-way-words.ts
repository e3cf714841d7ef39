import { useLingui } from "@lingui/react/macro";
import { stepArrow } from "../../shared/look/direction.ts";

/** Media and places people are asked to come to, in the reader's words; a way over several keeps its arrows. */
export function useWayWords(): (way: string) => string {
  const { t, i18n } = useLingui();
  const words: Readonly<Record<string, string>> = {
    ...{ public: t`public`, dm: t`DM`, email: t`e-mail`, chat: t`chat`, phone: t`telephone` },
    ...{ callback: t`call-back`, call: t`call` },
  };
  return (way) =>
    way
      .split(" → ")
      .map((one) => words[one] ?? one)
      .join(stepArrow(i18n.locale));
}
