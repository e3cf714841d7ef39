import { type Instant, MINUTE } from "#platform/clock";
import { type Cell, tableOf } from "./figures.ts";
import type { Course, ItemCourse } from "./model.ts";

/** What became of an item in truth. */
export interface WhatReallyWas {
  readonly id: string;
  readonly takenAt: Instant | null;
  readonly by: string | null;
  readonly doneAt: Instant | null;
}
/** How near a play comes to what was: of the items taken in hand both times, the parts with the same agent and with a wait that differs by a minute at most. */
export interface Agreement {
  readonly compared: number;
  readonly sameAgent: number | null;
  readonly sameWait: number | null;
}

/** The same items with the same promises, as they were really taken and done. How full people were is not told by that. */
export function reallyTable(played: Course, really: ReadonlyMap<string, WhatReallyWas>): ReadonlyMap<string, Cell> {
  const items = played.items.map((course): ItemCourse => {
    const was = really.get(course.item.id);
    return { ...course, takenAt: was?.takenAt ?? null, by: was?.by ?? null, answeredAt: was?.doneAt ?? null };
  });
  return new Map(tableOf({ items, agents: [], until: played.until }).map((cell) => [cell.id, cell]));
}

export function agreementOf(played: Course, really: ReadonlyMap<string, WhatReallyWas>): Agreement {
  let [compared, sameAgent, sameWait] = [0, 0, 0];
  for (const { item, takenAt, by } of played.items) {
    const was = really.get(item.id);
    if (takenAt === null || !was || was.takenAt === null) continue;
    compared++;
    if (was.by === by) sameAgent++;
    if (Math.abs(was.takenAt - takenAt) <= MINUTE) sameWait++;
  }
  const part = (n: number) => (compared === 0 ? null : n / compared);
  return { compared, sameAgent: part(sameAgent), sameWait: part(sameWait) };
}
