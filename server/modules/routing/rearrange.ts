import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notNow } from "#platform/errors";
import { bar } from "./domain/barred.ts";
import { type Item, isOpen, type Priority } from "./domain/model.ts";
import { comeBack, goOnWith, nextOwner, type Restated, restate } from "./domain/rearrange.ts";
import { end } from "./domain/transitions.ts";
import { inRouting } from "./in-routing.ts";
import type { Session } from "./session.ts";
import { moveToConversations } from "./store/work-store.ts";

/** An episode as an act on conversations leaves it. */
export interface Rearranged {
  id: string;
  conversationId: string;
  /** `absorbed`: `absorbedBy` goes on for it. `gone`: it never was. */
  state: "open" | "absorbed" | "done" | "gone";
  absorbedBy: string | null;
  /** `none`: it begins, and comes as any other does. */
  was: "open" | "absorbed" | "done" | "none";
  waitsSince: Instant | null;
  priority: Priority;
  answeredBy: string | null;
}
/** Who had an episode's work before the act, and whom the act gave it to. */
export interface HadBefore {
  episodeId: string;
  ownerId: string | null;
  gaveTo: string | null;
  crisis: boolean;
}

/**
 * Work follows its episodes: of several in one conversation one goes on, with whoever answered last, else with who acted, else with who
 * had it; the others end without being counted, and come back with an undo (`restore`: who had what before). Returns who had what.
 */
export async function rearrangeWork(
  tx: Tx,
  asked: { episodes: readonly Rearranged[]; by: string | null; restore: readonly HadBefore[] },
): Promise<HadBefore[]> {
  const { episodes } = asked;
  if (episodes.length === 0) return [];
  const episodeIds = episodes.map((e) => e.id);
  const byEpisode = (session: Session) => new Map([...session.items.values()].map((item) => [item.episodeId, item]));
  const barred = new Map<string, readonly string[]>();
  const had = await inRouting(
    tx,
    { episodeIds },
    (session) => {
      const items = byEpisode(session);
      for (const item of items.values()) barred.set(item.episodeId, item.barred);
      if (episodes.some((e) => e.was === "open" && !items.has(e.id)))
        throw notNow("This work is being put into a queue at this moment. Try again in a second.");
      const before = [...items.values()].map(({ episodeId, ownerId, crisis }) => ({
        episodeId,
        ownerId,
        gaveTo: ownerId,
        crisis,
      }));
      for (const e of episodes) {
        const item = items.get(e.id);
        if (!item || e.state === "open") continue;
        if (e.state === "done") end(session, item, "done", "The episode is done.", session.now);
        else end(session, item, "withdrawn", ENDS[e.state], session.now);
      }
      return before;
    },
    { serve: false },
  );
  await moveToConversations(tx, episodes);
  const before = new Map(had.result.map((h) => [h.episodeId, h]));
  const restore = new Map(asked.restore.map((h) => [h.episodeId, h]));
  const open = episodes.filter((e) => e.state === "open");
  const named = [...had.result.flatMap((h) => h.ownerId ?? []), ...asked.restore.flatMap((h) => h.ownerId ?? [])];
  const { result } = await inRouting(
    tx,
    { episodeIds: open.map((e) => e.id) },
    (session) => {
      const items = byEpisode(session);
      const absorbed = Map.groupBy(
        episodes.filter((e) => e.state === "absorbed"),
        (e) => rootOf(e, episodes),
      );
      for (const e of open) {
        const item = items.get(e.id);
        if (!item) continue;
        const inside = (absorbed.get(e.id) ?? []).filter((a) => a.was === "open");
        const crises = inside.some((a) => before.get(a.id)?.crisis);
        const was = restore.get(e.id);
        const to: Restated = { ...e, crisis: (was ? was.crisis : item.crisis) || crises };
        if (!isOpen(item)) comeBack(session, item, to, session.now);
        else {
          restate(session, item, to, session.now);
          for (const agentId of inside.flatMap((a) => barred.get(a.id) ?? []))
            bar(session, item, agentId, "it was said of work that is part of this now.", session.now);
          const owners = [item.ownerId, ...inside.map((a) => before.get(a.id)?.ownerId ?? null)];
          if (inside.length > 0) goOn(session, item, owners, e.answeredBy, asked.by);
          else if (was && was.gaveTo !== was.ownerId && item.ownerId === was.gaveTo)
            goOnWith(
              session,
              item,
              was.ownerId,
              session.now,
              "The merge was taken back: it is with who had it before.",
            );
        }
      }
      return new Map([...items].map(([id, item]) => [id, item.ownerId]));
    },
    { named },
  );
  return had.result.map((h) => ({ ...h, gaveTo: result.get(h.episodeId) ?? null }));
}

const ENDS = {
  absorbed: "Merged: the work goes on in one piece.",
  gone: "What it was made of is back where it was.",
};

function goOn(
  session: Session,
  item: Item,
  owners: readonly (string | null)[],
  answeredBy: string | null,
  by: string | null,
) {
  const may = owners.filter((id) => id === null || !item.barred.includes(id));
  const next = nextOwner(may, answeredBy, by);
  if (next !== null && next !== item.ownerId)
    goOnWith(
      session,
      item,
      next,
      session.now,
      "Two conversations became one: it goes on with who answered last, or who merged them.",
    );
}

function rootOf(e: Rearranged, all: readonly Rearranged[]): string {
  let at = e;
  for (let steps = 0; at.absorbedBy !== null && steps < all.length; steps++) {
    const by = all.find((x) => x.id === at.absorbedBy);
    if (!by) return at.absorbedBy;
    at = by;
  }
  return at.id;
}
