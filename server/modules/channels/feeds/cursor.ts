import type { Instant } from "#platform/clock";
import type { Cursor } from "../domain/adapter.ts";
import { count, list, optionalText, parseJson, text } from "../domain/read-json.ts";
import type { FeedEntry } from "./feed-document.ts";

/** What was known of a feed when it was last read. */
export interface FeedCursor {
  /** Where it is now, after permanent moves. */
  url: string;
  etag: string | null;
  modified: string | null;
  /** Nothing is asked before. */
  notBefore: Instant;
  /** When the hub was last asked to tell us. */
  askedHubAt: Instant;
  /** Id, content and time of the entries that stood there, the newest first; ids as the first 16 hex digits of their SHA-256. */
  seen: readonly SeenEntry[];
}
export interface SeenEntry {
  id: string;
  hash: string;
  updated: Instant;
}

/** More than the feed holds: an entry that leaves and comes back is not new. */
const MAX_SEEN = 2_000;
const VERSION = 1;

export function readCursor(since: Cursor | undefined): FeedCursor | undefined {
  const value = since && since.value !== "" ? parseJson(new TextEncoder().encode(since.value)) : undefined;
  if (count(value, "v") !== VERSION) return undefined;
  return {
    url: text(value, "url"),
    etag: optionalText(value, "etag") ?? null,
    modified: optionalText(value, "modified") ?? null,
    notBefore: count(value, "notBefore") ?? 0,
    askedHubAt: count(value, "askedHubAt") ?? 0,
    seen: list(value, "seen").flatMap((one) =>
      Array.isArray(one) && typeof one[0] === "string" && typeof one[1] === "string" && typeof one[2] === "number"
        ? [{ id: one[0], hash: one[1], updated: one[2] }]
        : [],
    ),
  };
}

export function writeCursor(cursor: FeedCursor): string {
  const { seen, ...rest } = cursor;
  return JSON.stringify({ v: VERSION, ...rest, seen: seen.map((s) => [s.id, s.hash, s.updated]) });
}

/** What stands there now in front of what stood there before. */
export function remember(entries: readonly SeenEntry[], before: readonly SeenEntry[]): SeenEntry[] {
  const known = new Set(entries.map((e) => e.id));
  return [...entries, ...before.filter((e) => !known.has(e.id))].slice(0, MAX_SEEN);
}

export interface Compared {
  /** Ids of entries never seen. */
  fresh: string[];
  /** Entries that read otherwise than before; `revision` grows with each change. */
  changed: { id: string; revision: number }[];
  /** Not one of many entries was there before: some passed through between two looks. */
  passed: boolean;
}

/** Fewer entries that are all new are a young feed, not a gap. */
const MANY = 10;

/** `now` dates a change that the feed itself does not date. */
export function compareSeen(
  entries: readonly FeedEntry[],
  known: readonly SeenEntry[],
  shorten: (entry: FeedEntry) => SeenEntry,
  now: Instant,
): Compared {
  const before = new Map(known.map((one) => [one.id, one]));
  const fresh: string[] = [];
  const changed: Compared["changed"] = [];
  for (const entry of entries) {
    const { id, hash, updated } = shorten(entry);
    const was = before.get(id);
    if (!was) fresh.push(entry.id);
    else if (was.hash !== hash) changed.push({ id: entry.id, revision: updated > was.updated ? updated : now });
  }
  return { fresh, changed, passed: known.length > 0 && entries.length >= MANY && fresh.length === entries.length };
}
