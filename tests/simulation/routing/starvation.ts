import type { Priority } from "../../../server/modules/routing/domain/model.ts";
import type { Result } from "./overload.ts";

/** Of a hundred turns while the queue is past due each priority that waits has so many at least; three others may be owed one first. */
const SHARE: Readonly<Record<Priority, number>> = { urgent: 8, high: 4, normal: 2, low: 1 };
const mostBetween = (priority: Priority): number => Math.ceil(100 / SHARE[priority]) + 3;
/** Who is passed over so seldom is not looked at: most are. */
const SELDOM = 30;

/**
 * The starvation theorem of operations.md §1.2 for due order with turns: while somebody waits, others are served either because they are due
 * before, of whom there are finitely many because each came before the due time, or in turns, of which every round has its own priority's
 * share. Returns the first who was passed over more often than that; null when there is none.
 */
export function starvedOne({ places, servedAll }: Result): string | null {
  for (const one of places) {
    const passed = (one.served ?? servedAll) - one.came;
    if (passed <= SELDOM) continue;
    const waited = places.filter(({ job, served }) => job.due < one.job.due && (served === null || served >= one.came));
    const alike = waited.filter(({ job }) => job.priority === one.job.priority).length;
    const most = waited.length + (alike + 1) * mostBetween(one.job.priority);
    if (passed > most)
      return `${one.job.id} (${one.job.priority}) was passed over ${passed} times, at most ${most} may be`;
  }
  return null;
}
