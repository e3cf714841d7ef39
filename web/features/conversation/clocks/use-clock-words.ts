import { useLingui } from "@lingui/react/macro";
import type { ClockStory, PromiseShown } from "#contracts/sla";
import { useTimeWords } from "../../../shared/time/format.ts";

type Cause = ClockStory["pauses"][number]["cause"];

/** Names of clocks, and why they stand still. */
export function useClockWords() {
  const { t } = useLingui();
  const { length } = useTimeWords();
  const kinds: Record<ClockStory["kind"], string> = {
    "first-response": t`First answer`,
    "next-response": t`Next answer`,
    resolution: t`Solved`,
    "reply-window": t`The network's reply window`,
  };
  const standing: Record<Cause, string> = {
    "waiting-for-customer": t`we wait for the customer`,
    "third-party": t`we wait for a third party`,
    "peer-answer": t`another customer's answer stands`,
    "outage-hold": t`nothing can be sent there now`,
  };
  const target = ({ targetMs, calendar }: Pick<PromiseShown, "targetMs" | "calendar">) =>
    calendar ? t`${length(targetMs)} in ${calendar}` : t`${length(targetMs)}, day and night`;
  /** "First answer: 15 min in Weekdays, by Gold" */
  const promise = (p: PromiseShown) =>
    p.row ? t`${kinds[p.kind]}: ${target(p)}, by ${p.row}` : t`${kinds[p.kind]}: ${target(p)}`;
  return { kinds, standing, target, promise };
}
