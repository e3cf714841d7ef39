import { useLingui } from "@lingui/react/macro";
import type { Kind } from "./capacity-query.ts";

/** Kinds of work in words, as headings of columns and names of fields. */
export function useKindWords(): Record<Kind, string> {
  const { t } = useLingui();
  return {
    phone: t`Calls`,
    chat: t`Chats`,
    dm: t`Private messages`,
    public: t`Public posts`,
    email: t`Mails and topics`,
  };
}
