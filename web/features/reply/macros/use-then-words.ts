import { useLingui } from "@lingui/react/macro";
import { useTimeWords } from "../../../shared/time/format.ts";
import type { MacroThen } from "./macro-slot.ts";

/** What a macro does, in words. */
export function useThenWords(): (then: MacroThen) => string {
  const { t } = useLingui();
  const words = useTimeWords();
  return (then) => {
    if (then.kind === "resolve") return t`Resolve it: ${then.name}`;
    if (then.kind === "move") return t`Move it to ${then.name}`;
    return t`Snooze it for ${words.length(then.minutes * 60_000)}`;
  };
}
