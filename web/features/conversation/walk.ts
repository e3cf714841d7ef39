import type { ConversationView } from "#contracts/desk";

/** One page of a conversation, by how it was come to. */
export type Place = { kind: "newest" } | { kind: "before" | "after"; id: string } | { kind: "from"; at: string };
/** The pages on the screen, oldest first; each begins where the one before it ends. */
export type Walk = readonly Place[];

/** However long a conversation is, so many pages of it stand on the screen. */
export const MOST_PAGES = 5;
export const AT_THE_END: Walk = [{ kind: "newest" }];

/** A page further up; at the lower end one goes when there are enough. */
export function walkUp(walk: Walk, earlier: string): Walk {
  return [{ kind: "before" as const, id: earlier }, ...walk].slice(0, MOST_PAGES);
}

/** A page further down: the next one, or where there is none behind it the newest, which goes on growing. */
export function walkDown(walk: Walk, later: string | null): Walk {
  const next: Place = later === null ? { kind: "newest" } : { kind: "after", id: later };
  return [...walk, next].slice(-MOST_PAGES);
}

export const isAtEnd = (walk: Walk): boolean => walk.at(-1)?.kind === "newest";

/** What the address of the page takes. */
export function askOf(place: Place): Record<string, string> | undefined {
  if (place.kind === "newest") return undefined;
  return place.kind === "from" ? { from: place.at } : { [place.kind]: place.id };
}

type Page = Pick<ConversationView, "timeline" | "bursts" | "earlier" | "later">;

/** The pages as one timeline in the conversation as it is now; what stands on two of them stands there once. */
export function wholeOf(view: ConversationView, pages: readonly Page[]): ConversationView {
  const known = new Set<string>();
  const inBurst = new Set<string>();
  const timeline: ConversationView["timeline"] = [];
  const bursts: ConversationView["bursts"] = [];
  for (const page of pages) {
    for (const burst of page.bursts) {
      const entryIds = burst.entryIds.filter((id) => !inBurst.has(id));
      for (const id of entryIds) inBurst.add(id);
      if (entryIds.length > 0) bursts.push({ ...burst, entryIds, messages: entryIds.length });
    }
    for (const entry of page.timeline) {
      if (known.has(entry.id)) continue;
      known.add(entry.id);
      timeline.push(entry);
    }
  }
  return {
    ...{ ...view, timeline, bursts: bursts.map((burst, at) => ({ ...burst, ordinal: at + 1 })) },
    ...{ earlier: pages[0]?.earlier ?? null, later: pages.at(-1)?.later ?? null },
  };
}
