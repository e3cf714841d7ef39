import { EpisodeAnswered, EpisodeContinued, EpisodeOpened } from "#events/conversations";
import { OfferEnded, WorkAccepted, WorkChanged, WorkEnded, WorkOffered, WorkQueued } from "#events/routing";
import { type Instant, instantOf, SECOND } from "#platform/clock";
import type { EventType, JournalEvent } from "#platform/journal/event";
import { type Reaction, type Reader, reaction } from "#platform/journal/reader";
import { hear, type Place, type Standing, Tally, type Told } from "../domain/count-moves.ts";
import { addMinutes, KEPT, placesOf, savePlaces } from "../store/minute-store.ts";

interface Line {
  readonly episodeId: string | null;
  readonly workItemId: string | null;
  readonly told: Told;
}
type Ids = { workItemId: string; queueId: string; episodeId?: string; dueAt?: string };

const stands = (p: Ids, standing: Standing): Line => ({
  ...{ episodeId: p.episodeId ?? null, workItemId: p.workItemId },
  told: {
    ...{ what: "stands", standing, workItemId: p.workItemId, queueId: p.queueId },
    dueAt: p.dueAt === undefined ? null : instantOf(p.dueAt),
  },
});
const STANDING: Readonly<Record<string, Standing>> = {
  ...{ queued: "waiting", offered: "waiting", active: "held", wrapup: "held", parked: "aside" },
  ...{ done: "gone", withdrawn: "gone" },
};

/** Reads a run of events of one type in three statements, whatever their number. */
function counted<P>(on: EventType<P>, line: (payload: P, at: Instant) => Line): Reaction {
  return reaction(on, async (tx, events) => {
    const lines = events.map((event) => ({ event, ...line(event.payload, event.at) }));
    const known = await placesOf(tx, {
      episodeIds: unique(lines.map((l) => l.episodeId)),
      workItemIds: unique(lines.map((l) => (l.episodeId === null ? l.workItemId : null))),
    });
    const byEpisode = new Map(known.map((place) => [place.episodeId, place]));
    const byItem = new Map(known.flatMap((place) => (place.workItemId ? [[place.workItemId, place] as const] : [])));
    const tally = new Tally();
    const touched = new Set<Place>();
    for (const { event, episodeId, workItemId, told } of lines) {
      const place = (episodeId ? byEpisode.get(episodeId) : byItem.get(workItemId ?? "")) ?? begin(episodeId, event);
      if (!place) continue;
      byEpisode.set(place.episodeId, place);
      hear(place, { position: event.position, at: event.at, told }, tally);
      if (place.workItemId) byItem.set(place.workItemId, place);
      touched.add(place);
    }
    await savePlaces(tx, [...touched]);
    // An account that is older than the counting reads its whole journal once: what is long past is nobody's minute any more.
    const minutes = tally.rows().filter(({ minute }) => minute > tx.now - KEPT);
    await addMinutes(tx, minutes);
  });
}

const unique = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];

/** Of work whose beginning was not read (it is older than the counting) only what happens from now on is counted. */
function begin(episodeId: string | null, event: JournalEvent): Place | null {
  if (episodeId === null) return null;
  return {
    ...{ episodeId, workItemId: null, queueId: null, standing: "coming", owed: event.type !== "WorkEnded" },
    ...{ t0: event.at, dueAt: null, position: 0 },
  };
}

const at = (text: string, otherwise: Instant) => instantOf(text) ?? otherwise;

/** The minutes of each queue, from what the journal tells of episodes and their work. Nobody waits for it: it reads much at once. */
export const countingReader: Reader = {
  name: "supervision",
  batch: 5_000,
  gatherMs: SECOND / 2,
  reactions: [
    counted(EpisodeOpened, (p, now) => ({
      ...{ episodeId: p.episodeId, workItemId: null, told: { what: "opened", t0: at(p.t0, now) } },
    })),
    counted(EpisodeContinued, (p, now) => ({
      episodeId: p.waits ? p.episodeId : null,
      ...{ workItemId: null, told: { what: "waits", t0: at(p.t0, now) } },
    })),
    counted(EpisodeAnswered, (p, now) => ({
      ...{ episodeId: p.episodeId, workItemId: null, told: { what: "answered", answeredAt: at(p.answeredAt, now) } },
    })),
    counted(WorkQueued, (p) => stands(p, "waiting")),
    counted(WorkOffered, (p) => stands(p, "waiting")),
    counted(OfferEnded, (p) => stands(p, "waiting")),
    counted(WorkAccepted, (p) => stands(p, "held")),
    counted(WorkChanged, (p) => stands(p, STANDING[p.state] ?? "waiting")),
    counted(WorkEnded, (p) => stands(p, "gone")),
  ],
};
