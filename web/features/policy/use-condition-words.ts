import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { Kind } from "./rules.ts";
import type { ConditionWords } from "./say-condition.ts";

function languageName(locale: string, code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

export type PolicyWords = ConditionWords & { kinds: Record<Kind, string> };

/** The words of conditions in the reader's language. */
export function useConditionWords(): PolicyWords {
  const { t, i18n } = useLingui();
  return useMemo(() => {
    const locale = i18n.locale;
    const or = new Intl.ListFormat(locale, { type: "disjunction" });
    return {
      kinds: {
        addressed: t`Whom it addresses`,
        intent: t`What it wants`,
        sentiment: t`Its tone`,
        risk: t`The risk it speaks of`,
        visibility: t`Who can read it`,
        author: t`Who wrote it`,
        episode: t`How the work on it stands`,
        noise: t`Noise`,
        "thanks-only": t`Thanks`,
        words: t`Words it says`,
        language: t`Its language`,
        followers: t`Who hears the author`,
      },
      values: {
        addressed: {
          direct: t`is written to us alone`,
          reply: t`answers us`,
          mention: t`calls our handle`,
          named: t`says our name without calling us`,
          about: t`speaks about us`,
          bystander: t`speaks to others in a thread of ours`,
          none: t`is not addressed to us`,
        },
        intent: {
          question: t`a question`,
          complaint: t`a complaint`,
          request: t`a request`,
          praise: t`praise`,
          purchase: t`a wish to buy`,
          cancel: t`a wish to leave`,
          other: t`something else`,
        },
        sentiment: { negative: t`unhappy`, neutral: t`even`, positive: t`happy` },
        risk: {
          safety: t`danger to people`,
          security: t`theft or fraud`,
          outage: t`a failure that goes on`,
          legal_press: t`lawyers or the press`,
          vulnerable: t`a person in need`,
          deadline: t`something lost by tomorrow`,
        },
        visibility: { public: t`anyone`, private: t`us alone` },
        author: {
          bot: t`a machine`,
          us: t`us`,
          "known-customer": t`a customer we have heard before`,
          stranger: t`somebody we hear for the first time`,
        },
        episode: {
          open: t`work on it is open`,
          "in-window": t`the customer came back soon after it was done`,
          none: t`no work is open on it`,
        },
      },
      sentence: {
        addressed: (list) => t`It ${list}.`,
        intent: (list) => t`It is ${list}.`,
        sentiment: (list) => t`Its tone is ${list}.`,
        risk: (list) => t`It speaks of ${list}.`,
        visibility: (list) => t`It can be read by ${list}.`,
        author: (list) => t`It was written by ${list}.`,
        episode: (list) => t`At that moment ${list}.`,
        words: (list) => t`It says ${list}.`,
        language: (list) => t`It is written in ${list}.`,
      },
      yesNo: {
        noise: [t`It is noise.`, t`It is not noise.`],
        "thanks-only": [t`It says thanks and nothing else.`, t`It says more than thanks.`],
      },
      followers: (count) =>
        t`${plural(count, { one: "At least # person follows the author.", other: "At least # people follow the author." })}`,
      language: (code) => languageName(locale, code),
      quote: (text) => `“${text}”`,
      or: (list) => or.format(list),
      nothing: "…",
    };
  }, [i18n.locale, t]);
}
