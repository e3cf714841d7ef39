import { useLingui } from "@lingui/react/macro";
import type { CompletionCode } from "./complete.ts";

/** What each thing that can be completed does. */
export function useCompletionWords(): (code: CompletionCode) => string {
  const { t } = useLingui();
  return (code) =>
    ({
      and: t`both have to be there`,
      or: t`one of them has to be there`,
      not: t`must not be there`,
      near: t`at most 5 words apart`,
      onear: t`at most 5 words apart, in this order`,
      from: t`who wrote it`,
      to: t`whom it answers or names`,
      lang: t`its language`,
      url: t`part of a link in it`,
      has: t`what it holds: pictures, links …`,
      is: t`what it is: a reply, a repost …`,
      followers: t`how many follow the author`,
      value: "",
    })[code];
}
