import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { listsOf } from "../../shared/text/lists.ts";
import { type MonitorName, monitorNamesQuery, thingNamesQuery } from "./policy-query.ts";
import type { Kind } from "./rules.ts";
import type { ConditionWords } from "./say-condition.ts";

const NO_MONITORS: readonly MonitorName[] = [];

function languageName(locale: string, code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

export type PolicyWords = ConditionWords & {
  kinds: Record<Kind, string>;
  monitors: readonly MonitorName[];
  things: readonly MonitorName[];
};

/** The words of conditions in the reader's language. */
export function useConditionWords(): PolicyWords {
  const { t, i18n } = useLingui();
  const monitors = useQuery(monitorNamesQuery).data ?? NO_MONITORS;
  const things = useQuery(thingNamesQuery).data ?? NO_MONITORS;
  return useMemo(() => {
    const locale = i18n.locale;
    const { and, or } = listsOf(locale);
    const quote = (text: string) => t`“${text}”`;
    // 2024 began with a Monday.
    const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
    return {
      kinds: {
        addressed: t`Whom it addresses`,
        intent: t`What it wants`,
        sentiment: t`Its tone`,
        risk: t`The risk it speaks of`,
        signal: t`What else it tells`,
        thing: t`Products and places it names`,
        course: t`How their mood went`,
        monitor: t`Monitors that caught it`,
        visibility: t`Who can read it`,
        author: t`Who wrote it`,
        episode: t`How the work on it stands`,
        noise: t`Noise`,
        "thanks-only": t`Thanks`,
        words: t`Words it says`,
        language: t`Its language`,
        followers: t`Who hears the author`,
        hour: t`When it was written`,
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
        signal: {
          purchase_intent: t`that somebody wants to buy`,
          product_feedback: t`something of a product`,
          churn_risk: t`that a customer may leave`,
          wish: t`a wish`,
          gratitude: t`thanks`,
          sarcasm: t`the contrary of what it says`,
          joke: t`a joke`,
          solved: t`that a trouble is over`,
          hearsay: t`what happened to others`,
          opinion: t`an opinion on everything`,
          rival: t`of another company`,
          news: t`news`,
          job: t`of a job`,
          insult: t`an insult to somebody here`,
          threat: t`a threat to somebody here`,
          slur: t`a slur`,
          personal_data: t`personal data`,
          near_copy: t`what many others say in nearly the same words`,
        },
        course: { better: t`got better`, worse: t`got worse`, steady: t`did not change` },
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
        signal: (list) => t`It tells ${list}.`,
        thing: (list) => t`It names ${list}.`,
        course: (list) => t`The customer’s mood in the conversation ${list}.`,
        monitor: (list) => t`It was caught by ${list}.`,
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
      hours: (from, to, zone, days) => t`It was written between ${from} and ${to} in ${zone}, ${days}.`,
      day: (iso) => weekday.format(Date.UTC(2024, 0, iso)),
      everyDay: t`on every day`,
      and,
      monitor: (id) => {
        const found = monitors.find((m) => m.id === id);
        return found ? quote(found.name) : t`a monitor that is gone`;
      },
      monitors,
      thing: (id) => {
        const found = things.find((m) => m.id === id);
        return found ? quote(found.name) : t`something that is gone from the list`;
      },
      things,
      language: (code) => languageName(locale, code),
      quote,
      or,
      nothing: "…",
    };
  }, [i18n.locale, t, monitors, things]);
}
