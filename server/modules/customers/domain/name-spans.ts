import { DAY, type Instant } from "#platform/clock";
import { handleName, isReusable, namesMeet } from "./keys.ts";

/**
 * A name under which somebody wrote from a handle: since when (epoch ms), and until which day (days since 1970). The end is kept by the
 * day, so that what is said every minute is not written every minute.
 */
export interface NameSpan {
  name: string;
  from: Instant;
  to: number;
}
/** A message shows a name. */
export interface Sighting {
  name: string;
  at: Instant;
}

/** Providers give an address or a number to somebody else after so long. Numbers rest 45 to 90 days with carriers; mailboxes and names longer. */
const SILENCE = 180 * DAY;
/** More names of one handle are a game; those used last are kept. */
const MOST_NAMES = 24;

/** The spans with more sightings in them. Of the set of sightings only: in whatever order and in however many steps they come. */
export function withSightings(spans: readonly NameSpan[], seen: readonly Sighting[]): NameSpan[] {
  const byName = new Map(spans.map((s) => [s.name, s]));
  for (const { name: said, at } of seen) {
    const name = handleName(said);
    const [before, day] = [byName.get(name), Math.floor(at / DAY)];
    byName.set(name, { name, from: Math.min(at, before?.from ?? at), to: Math.max(day, before?.to ?? day) });
  }
  const all = [...byName.values()].sort((a, b) => b.to - a.to || b.from - a.from || (a.name < b.name ? -1 : 1));
  return all.slice(0, MOST_NAMES);
}

/**
 * Since when a handle may be somebody else's: it was silent for half a year and came back under a name that has nothing in common with the
 * one before. Null: never, as far as we have seen. Only where the network's id is itself the name, address or number; other ids are never
 * given twice.
 */
export function changedHandsAt(
  of: { network: string; externalId: string; handle: string },
  spans: readonly NameSpan[],
): Instant | null {
  if (!isReusable(of)) return null;
  let since: Instant | null = null;
  for (const span of spans) {
    const earlier = spans.filter((s) => s.from < span.from);
    const last = Math.max(...earlier.map((s) => s.to));
    if (earlier.length === 0 || span.from - last * DAY < SILENCE) continue;
    if (earlier.some((s) => s.to === last && namesMeet(s.name, span.name))) continue;
    since = Math.max(since ?? span.from, span.from);
  }
  return since;
}
