import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { Figure } from "#contracts/insights";
import { NAMES } from "./figure-words.ts";
import { nameFromKey } from "./measures.ts";

/** The name of a figure in the reader's language; one we have no words for is named by its key. */
export function useFigureName(): (key: string) => string {
  const { i18n } = useLingui();
  return (key) => (Object.hasOwn(NAMES, key) ? i18n._(NAMES[key]!) : nameFromKey(key));
}

/** "3,418 episodes" */
export function useUnitCount(): (unit: Figure["unit"], count: number) => string {
  const { t } = useLingui();
  return (unit, count) => {
    switch (unit) {
      case "messages":
        return t`${plural(count, { one: "# message", other: "# messages" })}`;
      case "bursts":
        return t`${plural(count, { one: "# burst", other: "# bursts" })}`;
      case "episodes":
        return t`${plural(count, { one: "# episode", other: "# episodes" })}`;
      case "conversations":
        return t`${plural(count, { one: "# conversation", other: "# conversations" })}`;
      case "customers":
        return t`${plural(count, { one: "# customer", other: "# customers" })}`;
      case "replies":
        return t`${plural(count, { one: "# reply", other: "# replies" })}`;
      case "invitations":
        return t`${plural(count, { one: "# invitation", other: "# invitations" })}`;
    }
  };
}
