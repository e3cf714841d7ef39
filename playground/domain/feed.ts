import type { FeedEvent, State } from "./state.ts";

/** Events of one reader after `since`, each with its dense seq. `reader` null: everything (the simulator). */
export function readFeed(
  state: State,
  durable: number,
  reader: string | null,
  since: number,
  limit: number,
): { events: { seq: number; event: FeedEvent }[]; head: number } {
  if (reader === null) {
    const slice = state.events.slice(since, Math.min(since + limit, durable));
    return { events: slice.map((event, i) => ({ seq: since + i + 1, event })), head: durable };
  }
  const feed = state.feeds.get(reader) ?? [];
  const head = headOf(feed, durable);
  const slice = feed.slice(since, Math.min(since + limit, head));
  return {
    events: slice.map((place, i) => ({ seq: since + i + 1, event: state.events[place] as FeedEvent })),
    head,
  };
}

/** How many of a feed's events are on disk. */
function headOf(feed: number[], durable: number): number {
  let head = feed.length;
  while (head > 0 && (feed[head - 1] as number) >= durable) head--;
  return head;
}
