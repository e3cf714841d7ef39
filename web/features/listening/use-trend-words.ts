import { useLingui } from "@lingui/react/macro";
import type { AlarmReason } from "#contracts/alarms";

type Share = { share: number; low: number; high: number } | null;
type Change = { times: number; low: number; high: number; sure: boolean } | null;

/** Figures of trends and alarms in words. */
export function useTrendWords() {
  const { t, i18n } = useLingui();
  const percent = (value: number) => i18n.number(value, { style: "percent", maximumFractionDigits: 0 });
  const tenth = (value: number) => i18n.number(value, { maximumFractionDigits: 1 });
  return {
    number: (value: number) => i18n.number(value),
    tenth,
    percent,
    share: (share: Share) => (share === null ? t`too few posts` : percent(share.share)),
    between: (share: Share) => {
      if (share === null) return "";
      const [low, high] = [percent(share.low), percent(share.high)];
      return t`${low} to ${high}`;
    },
    change: (change: Change) => {
      if (change === null) return t`too few posts`;
      if (!change.sure) return t`as before`;
      const times = tenth(change.times);
      return t`${times} ×`;
    },
    severity: [t`A rise`, t`Many angry people`, t`Angry and spreading`, t`Danger`],
    reason: (reason: AlarmReason) =>
      ({
        rise: t`more posts than usual`,
        "many-angry": t`many people, half of them or more angry`,
        spreading: t`passed on by others`,
        "far-reaching": t`writers with more than a million followers together`,
        danger: t`several people speak of danger, the law or the press`,
      })[reason],
    topic: (topic: string) =>
      ({
        complaint: t`Complaint`,
        question: t`Question`,
        praise: t`Praise`,
        request: t`Request`,
        purchase: t`Wants to buy`,
        cancel: t`Wants to leave`,
        other: t`Something else`,
      })[topic] ?? topic,
  };
}
