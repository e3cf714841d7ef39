import { businessTime, type Calendar, dueAt } from "#modules/company";
import { DAY } from "#platform/clock";
import { AppError } from "#platform/errors";
import { plainTime, type TimeKeeper } from "../domain/clocks/count-time.ts";

/** A calendar that does not open long enough in ten years makes nothing due before then. */
const NEVER_DUE = 3_660 * DAY;

/** A calendar's opening time, or "plain": all time. */
export function timeOf(hours: string, calendars: ReadonlyMap<string, Calendar>): TimeKeeper {
  if (hours === "plain") return plainTime;
  const calendar = calendars.get(hours);
  if (!calendar) throw new AppError("internal", `There is no calendar ${hours}.`);
  return {
    between: (from, to) => businessTime(from, to, calendar),
    after: (from, ms) => {
      try {
        return dueAt(from, ms, calendar);
      } catch (error) {
        if (error instanceof RangeError) return from + NEVER_DUE;
        throw error;
      }
    },
  };
}
