import type { Rung } from "#contracts/escalation";
import { type Instant, MINUTE, type Millis } from "#platform/clock";

/** A rung as an escalation keeps it from its beginning: a ladder that changes does not change what runs. */
export interface Level {
  readonly rungId: string;
  readonly severity: number;
  /** Targets in the order in which they are asked, as keys: `agent:<id>`, `team:<id>`, `rota:<id>`, `managers`. */
  readonly chain: readonly string[];
  readonly acknowledgeMs: Millis;
  readonly actMs: Millis;
  readonly quietMs: Millis;
  readonly standDownMs: Millis | null;
}

export type PageState = "paging" | "acknowledged" | "acted" | "over";

/** One topic that somebody has to look at, with where its chain stands. */
export interface Page {
  readonly state: PageState;
  readonly severity: number;
  /** The levels that are left, this one first; ascending in severity. */
  readonly levels: readonly Level[];
  /** Place in the chain of `levels[0]`. */
  readonly step: number;
  /** How often the whole chain was asked in vain. */
  readonly round: number;
  /** Counts every step that was ever begun: what a page, a link and a delivery are bound to. */
  readonly pages: number;
  /** Who is asked now. */
  readonly paged: readonly string[];
  readonly owner: string | null;
  readonly since: Instant;
  readonly dueAt: Instant | null;
  readonly alarmedAt: Instant | null;
  /** The cause was last seen to be gone then; null while it stands. */
  readonly goneAt: Instant | null;
  readonly seen: number;
  readonly endedAt: Instant | null;
  readonly endReason: string | null;
}

/** What happened, in order; the log, the events and the deliveries are made of it. */
export type Happened =
  | { what: "paged"; agents: readonly string[]; target: string; pages: number; severity: number }
  | { what: "nobody"; target: string }
  | { what: "alarmed"; why: string }
  | { what: "acknowledged"; by: string }
  | { what: "acted"; by: string; says: string }
  | { what: "handed-on"; by: string; to: string; says: string }
  | { what: "raised"; severity: number; why: string }
  | { what: "seen" }
  | { what: "gone" }
  | { what: "over"; by: string | null; reason: string };

export interface Step {
  readonly page: Page;
  readonly happened: readonly Happened[];
}

/** Who a target is at this moment: active people, or nobody. */
export type Resolve = (target: string) => readonly string[];

/** Where nobody at all can be reached the chain is tried again this soon. */
export const NOBODY_AGAIN: Millis = 5 * MINUTE;

/** The rungs of one kind of trigger from a severity on, as levels. The next level is the next severity there is a rung for. */
export function levelsOf(
  rungs: readonly Rung[],
  first: Rung,
  chainOf: (rung: Rung) => readonly string[],
): readonly Level[] {
  const above = rungs
    .filter(
      (r) => r.severity > first.severity && (r.trigger.kind === first.trigger.kind || r.trigger.kind === "by-hand"),
    )
    .sort((a, b) => a.severity - b.severity || (a.trigger.kind === "by-hand" ? 1 : -1));
  const next = above.filter((r, i) => i === 0 || above[i - 1]!.severity !== r.severity);
  return [first, ...next].map((r) => ({
    ...{ rungId: r.id, severity: r.severity, chain: chainOf(r) },
    ...{ acknowledgeMs: r.acknowledgeMinutes * MINUTE, actMs: r.actMinutes * MINUTE, quietMs: r.quietMinutes * MINUTE },
    standDownMs: r.standDownMinutes === null ? null : r.standDownMinutes * MINUTE,
  }));
}

export function begin(levels: readonly Level[], resolve: Resolve, now: Instant): Step {
  const page: Page = {
    ...{ state: "paging", severity: levels[0]!.severity, levels, step: -1, round: 0, pages: 0, paged: [], owner: null },
    ...{ since: now, dueAt: null, alarmedAt: null, goneAt: null, seen: 1, endedAt: null, endReason: null },
  };
  return askNext(page, resolve, now);
}

/**
 * The clock has moved. One step at most, and what is asked now gets its full time from now on: after a night without power nobody
 * is passed over because his minutes went by while nothing could reach him.
 */
export function passTime(page: Page, resolve: Resolve, now: Instant): Step {
  if (page.state === "over" || page.dueAt === null || page.dueAt > now) return { page, happened: [] };
  if (page.goneAt !== null && page.levels[0]!.standDownMs !== null && page.state !== "paging")
    return end(page, null, "Its cause has been gone long enough.", now);
  if (page.state === "paging") return askNext(page, resolve, now);
  if (page.state === "acted") return { page: { ...page, dueAt: null }, happened: [] };
  return raise(page, resolve, now, "It was acknowledged and nothing was done in time.");
}

/** The next of the chain that is anybody; after the last an alarm, and the chain from its beginning. */
function askNext(page: Page, resolve: Resolve, now: Instant): Step {
  const level = page.levels[0]!;
  const happened: Happened[] = [];
  let { round, alarmedAt } = page;
  let step = page.step + 1;
  // Twice through at most: the rest of this round, the alarm, and one whole round.
  for (let tried = 0; tried <= 2 * level.chain.length; tried++, step++) {
    if (step >= level.chain.length) {
      if (tried > level.chain.length) break;
      happened.push({ what: "alarmed", why: "Nobody in the chain has acknowledged it." });
      alarmedAt = now;
      [round, step] = [round + 1, -1];
      continue;
    }
    const target = level.chain[step]!;
    const agents = [...new Set(resolve(target))];
    if (agents.length === 0) {
      happened.push({ what: "nobody", target });
      continue;
    }
    const pages = page.pages + 1;
    happened.push({ what: "paged", agents, target, pages, severity: page.severity });
    return {
      page: {
        ...page,
        ...{ state: "paging", step, round, alarmedAt, pages, paged: agents, owner: null },
        ...{ since: now, dueAt: now + level.acknowledgeMs },
      },
      happened,
    };
  }
  if (!happened.some((h) => h.what === "alarmed"))
    happened.push({ what: "alarmed", why: "There is nobody who could be asked." });
  return {
    page: {
      ...page,
      ...{ state: "paging", step: -1, round: page.round + 1, alarmedAt: now, paged: [], owner: null },
      ...{ since: now, dueAt: now + NOBODY_AGAIN },
    },
    happened,
  };
}

