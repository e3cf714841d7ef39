import type { z } from "zod";
import type { searchPage } from "#contracts/search";
import { brandsOf, stretchesOfDay } from "#modules/company";
import { agentsById, can, need } from "#modules/people";
import { listWork, permittedQueues, queuesOf } from "#modules/routing";
import { DAY, type Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { isUuid } from "#platform/ids";
import { parseSearch } from "#shared/search-query";
import { type Compiled, compile, partsOf } from "./domain/compile.ts";
import { gramsDoc } from "./domain/doc.ts";
import { instantOfId, lowestId } from "./domain/places.ts";
import { presentFinds } from "./present.ts";
import { type Finds, findMessages, findPeople, findWords, type Reads, type Sought } from "./store/find-store.ts";

export interface Asked {
  q: string;
  cursor?: string | undefined;
  limit: number;
}
/** The own box is at hand: more of it is asked for with `is:mine`. */
const OWN_SHOWN = 5;
const OWN_MOST = 200;
const PEOPLE_SHOWN = 5;
/** So many words with a part inside are looked for. */
const WORDS_MOST = 300;
/** Look-ups of a word in a slice of time that one request may cost, about 0.02 ms each. */
const LOOKUPS = 2_000;

/** Looks in what the asker may read: the own box first, then everything, the newest first. */
export async function search(tx: Tx, actor: Actor, asked: Asked): Promise<z.input<typeof searchPage>> {
  need(actor, "conversation.read");
  const before = cursorOf(asked.cursor);
  const parsed = parseSearch(asked.q);
  const [queues, brands, permitted, agents, work] = await tx.together((together) =>
    Promise.all([
      queuesOf(together),
      brandsOf(together),
      permittedQueues(together, actor, "conversation.read"),
      agentsById(together, [actor.id]),
      listWork(together, { view: "mine", agentId: actor.id, queues: "all", own: true, limit: OWN_MOST }),
    ]),
  );
  const wordsWith = new Map<string, string[]>();
  for (const part of partsOf(parsed)) wordsWith.set(part, await findWords(tx, queryOfPart(part), part, WORDS_MOST));
  const zone = agents.get(actor.id)?.zone ?? "UTC";
  const compiled = compile(parsed, { me: actor.id, queues, brands }, wordsWith, (said) => dayStart(zone, tx.now, said));
  if (!compiled.ok) throw new AppError("invalid-request", compiled.why);
  const { search } = compiled;
  const reads: Reads = {
    ...{ all: permitted.queues === "all", queues: permitted.queues === "all" ? [] : permitted.queues },
    ...{ brands: permitted.brands, own: permitted.own ? actor.id : null },
  };
  const ownIds = work.items.map((one) => one.conversationId);
  const sought = soughtBy(search, reads, before, actor.id);
  if (parsed.terms.length === 0) return presentFinds(tx, actor, asked.q, search, nothing);
  const first = before === null;
  const everything = search.mine
    ? // All of it is the own box.
      { ...sought, among: ownIds, most: asked.limit + 1 }
    : { ...sought, most: asked.limit + 1 };
  const own: Finds =
    first && !search.mine && ownIds.length > 0 && search.isOpen !== false
      ? // What lies deeper in a long one is found with everything.
        await findMessages(tx, { ...sought, among: ownIds, most: OWN_SHOWN, lookups: 1 })
      : none;
  const found = await findMessages(tx, everything);
  // Who somebody is, is a right of its own. It is asked with the places it is given for.
  const people =
    first && search.people !== null && can(actor, "customer.read")
      ? await findPeople(tx, search.people, await readsOf(tx, actor), PEOPLE_SHOWN)
      : [];
  const page = found.hits.slice(0, asked.limit);
  const next = found.hits.length > asked.limit ? (page.at(-1)?.messageId ?? null) : found.until;
  return presentFinds(tx, actor, asked.q, search, {
    ...{ own: own.hits, people, ownIds, first },
    items: page,
    next,
    lookedTo: next === null ? null : instantOfId(next),
  });
}

const none: Finds = { hits: [], until: null };
const nothing = { own: [], people: [], ownIds: [], first: true, items: [], next: null, lookedTo: null };

function soughtBy(search: Compiled, reads: Reads, cursor: string | null, me: string): Omit<Sought, "most"> {
  const day = search.before === null ? null : lowestId(search.before);
  return {
    ...{ query: search.query, among: null, isOpen: search.isOpen, inQueues: search.inQueues, reads },
    before: cursor !== null && (day === null || cursor < day) ? cursor : day,
    after: search.after === null ? null : lowestId(search.after),
    ownedBy: search.mine ? me : null,
    lookups: Math.max(4, Math.floor(LOOKUPS / Math.max(1, search.lexemes))),
  };
}

async function readsOf(tx: Tx, actor: Actor): Promise<Reads> {
  const { queues, brands, own } = await permittedQueues(tx, actor, "customer.read");
  return { all: queues === "all", queues: queues === "all" ? [] : queues, brands, own: own ? actor.id : null };
}

function queryOfPart(part: string): string {
  return gramsDoc(part).replaceAll(" ", " & ");
}

function cursorOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  if (!isUuid(cursor))
    throw new AppError("invalid-request", "This cursor is not one that a page of a search ended with.");
  return cursor;
}

/** When a day of the one who asks begins; a day that the zone left out begins with the next one. */
function dayStart(zone: string, now: Instant, said: { date: string } | { daysAgo: number }): Instant {
  const offset = "date" in said ? 0 : said.daysAgo;
  const day = "date" in said ? Math.floor(Date.parse(`${said.date}T00:00:00Z`) / DAY) : today(zone, now) - offset;
  return stretchesOfDay(zone, day)[0]?.from ?? stretchesOfDay(zone, day + 1)[0]?.from ?? day * DAY;
}

function today(zone: string, now: Instant): number {
  const about = Math.floor(now / DAY);
  for (const day of [about - 1, about, about + 1])
    if (stretchesOfDay(zone, day).some(({ from, to }) => from <= now && now < to)) return day;
  return about;
}
