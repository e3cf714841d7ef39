import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { HolidayPreviewView, NotTakenCode } from "#contracts/hours";

/** Why an event of a calendar file closes nothing. A new reason of the contract is asked for here by the compiler. */
export function useNotTakenWords(): (one: HolidayPreviewView["notTaken"][number]) => string {
  const { t } = useLingui();
  return ({ code, most }) => {
    const says: Record<NotTakenCode, string> = {
      "no-start": t`It has no start that can be read.`,
      "before-1970": t`It begins before 1970.`,
      "two-rules": t`It has more than one rule by which it repeats.`,
      "strange-rule": t`It repeats by a rule that cannot be read here.`,
      "no-length": t`It has no length.`,
      "too-long": t`${plural(most ?? 0, { one: "It lasts longer than # day.", other: "It lasts longer than # days." })}`,
    };
    return says[code];
  };
}
