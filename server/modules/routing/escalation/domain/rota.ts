import type { Rota } from "#contracts/escalation";
import { DAY, type Instant } from "#platform/clock";
import { isZone } from "#shared/zone";
import { dayAt, dayOf, instantAt, minutesOf, weekdayOf, weekOf } from "./local-time.ts";

/** Somebody's turn; `to` is not in it. */
export interface Duty {
  readonly agentId: string;
  readonly from: Instant;
  readonly to: Instant;
  /** He stands in for whoever's turn it would be. */
  readonly override: boolean;
}

/** All turns that touch a span, as planned, overrides aside. */
function planned(rota: Rota, from: Instant, to: Instant): Duty[] {
  const duties: Duty[] = [];
  const firstWeek = weekOf(dayOf(rota.firstWeek));
  for (let day = dayAt(rota.zone, from) - 1; day <= dayAt(rota.zone, to) + 1; day++)
    for (const shift of rota.shifts) {
      if (!shift.days.includes(weekdayOf(day))) continue;
      const [begins, ends] = [minutesOf(shift.from), minutesOf(shift.to)];
      const start = instantAt(rota.zone, day, begins);
      const end = ends > begins ? instantAt(rota.zone, day, ends) : instantAt(rota.zone, day + 1, ends);
      if (end <= from || start >= to || end <= start) continue;
      const turn =
        (((weekOf(day) - firstWeek) % shift.agentIds.length) + shift.agentIds.length) % shift.agentIds.length;
      duties.push({ agentId: shift.agentIds[turn]!, from: start, to: end, override: false });
    }
  return duties.sort((a, b) => a.from - b.from || (a.agentId < b.agentId ? -1 : 1));
}

/** Who is on call at an instant. An override takes the place of everybody whose turn it would be; of several the last one counts. */
export function onCall(rota: Rota, at: Instant): Duty[] {
  const stands = rota.overrides.filter((o) => Date.parse(o.from) <= at && at < Date.parse(o.to)).at(-1);
  if (stands)
    return [{ agentId: stands.agentId, from: Date.parse(stands.from), to: Date.parse(stands.to), override: true }];
  return planned(rota, at, at + 1).filter((d) => d.from <= at && at < d.to);
}

/** The instants in a span at which who is on call can change. */
function turns(rota: Rota, from: Instant, to: Instant): Instant[] {
  const edges = [
    ...planned(rota, from, to).flatMap((d) => [d.from, d.to]),
    ...rota.overrides.flatMap((o) => [Date.parse(o.from), Date.parse(o.to)]),
  ];
  return [...new Set([from, ...edges.filter((e) => e > from && e < to), to])].sort((a, b) => a - b);
}

/** The next turn of somebody who is not on call now, within two weeks. */
export function nextOnCall(rota: Rota, now: Instant): Duty | null {
  const here = new Set(onCall(rota, now).map((d) => d.agentId));
  for (const at of turns(rota, now, now + 14 * DAY).slice(1)) {
    const next = onCall(rota, at).find((d) => !here.has(d.agentId));
    if (next) return { ...next, from: Math.max(next.from, at) };
  }
  return null;
}

/** Spans in which nobody is on call. `able` leaves out who cannot be reached at all. */
export function holes(
  rota: Rota,
  from: Instant,
  to: Instant,
  able: (agentId: string) => boolean = () => true,
): { from: Instant; to: Instant }[] {
  const found: { from: Instant; to: Instant }[] = [];
  const edges = turns(rota, from, to);
  for (const [i, at] of edges.slice(0, -1).entries()) {
    const until = edges[i + 1]!;
    if (onCall(rota, at).some((d) => able(d.agentId))) continue;
    const last = found.at(-1);
    if (last?.to === at) last.to = until;
    else found.push({ from: at, to: until });
  }
  return found;
}

/** What is wrong with a rota, in sentences. */
export function rotaFaults(rota: Rota, known: (agentId: string) => boolean): string[] {
  const faults: string[] = [];
  if (!isZone(rota.zone)) faults.push(`"${rota.zone}" is not a time zone like Europe/London.`);
  for (const shift of rota.shifts)
    for (const agentId of shift.agentIds)
      if (!known(agentId)) faults.push(`${rota.name} names somebody who is not an active agent (${agentId}).`);
  for (const o of rota.overrides) {
    if (Date.parse(o.from) >= Date.parse(o.to)) faults.push(`${rota.name} has a stand-in that ends before it begins.`);
    if (!known(o.agentId)) faults.push(`${rota.name} has a stand-in who is not an active agent (${o.agentId}).`);
  }
  return faults;
}
