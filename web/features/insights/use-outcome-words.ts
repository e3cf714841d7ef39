import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { stepArrow } from "../../shared/look/direction.ts";
import type { OutcomeLine } from "./outcome-lines.ts";
import type { Picked } from "./outcomes-query.ts";
import type { useMeasureWords } from "./use-measure-words.ts";

/** What an outcome of history is called that told none. */
const IMPORTED = "imported";

/** Names and changes of outcomes and reasons; the names themselves are the account's own. */
export function useOutcomeWords(words: Pick<ReturnType<typeof useMeasureWords>, "delta">) {
  const { t, i18n } = useLingui();
  function nameAt({ path, names }: Pick<OutcomeLine, "path" | "names">, depth: number): string {
    if (path[depth] === "") return depth === 2 ? t`not said more exactly` : t`no reason given`;
    return depth === 0 && path[0] === IMPORTED ? t`History without an outcome` : (names[depth] ?? "");
  }
  return {
    name: (line: Pick<OutcomeLine, "path" | "names">) => nameAt(line, line.path.length - 1),
    /** "Solved → Network → Mast down" */
    way: (line: Pick<OutcomeLine, "path" | "names">) =>
      line.path.map((_, depth) => nameAt(line, depth)).join(stepArrow(i18n.locale)),
    change({ count, before }: { count: number; before: number }): string {
      if (before === 0) return count === 0 ? t`no change` : t`none before`;
      return words.delta({ key: "", measure: "count", value: count, before })?.text ?? t`no change`;
    },
    mark: (mark: Picked["mark"]) => ({ feedback: t`Product feedback`, lead: t`Leads` })[mark ?? ""] ?? t`Resolved`,
    conversations: (count: number) => t`${plural(count, { one: "# conversation", other: "# conversations" })}`,
  };
}
