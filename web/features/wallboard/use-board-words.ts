import { useLingui } from "@lingui/react/macro";
import type { WorkRow } from "#contracts/desk";
import type { BoardPerson, ClearView } from "#contracts/supervision";
import { useTimeWords } from "../../shared/time/format.ts";

const MINUTE = 60_000;

/** What the wallboard says of numbers, states and clear times. */
export function useBoardWords() {
  const { t, i18n } = useLingui();
  const time = useTimeWords();
  const whole = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
  const percent = (share: number) => t`${whole.format(Math.round(share * 100))}\u00a0%`;

  /** In a cell: "16:50", "in time", "grows". */
  function clear(view: ClearView): string {
    if (view.state === "clear") return t`in time`;
    if (view.state === "clears") return time.time(view.at);
    if (view.state === "closed") return t`opens ${time.time(view.opensAt)}`;
    if (view.state === "nobody") return t`nobody here`;
    return view.perHour >= 0.5 ? t`grows` : t`not today`;
  }
  /** In a sentence after a full stop: "Clear at 16:50 if nothing changes". */
  function clearSentence(view: ClearView): string {
    if (view.state === "clear") return t`There is room for all that waits`;
    if (view.state === "clears") return t`Clear at ${time.time(view.at)} if nothing changes`;
    if (view.state === "closed") return t`Closed until ${time.time(view.opensAt)}`;
    if (view.state === "nobody") return t`It does not clear: nobody is here for it`;
    return view.perHour >= 0.5
      ? t`It does not clear: it grows by ${whole.format(view.perHour)} an hour`
      : t`It does not clear within 12 hours`;
  }
  /** "6 min", "2 h 10"; under a minute "now". */
  function waited(ms: number): string {
    if (ms < MINUTE) return t`now`;
    return ms < 60 * MINUTE ? t`${Math.floor(ms / MINUTE)} min` : time.length(ms);
  }
  const states: Record<BoardPerson["state"], string> = {
    available: t`Available`,
    busy: t`Busy`,
    break: t`Break`,
    training: t`Training`,
    away: t`Away`,
    "not-responding": t`Missing`,
    offline: t`Off duty`,
  };
  const priorities: Record<WorkRow["priority"], string> = {
    urgent: t`Urgent`,
    high: t`High`,
    normal: t`Normal`,
    low: t`Low`,
  };
  return {
    ...{ clear, clearSentence, waited, percent, states, priorities, time },
    number: (n: number) => whole.format(n),
    units: (n: number) => tenth.format(n),
    // A minus sign, as wide as the plus; the formatter gives a hyphen.
    signed: (n: number) => signed.format(n).replace("-", "\u2212"),
  };
}
export type BoardWords = ReturnType<typeof useBoardWords>;
