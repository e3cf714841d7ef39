import { z } from "zod";
import { MINUTE, SECOND } from "#platform/clock";
import { usualPolicy } from "../domain/model.ts";
import type { PastAgent, PastItem, PastQueue, PastSpan, Setup } from "../domain/rehearse/model.ts";
import { usualWeights } from "../domain/rehearse/past-world.ts";
import { RING_PARTS } from "../domain/skills.ts";
import * as f from "./route-shapes.ts";

const queueLine = z.strictObject({
  type: z.literal("queue"),
  id: f.name,
  team: f.name,
  targets_s: f.targets,
  ...f.queueParts,
});
const agentLine = z.strictObject({
  ...{ type: z.literal("agent"), id: f.name, teams: f.teams, skills: f.skills.optional() },
  ...{ budget: f.budget.default(100), limits: f.limits.default({}) },
});
const presenceLine = z.strictObject({
  ...{ type: z.literal("presence"), agent: f.name, from: f.instant, to: f.instant },
  state: z.enum(["available", "busy", "break", "training", "away", "not-responding"]).default("available"),
});
const itemLine = z.strictObject({
  ...{ type: z.literal("item"), id: f.name, at: f.instant, t0: f.instant.optional(), medium: f.medium, queue: f.name },
  ...{ priority: f.priority.default("normal"), crisis: z.boolean().default(false), needs: f.needs.default([]) },
  ...{ handle_s: f.seconds, target_s: f.seconds.optional(), preferred: f.name.optional() },
  known: z.array(f.name).max(5).default([]),
  moves: z
    .array(z.strictObject({ after_s: f.seconds, queue: f.name }))
    .max(20)
    .default([]),
});
const rulesLine = z.strictObject({
  ...{ type: z.literal("rules"), media: f.mediaDraft.optional(), wrap_up_s: f.perMedium(f.seconds).optional() },
  ...{ most_transfers: z.int().min(0).max(20).optional(), behaviour: f.behaviour.optional() },
});
const line = z.discriminatedUnion("type", [queueLine, agentLine, presenceLine, itemLine, rulesLine]);

/** A line that is left out, and why; the first is line 1. */
export interface Fault {
  readonly line: number;
  readonly reason: string;
}
export interface History {
  readonly setup: Setup;
  readonly items: readonly PastItem[];
  readonly faults: readonly Fault[];
}

/** How people answer offers where nothing is said: at once by eight seconds, always. */
export const usualBehaviour = { accept: 8 * SECOND, declines: 0, misses: 0, returns: 2 * MINUTE };

/**
 * Reads a history (docs/formats/route.md). A line that cannot be used is named with its reason and left out, all others count. Lines may
 * stand in any order.
 */
export function readHistory(text: string): History {
  const faults: Fault[] = [];
  const lines = text.split("\n").flatMap((row, n) => {
    const read = readLine(row);
    if (typeof read === "string") faults.push({ line: n + 1, reason: read });
    return typeof read === "object" && read !== null ? [{ line: n + 1, ...read }] : [];
  });
  const of = <K extends (typeof lines)[number]["type"]>(type: K) =>
    lines.filter((l): l is Extract<(typeof lines)[number], { type: K }> => l.type === type);
  const once = <T extends { id: string; line: number }>(rows: readonly T[], what: string): Map<string, T> => {
    const first = new Map<string, T>();
    for (const row of rows) {
      const before = first.get(row.id);
      if (before)
        faults.push({ line: row.line, reason: `The ${what} "${row.id}" stands in line ${before.line} already.` });
      else first.set(row.id, row);
    }
    return first;
  };
  const queues = once(of("queue"), "queue");
  const agents = once(of("agent"), "agent");
  const here = spansByAgent(of("presence"), agents, faults);
  const items = [...once(of("item"), "item").values()].filter((item) => {
    const fault = faultOfItem(item, queues, agents);
    if (fault) faults.push({ line: item.line, reason: fault });
    return fault === null;
  });
  const setup = setupOf(
    [...queues.values()].map(asQueue),
    [...agents.values()].map((a) => asAgent(a, here)),
    of("rules"),
  );
  faults.sort((a, b) => a.line - b.line);
  return { setup, items: items.map(asItem), faults };
}

function readLine(row: string): z.infer<typeof line> | string | null {
  if (row.trim() === "") return null;
  let said: unknown;
  try {
    said = JSON.parse(row);
  } catch {
    return "is not JSON; every line is one JSON object.";
  }
  const read = line.safeParse(said);
  return read.success ? read.data : `${f.firstFault(read.error)}.`;
}