/** To the next level; from the highest one an alarm, and its chain anew. */
function raise(page: Page, resolve: Resolve, now: Instant, why: string): Step {
  const [, ...above] = page.levels;
  if (above.length === 0) {
    const again = askNext({ ...page, step: -1, round: page.round + 1, alarmedAt: now }, resolve, now);
    return { page: again.page, happened: [{ what: "alarmed", why }, ...again.happened] };
  }
  const severity = above[0]!.severity;
  const asked = askNext({ ...page, levels: above, severity, step: -1, round: 0 }, resolve, now);
  return { page: asked.page, happened: [{ what: "raised", severity, why }, ...asked.happened] };
}

/** Anybody who may act can acknowledge, not only who is asked: the first one has it. */
export function acknowledge(page: Page, by: string, now: Instant): Step | null {
  if (page.state !== "paging") return null;
  const level = page.levels[0]!;
  return {
    page: {
      ...page,
      state: "acknowledged",
      owner: by,
      paged: [],
      since: now,
      dueAt: dueOf(page, now + level.actMs),
      alarmedAt: null,
    },
    happened: [{ what: "acknowledged", by }],
  };
}

export function act(page: Page, by: string, says: string, now: Instant): Step | null {
  if (page.state !== "paging" && page.state !== "acknowledged") return null;
  const acted: Page = { ...page, state: "acted", owner: by, paged: [], since: now, alarmedAt: null };
  const head: Happened[] = page.state === "paging" ? [{ what: "acknowledged", by }] : [];
  return { page: { ...acted, dueAt: dueOf(acted, null) }, happened: [...head, { what: "acted", by, says }] };
}

/** To somebody else: he is asked, and after him the rest of the chain. */
export function handOn(page: Page, by: string, to: string, says: string, resolve: Resolve, now: Instant): Step | null {
  if (page.state === "over" || resolve(`agent:${to}`).length === 0) return null;
  const pages = page.pages + 1;
  const level = page.levels[0]!;
  return {
    page: {
      ...page,
      ...{ state: "paging", pages, paged: [to], owner: null, since: now, dueAt: now + level.acknowledgeMs },
      ...{ goneAt: null, alarmedAt: null },
    },
    happened: [
      { what: "handed-on", by, to, says },
      { what: "paged", agents: [to], target: `agent:${to}`, pages, severity: page.severity },
    ],
  };
}

/**
 * Its cause was seen again. Of a lower or the same severity it only counts; of a higher one it goes up one level, or, where people
 * are in danger (`jump`), at once to the level of that severity.
 */
export function seenAgain(page: Page, severity: number, jump: boolean, resolve: Resolve, now: Instant): Step {
  const seen: Page = { ...page, seen: page.seen + 1, goneAt: null };
  // A clock that ran because the cause was gone stops.
  const back: Page = page.goneAt !== null && page.state === "acted" ? { ...seen, dueAt: null } : seen;
  if (severity <= page.severity || page.state === "over") return { page: back, happened: [{ what: "seen" }] };
  const at = jump ? back.levels.findIndex((l) => l.severity >= severity) : 1;
  if (at < 1 || at >= back.levels.length) return { page: back, happened: [{ what: "seen" }] };
  const raised = raise(
    { ...back, levels: back.levels.slice(at - 1) },
    resolve,
    now,
    "It was seen again, and it is worse.",
  );
  return { page: raised.page, happened: [{ what: "seen" }, ...raised.happened] };
}

/** Its cause is gone. Whoever has it is left alone with it for the time of its rung, then it ends; a page that nobody has seen goes on. */
export function causeGone(page: Page, now: Instant): Step {
  if (page.state === "over" || page.goneAt !== null) return { page, happened: [] };
  const gone: Page = { ...page, goneAt: now };
  return { page: { ...gone, dueAt: dueOf(gone, page.dueAt) }, happened: [{ what: "gone" }] };
}

function dueOf(page: Page, otherwise: Instant | null): Instant | null {
  const standDownMs = page.levels[0]!.standDownMs;
  if (page.goneAt === null || standDownMs === null || page.state === "paging") return otherwise;
  return page.goneAt + standDownMs;
}

export function end(page: Page, by: string | null, reason: string, now: Instant): Step {
  if (page.state === "over") return { page, happened: [] };
  return {
    page: {
      ...page,
      state: "over",
      paged: [],
      dueAt: null,
      since: now,
      alarmedAt: null,
      endedAt: now,
      endReason: reason,
    },
    happened: [{ what: "over", by, reason }],
  };
}

/** A topic that ended so lately pages nobody again, unless it is worse than it was. */
export function isQuiet(last: Pick<Page, "severity" | "endedAt" | "levels">, severity: number, now: Instant): boolean {
  return last.endedAt !== null && severity <= last.severity && now < last.endedAt + (last.levels[0]?.quietMs ?? 0);
}
