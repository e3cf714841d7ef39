import { selectOrdinal } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useLists } from "../../shared/text/use-lists.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { networkSign } from "../../shared/ui/network-sign.ts";
import type { RowFact } from "./row-facts.ts";

/** The words of risks; a risk we have no word for keeps the one it came with. */
export function useRiskWords() {
  const { t } = useLingui();
  return (risk: string): string => {
    const words: Record<string, string> = {
      safety: t`safety`,
      security: t`security`,
      outage: t`outage`,
      legal_press: t`legal or press`,
      vulnerable: t`vulnerable`,
      deadline: t`deadline`,
      reach: t`reach`,
      viral: t`viral`,
    };
    return Object.hasOwn(words, risk) ? words[risk]! : risk.replaceAll("_", " ");
  };
}

/** "Welsh" for "cy", in the page's language. */
export function useLanguageName() {
  const { i18n } = useLingui();
  return (tag: string): string => {
    try {
      return new Intl.DisplayNames(i18n.locale, { type: "language" }).of(tag) ?? tag;
    } catch {
      return tag;
    }
  };
}

/** "4th" */
export function useOrdinal() {
  const { t } = useLingui();
  return (n: number): string => t`${selectOrdinal(n, { one: "#st", two: "#nd", few: "#rd", other: "#th" })}`;
}

/** Puts a row's facts into one spoken sentence. */
export function useRowSentence() {
  const { t } = useLingui();
  const { list } = useLists();
  const time = useTimeWords();
  const risk = useRiskWords();
  const language = useLanguageName();
  const ordinal = useOrdinal();

  function say(fact: RowFact): string {
    switch (fact.say) {
      case "customer":
      case "snippet":
        return fact.text;
      case "snippet-us":
        return t`You: ${fact.text}`;
      case "mark": {
        const { name } = networkSign(fact.network);
        return fact.audience === "public" ? t`${name}, public` : t`${name}, private`;
      }
      case "unread":
        return t`unread`;
      case "draft":
        return t`your draft`;
      case "failed":
        return t`your reply was not sent`;
      case "unknown":
        return t`unknown whether your reply is out`;
      case "paused":
        return t`waiting for the customer`;
      case "ordinal":
        return t`${ordinal(fact.ordinal)} episode`;
      case "left":
        return t`${time.length(fact.ms)} left`;
      case "late":
        return t`${time.length(fact.ms)} late`;
      case "wakes":
        return t`snoozed until ${time.weekdayTime(fact.at)}`;
      case "risk":
        return t`risk: ${list(fact.risks.map(risk))}`;
      case "language":
        return t`written in ${language(fact.language)}`;
      case "owner":
        return t`with ${fact.name}`;
    }
  }
  return (facts: readonly RowFact[]): string => list(facts.map(say));
}