type Lined<T> = T & { line: number };
type PresenceRow = Lined<z.infer<typeof presenceLine>>;

function spansByAgent(rows: readonly PresenceRow[], agents: ReadonlyMap<string, unknown>, faults: Fault[]) {
  const kept = new Map<string, PastSpan[]>();
  const last = new Map<string, PresenceRow>();
  for (const row of rows.toSorted((a, b) => a.from - b.from || a.line - b.line)) {
    const before = last.get(row.agent);
    const reason = !agents.has(row.agent)
      ? `There is no agent "${row.agent}".`
      : row.to <= row.from
        ? "It ends before it begins."
        : before && row.from < before.to
          ? `It overlaps with line ${before.line}.`
          : null;
    if (reason !== null) {
      faults.push({ line: row.line, reason });
      continue;
    }
    last.set(row.agent, row);
    const span = { from: row.from, to: row.to, state: row.state };
    const spans = kept.get(row.agent);
    if (spans) spans.push(span);
    else kept.set(row.agent, [span]);
  }
  return kept;
}

function faultOfItem(
  item: z.infer<typeof itemLine>,
  queues: ReadonlyMap<string, unknown>,
  agents: ReadonlyMap<string, unknown>,
): string | null {
  const missing = [item.queue, ...item.moves.map((move) => move.queue)].find((queue) => !queues.has(queue));
  if (missing !== undefined) return `There is no queue "${missing}".`;
  const nobody = [...(item.preferred === undefined ? [] : [item.preferred]), ...item.known].find((a) => !agents.has(a));
  if (nobody !== undefined) return `There is no agent "${nobody}".`;
  return item.t0 !== undefined && item.t0 > item.at ? '"t0" is after "at": nobody waits before there is work.' : null;
}

function asQueue(row: z.infer<typeof queueLine>): PastQueue {
  return {
    ...{
      id: row.id,
      team: row.team,
      targets: row.targets_s,
      rings: row.rings ?? RING_PARTS,
      overflow: row.overflow ?? [],
    },
    ...{
      choice: row.choice ?? "least-loaded",
      autoServe: row.auto_serve ?? true,
      outOfHours: row.out_of_hours ?? "hold",
    },
    ...{ time: row.hours ?? null, needs: row.needs ?? [], targetsCount: [] },
  };
}

const asAgent = (row: z.infer<typeof agentLine>, here: ReadonlyMap<string, PastSpan[]>): PastAgent => ({
  ...{ id: row.id, teams: row.teams, skills: row.skills ?? new Map(), budget: row.budget, limits: row.limits },
  here: here.get(row.id) ?? [],
});

const asItem = (row: z.infer<typeof itemLine>): PastItem => ({
  ...{ id: row.id, at: row.at, t0: row.t0 ?? row.at, medium: row.medium, queue: row.queue, priority: row.priority },
  ...{ crisis: row.crisis, needs: row.needs, handle: row.handle_s, target: row.target_s ?? null },
  ...{ preferred: row.preferred ?? null, known: row.known },
  moves: row.moves.map(({ after_s: after, queue }) => ({ after, queue })),
});

/** Several lines of rules: what a later one says counts. */
function setupOf(queues: PastQueue[], agents: PastAgent[], rules: z.infer<typeof rulesLine>[]): Setup {
  const media = (what: "weight" | "cap") =>
    Object.fromEntries(
      rules.flatMap((r) =>
        Object.entries(r.media ?? {}).flatMap(([m, d]) => (d[what] === undefined ? [] : [[m, d[what]]])),
      ),
    );
  return {
    queues: new Map(queues.map((queue) => [queue.id, queue])),
    agents: new Map(agents.map((agent) => [agent.id, agent])),
    weights: { ...usualWeights, ...media("weight") },
    caps: media("cap"),
    wrapUp: Object.assign({}, usualPolicy.wrapUpMs, ...rules.map((r) => f.defined(r.wrap_up_s ?? {}))),
    maxTransfers: rules.findLast((r) => r.most_transfers !== undefined)?.most_transfers ?? usualPolicy.maxTransfers,
    skills: new Map(),
    behaviour: Object.assign({}, usualBehaviour, ...rules.map((r) => f.asBehaviour(r.behaviour ?? {}))),
  };
}
