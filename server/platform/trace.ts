import { randomBytes } from "node:crypto";
import type { Instant } from "./clock.ts";
import { uuidv7 } from "./ids.ts";
import type { JournalEvent, NewEvent } from "./journal/event.ts";

/**
 * One id follows an input through every station until the answer to it stands on the network (DESIGN D10). Ours are UUIDv7, so that they
 * carry the time at which the story begins; those of others (W3C Trace Context) are taken as they are, in the same spelling.
 */
export function newTrace(at: Instant): string {
  return uuidv7(at);
}

const PARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/;

/** The trace a caller has begun; null when the header is not there or cannot be read, as the recommendation wants it. */
export function traceIn(traceparent: unknown): string | null {
  const found = typeof traceparent === "string" && traceparent.length <= 200 ? PARENT.exec(traceparent) : null;
  if (!found || (traceparent as string).startsWith("00-") === (found[2] !== undefined)) return null;
  return found[1]!.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** What is sent along: the trace, and a new name for this step of it. */
export function traceparent(trace: string): string {
  return `00-${trace.replaceAll("-", "")}-${randomBytes(8).toString("hex")}-01`;
}

/**
 * Which trace an event announced while `run` was read belongs to. A run holds events of many traces; what is announced names what it
 * comes from: the thing itself, an id in its payload, or its key. Null when the run does not say.
 */
export function tracesOf(run: readonly JournalEvent[]): (announced: NewEvent<unknown>) => string | null {
  const only = run.every((e) => e.traceId === run[0]?.traceId) ? (run[0]?.traceId ?? null) : undefined;
  if (only !== undefined) return () => only;
  let byId: Map<string, string | null> | undefined;
  /** What is named by events of two traces (a channel, a brand) tells nothing. */
  const note = (ids: Map<string, string | null>, id: string, trace: string | null) =>
    ids.set(id, ids.has(id) && ids.get(id) !== trace ? null : trace);
  const latest = new Map(run.flatMap((e) => [e.key, e.entityId].map((id) => [id, e.traceId] as const)));
  return ({ entityId, payload, key }) => {
    if (!byId) {
      byId = new Map();
      for (const e of run)
        for (const id of new Set([e.entityId, e.key, ...idsIn(e.payload)])) note(byId, id, e.traceId);
    }
    for (const id of [entityId, ...idsIn(payload), key]) {
      const trace = byId.get(id);
      if (trace) return trace;
    }
    return latest.get(entityId) ?? latest.get(key) ?? null;
  };
}

function idsIn(payload: unknown): string[] {
  if (typeof payload !== "object" || payload === null) return [];
  return Object.values(payload).filter((v): v is string => typeof v === "string" && v.length === 36);
}
