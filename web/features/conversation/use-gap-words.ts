import { useLingui } from "@lingui/react/macro";

const HOUR = 3_600_000;

/** The length of a silence between bursts: "at once", "40 min", "25 h", "6 days". */
export function useGapWords() {
  const { t } = useLingui();
  return (ms: number): string => {
    const minutes = Math.round(ms / 60_000);
    const hours = Math.round(ms / HOUR);
    const days = Math.round(ms / (24 * HOUR));
    if (minutes < 2) return t`at once`;
    if (ms < HOUR) return t`${minutes} min`;
    if (hours < 72) return t`${hours} h`;
    return t`${days} days`;
  };
}
