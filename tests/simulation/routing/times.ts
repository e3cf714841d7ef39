import type { Decision, Item } from "../../../server/modules/routing/domain/model.ts";
import type { Checks } from "./checks.ts";
import type { Company } from "./company.ts";
import { RINGS } from "./plain.ts";
import { plainDue } from "./plain-calendar.ts";
import type { Seen, SeenItem, SeenQueue } from "./seen.ts";

/** A due time is the target in the opening time of its queue, whatever the clocks of the zone do; a transfer never makes it later (R16). */
export function dueInTime(
  seen: Seen,
  company: Company,
  was: SeenItem,
  ran: boolean,
  item: Item,
  d: Decision,
  checks: Checks,
): void {
  const code = d.reasons[0]?.code;
  const set = d.act === "queued" || (d.act === "changed" && (code === "clock-runs" || code === "priority-set"));
  const sent = (d.act === "requeued" || d.act === "transferred") && code !== "owner-gone";
  if (!set && !sent) return;
  const { made } = seen.queues.get(item.queueId) as SeenQueue;
  const target = company.targets[item.priority];
  const after = (ms: number) => (item.crisis ? item.t0 + ms : plainDue(item.t0, ms, made.calendar));
  const promised = after(target);
  const due = set && (d.act === "queued" || !ran || code === "priority-set") ? promised : Math.min(promised, was.due);
  checks.expect(
    "R16 business time",
    item.due === due,
    () => `${item.id} of ${made.id}: due ${new Date(item.due).toISOString()}, should be ${new Date(due).toISOString()}`,
  );
  const rings = RINGS.map((part) => after(Math.round(target * part)));
  const same = rings.every((at, i) => at === item.ringsAt[i]);
  checks.expect(
    "R16 business time",
    same,
    () => `${item.id} of ${made.id}: rings at ${item.ringsAt.join(", ")}, should be ${rings.join(", ")}`,
  );
}
