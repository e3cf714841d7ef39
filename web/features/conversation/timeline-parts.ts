import type { ConversationView, TimelineEntry } from "#contracts/desk";

type Burst = ConversationView["bursts"][number];
export type TimelinePart = { burst: Burst | null; entries: readonly TimelineEntry[] };

/**
 * The timeline cut into bursts. What belongs to no burst (notes, routing, a reply on its way) stands where its time
 * puts it: in the burst that was going on, or the last before it. Before the first burst there is a part without one.
 */
export function timelineParts(timeline: readonly TimelineEntry[], bursts: readonly Burst[]): TimelinePart[] {
  const home = new Map<string, number>();
  for (const [at, burst] of bursts.entries()) for (const id of burst.entryIds) home.set(id, at);
  const parts: { burst: Burst | null; entries: TimelineEntry[] }[] = bursts.map((burst) => ({ burst, entries: [] }));
  const before: TimelineEntry[] = [];
  for (const entry of timeline) {
    const at = home.get(entry.id) ?? burstAt(bursts, Date.parse(entry.at));
    (parts[at]?.entries ?? before).push(entry);
  }
  const filled: TimelinePart[] = parts.filter((part) => part.entries.length > 0);
  // What routing did before the first word belongs to the first words.
  const first = filled[0];
  if (before.length === 0) return filled;
  if (!first) return [{ burst: null, entries: before }];
  return [{ burst: first.burst, entries: [...before, ...first.entries] }, ...filled.slice(1)];
}

/** The last burst that had begun at this moment; -1 before the first. */
function burstAt(bursts: readonly Burst[], at: number): number {
  return bursts.findLastIndex((burst) => Date.parse(burst.from) <= at);
}

export type RibbonItem = { kind: "burst"; burst: Burst } | { kind: "folded"; count: number };

/** All bursts, or beyond six the first three, how many lie between, and the last three. */
export function ribbonItems(bursts: readonly Burst[]): RibbonItem[] {
  const whole = bursts.map((burst): RibbonItem => ({ kind: "burst", burst }));
  if (bursts.length <= 6) return whole;
  return [...whole.slice(0, 3), { kind: "folded", count: bursts.length - 6 }, ...whole.slice(-3)];
}

/** The burst before or after the present one, by ordinal. */
export function burstStep(bursts: readonly Burst[], current: number | null, by: 1 | -1): number | null {
  if (bursts.length === 0) return null;
  const at = current === null ? bursts.length - 1 : bursts.findIndex((burst) => burst.ordinal === current);
  return bursts[Math.min(bursts.length - 1, Math.max(0, at + by))]?.ordinal ?? null;
}

type Line = Extract<TimelineEntry, { type: "line" }>;
export type Shown = Exclude<TimelineEntry, Line> | { type: "lines"; id: string; at: string; lines: readonly Line[] };

/** Lines that follow each other are one: the last tells how it stands, those before it are one press away. */
export function foldLines(entries: readonly TimelineEntry[]): Shown[] {
  const shown: Shown[] = [];
  for (const entry of entries) {
    if (entry.type !== "line") {
      shown.push(entry);
      continue;
    }
    const last = shown.at(-1);
    if (last?.type === "lines") shown[shown.length - 1] = { ...last, at: entry.at, lines: [...last.lines, entry] };
    else shown.push({ type: "lines", id: entry.id, at: entry.at, lines: [entry] });
  }
  return shown;
}

/**
 * The outcome to propose now. The server proposes from what has left; a reply that is on its way is the last word already,
 * so that a reply and its resolve can follow each other without waiting.
 */
export function proposalNow(view: ConversationView): { outcome: string; reason: string | null } | null {
  const said = view.timeline.filter((entry) => entry.type === "message" || entry.type === "reply");
  const last = said.at(-1);
  const ours = last?.type === "reply" && ["undoable", "sending", "sent"].includes(last.state);
  const answered = view.outcomes.some((one) => one.key === "answered");
  return ours && answered ? { outcome: "answered", reason: null } : view.proposedOutcome;
}
