import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { isAbsorbed } from "../domain/join-model.ts";
import { episodeRows, type PlaceRow, placesIn, placesOfEpisodes } from "../store/joined-store.ts";
import { clockOfPlaces } from "./plan.ts";

/** What is so of an episode now, as figures count it. `counts` false: another one goes on for it, or it is not there. */
export interface EpisodeNow {
  episodeId: string;
  counts: boolean;
  /** Told of imported history: its clock is told there. */
  past: boolean;
  conversationId: string;
  /** Who opened it, by what is known now. */
  customerId: string | null;
  firstReplyAt: Instant | null;
  firstReplyBy: string | null;
  firstPublicReplyAt: Instant | null;
  responses: { messageId: string; askedAt: Instant; answeredAt: Instant | null; answeredBy: string | null }[];
}

/** Episodes as they are now, whatever was done to them: for whoever keeps facts of them. */
export async function episodesNow(tx: Tx, episodeIds: readonly string[]): Promise<EpisodeNow[]> {
  const rows = new Map((await episodeRows(tx, episodeIds)).map((e) => [e.id, e]));
  const places = Map.groupBy(await placesOfEpisodes(tx, [...rows.keys()]), (p) => p.episodeId);
  return episodeIds.map((episodeId) => {
    const e = rows.get(episodeId);
    const inIt = places.get(episodeId) ?? [];
    if (!e || isAbsorbed(e))
      return {
        ...{
          episodeId,
          counts: false,
          past: false,
          conversationId: "",
          customerId: null,
          firstReplyAt: null,
          firstReplyBy: null,
        },
        ...{ firstPublicReplyAt: null, responses: [] },
      };
    const clock = clockOfPlaces(e, inIt);
    const byId = new Map(inIt.map((p) => [p.messageId, p]));
    const ours = inIt.filter((p) => p.role === "us").toSorted((a, b) => a.sentAt - b.sentAt);
    const answered = clock.answers.flatMap((a) =>
      a.askedId === null || a.askedAt === null
        ? []
        : [{ messageId: a.askedId, askedAt: a.askedAt, answeredAt: a.at, answeredBy: byId.get(a.id)?.agentId ?? null }],
    );
    const open =
      e.state === "open" && clock.unansweredId !== null && clock.unansweredSince !== null
        ? [{ messageId: clock.unansweredId, askedAt: clock.unansweredSince, answeredAt: null, answeredBy: null }]
        : [];
    return {
      ...{ episodeId, counts: true, past: e.past, conversationId: e.conversationId },
      customerId: byId.get(e.openedBy)?.customerId ?? null,
      ...{ firstReplyAt: ours[0]?.sentAt ?? null, firstReplyBy: ours[0]?.agentId ?? null },
      firstPublicReplyAt: ours.find((p) => p.visibility !== "private")?.sentAt ?? null,
      responses: [...answered, ...open],
    };
  });
}

/** Where the messages of conversations stand now. */
export async function placesNow(
  tx: Tx,
  conversationIds: readonly string[],
): Promise<Pick<PlaceRow, "messageId" | "conversationId" | "episodeId">[]> {
  return (await placesIn(tx, conversationIds)).map(({ messageId, conversationId, episodeId }) => ({
    ...{ messageId, conversationId, episodeId },
  }));
}
