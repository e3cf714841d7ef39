import { useLingui } from "@lingui/react/macro";
import type { Medium } from "./windows-form.ts";

export function useMediumWords(): (medium: Medium) => string {
  const { t } = useLingui();
  return (medium) =>
    ({
      public: t`Posts in public`,
      dm: t`Private messages`,
      email: t`E-mail`,
      chat: t`Chat`,
      phone: t`Calls`,
    })[medium];
}
