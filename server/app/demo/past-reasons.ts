import { inSet, messagesByExternal, placesOf } from "#modules/channels";
import { brandsOf } from "#modules/company";
import { placementsOfMessages } from "#modules/conversations";
import { type ClosingNote, closingsOf, noteClosings } from "#modules/desk";
import { activeAgents, agentsById } from "#modules/people";
import { DAY, type Instant } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { closingFor } from "../../../scenarios/northwind/outcomes.ts";
import type { Line, OutcomeLine } from "../../../scenarios/past/rows.ts";

/** Few: they hold the journal while they are written, and the live desk beside them waits for it. */
const AT_ONCE = 50;
const WEEK = 7 * DAY;
/** So many of the first ends are looked at to know that all was noted before. */
const LOOK_AT = 20;

/**
 * Why the matters of the town's past ended, which an import does not tell: noted from the last to the first, so that the first ones say
 * whether all of it is there. Returns how many were noted; 0 when they were all there.
 */
export async function notePastReasons(
  db: Database,
  of: { accountId: AccountId; until: Instant; past: () => Iterable<Line>; signal: AbortSignal },
): Promise<number> {
  const { accountId, until, past, signal } = of;
  const noteOf = (tx: Tx, lines: readonly OutcomeLine[]) => notesOf(tx, lines, until);
  const isEnd = (line: Line): line is OutcomeLine => line.type === "outcome";
  const first = Iterator.from(past()).filter(isEnd).take(LOOK_AT).toArray();
  const there = await db.withAccount(accountId, async (tx) =>
    closingsOf(
      tx,
      (await noteOf(tx, first)).map((note) => note.episodeId),
    ),
  );
  if (there.length > 0) return 0;
  const all = Iterator.from(past()).filter(isEnd).toArray();
  // A matter that ended twice stands with its last end, whichever part holds that.
  const noted = new Set<string>();
  for (let end = all.length; end > 0; end -= AT_ONCE) {
    signal.throwIfAborted();
    const notes = await db.withAccount(accountId, async (tx) => {
      const fresh = (await noteOf(tx, all.slice(Math.max(0, end - AT_ONCE), end))).filter(
        (n) => !noted.has(n.episodeId),
      );
      await noteClosings(tx, fresh);
      return fresh;
    });
    for (const { episodeId } of notes) noted.add(episodeId);
  }
  return noted.size;
}

/** Each episode once; what has no episode, or nothing to say of its end, is left out. */
async function notesOf(tx: Tx, lines: readonly OutcomeLine[], until: Instant): Promise<ClosingNote[]> {
  const brandId = (await brandsOf(tx))[0]?.id;
  if (brandId === undefined) return [];
  const places = await placesOf(tx);
  const ids = (await activeAgents(tx)).map((a) => a.id);
  const agents = new Map([...(await agentsById(tx, ids)).values()].map((a) => [a.email.toLowerCase(), a.id]));
  const notes = new Map<string, ClosingNote>();
  for (const [channel, those] of Map.groupBy(lines, (line) => line.channel)) {
    const { id: channelId } = await places.of(brandId, channel);
    const names = those.map((line) => inSet(null, line.message));
    const messages = await messagesByExternal(tx, channelId, names);
    const placed = await placementsOfMessages(
      tx,
      [...messages.values()].map((m) => m.id),
    );
    for (const line of those) {
      const place = placed.get(messages.get(inSet(null, line.message))?.id ?? "");
      if (!place?.episodeId || !place.conversationId) continue;
      const { outcome, about, message: seed } = line;
      const at = Date.parse(line.at);
      const closing = closingFor({ outcome, about, seed, weeksAgo: (until - at) / WEEK });
      if (closing.reason.length === 0 && closing.feedback === "" && !closing.lead) continue;
      // The same matter may have ended in two channels: the later end is the one that holds.
      if ((notes.get(place.episodeId)?.at ?? Number.NEGATIVE_INFINITY) > at) continue;
      notes.set(place.episodeId, {
        ...{ ...closing, episodeId: place.episodeId, conversationId: place.conversationId, outcome, at },
        by: agents.get(line.agent ?? "") ?? null,
      });
    }
  }
  return [...notes.values()];
}
