import type { ServerResponse } from "node:http";
import type { FastifyRequest } from "fastify";
import { type Database, sql, type Tx } from "#platform/db";
import type { Actor, Authenticate } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import type { AccountId } from "#platform/ids";
import { type EventRow, readEvent } from "#platform/journal/event";
import type { LiveMapping, LiveNotice, LiveWhere } from "#platform/journal/live";
import type { News } from "#platform/journal/news";
import type { Log } from "#platform/log";
import { type Found, findWhere, mayHear, sameRights, spotsOf } from "./live-hearing.ts";
import { type DesksSeen, openDesks } from "./open-desks.ts";

const HEARTBEAT_MS = 15_000;
const KEPT = 5_000;
const PAGE = 1_000;
/** A reader that lets this many bytes pile up is cut off; it comes back and resumes by position. */
const MOST_WAITING_BYTES = 262_144;

type Rights = "many" | { agentId: string };
interface Kept {
  position: number;
  notices: readonly LiveNotice[];
  /** Whose rights the event changes. */
  rights: readonly Rights[];
}
interface Page {
  kept: Kept[];
  /** Where the things of this page stand now. */
  where: Found;
  head: number;
  /** A full page: more may follow. */
  more: boolean;
}
interface Stream {
  actor: Actor;
  request: FastifyRequest;
  response: ServerResponse;
  position: number;
  /** How often it was asked who this is: of several answers under way only the one asked for last counts. */
  asked: number;
  /** Which asking was answered last; another one than `asked` is under way while they differ. */
  answered: number;
}
interface Tail {
  position: number;
  kept: Kept[];
  /** Where the things in `kept` stand: whatever moves them is told by a later event, which looks again. */
  where: Found;
  streams: Set<Stream>;
  pumping: Promise<void> | null;
  /** Up to where it was told that there is something. */
  wanted: number;
  /** There may be more, nobody knows how far. */
  again: boolean;
}

export interface LiveStreams {
  /** These positions were given; without news, some may have been. */
  wake(news?: readonly News[]): void;
  open(): number;
  /** Has this agent a stream here? */
  has(accountId: AccountId, agentId: string): boolean;
  close(): Promise<void>;
}

/**
 * `GET /api/live?after=<position>`: one stream of notices for each browser. A notice says that something moved, never what
 * stands in it; rights, and where the thing stands, are checked at emission. When rights change, the streams concerned are asked who they are
 * anew before they hear more, and are told to fetch afresh what their new rights show. A stream resumes at any position still in the journal's recent past; older
 * ones get `reset` and fetch afresh.
 */
export function liveStreams(
  r: Routes,
  db: Database,
  authenticate: Authenticate,
  { mappings, whereOf, seen }: { mappings: readonly LiveMapping[]; whereOf: LiveWhere; seen?: DesksSeen },
  log: Log,
  heartbeatMs: number = HEARTBEAT_MS,
): LiveStreams {
  const byType = new Map<string, LiveMapping[]>();
  for (const m of mappings) byType.set(m.on.name, [...(byType.get(m.on.name) ?? []), m]);
  const types = [...byType.keys()];
  const tails = new Map<AccountId, Tail>();

  const keptOf = (row: EventRow): Kept => {
    const event = readEvent(row);
    const on = byType.get(row.type) ?? [];
    const rights = on.flatMap((m) => m.rights?.(event) ?? []);
    return { position: row.position, notices: on.flatMap((m) => m.present(event)), rights };
  };
  const headIn = async (tx: Tx) =>
    (
      await sql<{ position: number }>`select position from journal_head where account_id = ${tx.accountId}`.execute(
        tx.tables(),
      )
    ).rows[0]?.position ?? 0;
  const headOf = (accountId: AccountId) => db.withAccount(accountId, headIn);
  /** What happened after a position, a page at most, and where the things it is about stand now. */
  async function eventsAfter(accountId: AccountId, after: number): Promise<Page> {
    return db.withAccount(accountId, async (tx) => {
      const asked = await sql<{ ahead: { head: number; events: EventRow[] } }>`
        select journal_after(${accountId}, ${after}::bigint, ${types}::text[], ${PAGE}::integer) as ahead`.execute(
        tx.tables(),
      );
      const { head, events } = asked.rows[0]!.ahead;
      const kept = events.map(keptOf).filter((k) => k.notices.length > 0 || k.rights.length > 0);
      // After the events: nothing that they moved is found where it was before.
      const where = kept.length > 0 ? await findWhere(tx, whereOf, noticesIn(kept)) : new Map();
      const more = events.length >= PAGE;
      return { kept, where, head: more ? events.at(-1)!.position : head, more };
    });
  }

  async function pump(accountId: AccountId, tail: Tail): Promise<void> {
    while (tail.again || tail.position < tail.wanted) {
      tail.again = false;
      const { wanted } = tail;
      const { kept: fresh, where, head, more } = await eventsAfter(accountId, tail.position);
      tail.again ||= more;
      if (head <= tail.position) {
        // A notice of what was committed during the look wants another one.
        if (tail.wanted === wanted) tail.wanted = tail.position;
        continue;
      }
      tail.kept.push(...fresh);
      for (const [spot, at] of where) tail.where.set(spot, at);
      if (tail.kept.length > KEPT) tail.kept.splice(0, tail.kept.length - KEPT);
      if (tail.where.size > 4 * KEPT) forgetWhere(tail);
      tail.position = head;
      const changed = await renewConcerned(tail, fresh);
      for (const stream of tail.streams) {
        send(stream, fresh, tail.where, head);
        if (changed.has(stream)) write(stream, resetFrame(head));
      }
    }
  }
  /** Streams whose rights changed by these events. Their new rights count from here on, for what came before in the batch as well. */
  async function renewConcerned(tail: Tail, events: readonly Kept[]): Promise<Set<Stream>> {
    const rights = events.flatMap((k) => k.rights);
    const changed = new Set<Stream>();
    if (rights.length === 0) return changed;
    for (const stream of [...tail.streams])
      if (rights.some((r) => concerns(r, stream.actor)) && (await renew(stream))) changed.add(stream);
    return changed;
  }
  /** Asks anew who this is; true when the rights are others now. Whose session ended is sent away. */
  async function renew(stream: Stream): Promise<boolean> {
    const mine = ++stream.asked;
    const actor = await authenticate(stream.request).catch(() => undefined);
    if (mine !== stream.asked) return false;
    stream.answered = mine;
    if (actor === undefined) {
      // It cannot be asked now; the client comes back and is asked then.
      stream.response.destroy();
      return false;
    }
    if (actor === null) {
      stream.response.end();
      tails.get(stream.actor.accountId)?.streams.delete(stream);
      return false;
    }
    const same = sameRights(stream.actor, actor);
    stream.actor = actor;
    return !same;
  }
  /** Reads on up to a position; without one, looks whether there is more. */
  function wakeTail(accountId: AccountId, tail: Tail, upTo?: number): void {
    if (upTo === undefined) tail.again = true;
    else tail.wanted = Math.max(tail.wanted, upTo);
    if (tail.pumping || !(tail.again || tail.position < tail.wanted)) return;
    tail.pumping = pump(accountId, tail)
      .catch((error) => {
        // The next notice, or the next heartbeat, tries again.
        Object.assign(tail, { wanted: tail.position, again: false } satisfies Partial<Tail>);
        log.warn({ err: error }, "live streams: will try again");
      })
      .finally(() => {
        tail.pumping = null;
        if (tail.again) wakeTail(accountId, tail);
        else wakeTail(accountId, tail, tail.wanted);
      });
  }
  /** Goes on without a look where nothing in the news is for any screen. */
  function hear(news: News): void {
    const tail = tails.get(news.accountId);
    if (!tail || tail.streams.size === 0) return;
    const silent = !tail.pumping && tail.position === news.after && !news.types.some((type) => byType.has(type));
    if (!silent) wakeTail(news.accountId, tail, news.upTo);
    else {
      tail.position = news.upTo;
      for (const stream of tail.streams) stream.position = Math.max(stream.position, news.upTo);
    }
  }

  /** Writes what this stream may hear; one frame for each notice, the last position in any case. */
  function send(stream: Stream, items: readonly Kept[], where: Found, upTo: number): void {
    let text = "";
    for (const { position, notices } of items) {
      if (position <= stream.position) continue;
      const heard = notices.filter((n) => mayHear(stream.actor, n, where));
      // Only the last notice of an event carries its position: who is cut off between two of them hears them again, and misses none.
      for (const [i, n] of heard.entries()) text += frame(i === heard.length - 1 ? position : position - 1, n);
    }
    stream.position = Math.max(stream.position, upTo);
    if (text) write(stream, text);
  }
  /** Did the rights of this stream change in what it missed? Then what it shows is of no use, whatever else happened. */
  function rightsMoved(stream: Stream, items: readonly Kept[]): boolean {
    return items.some((k) => k.position > stream.position && k.rights.some((r) => concerns(r, stream.actor)));
  }
  function startAfresh(stream: Stream, tail: Tail): void {
    write(stream, resetFrame(tail.position));
    stream.position = tail.position;
  }
  function write(stream: Stream, text: string): void {
    if (stream.response.writableLength > MOST_WAITING_BYTES) stream.response.destroy();
    else stream.response.write(text);
  }

  const desks = openDesks(seen, log);
  const has = (accountId: AccountId, agentId: string) =>
    [...(tails.get(accountId)?.streams ?? [])].some(({ actor }) => actor.kind === "agent" && actor.id === agentId);

  async function attach(stream: Stream): Promise<void> {
    const { accountId } = stream.actor;
    let tail = tails.get(accountId);
    if (!tail) {
      const head = await headOf(accountId);
      // Another stream may have made it meanwhile.
      tail = tails.get(accountId) ?? {
        ...{
          position: head,
          kept: [],
          where: new Map(),
          streams: new Set(),
          pumping: null,
          wanted: head,
          again: false,
        },
      };
      tails.set(accountId, tail);
    } else if (tail.streams.size === 0) {
      // Nobody listened, so nobody moved it: what happened meanwhile is the past, not news.
      const head = await headOf(accountId);
      if (tail.streams.size === 0 && !tail.pumping && head > tail.position)
        Object.assign(tail, { position: head, kept: [], where: new Map() } satisfies Partial<Tail>);
    }
    if (stream.position < 0) stream.position = tail.position;
    // Beyond the head: the journal is another one than the client's (a backup was restored). What follows would be skipped.
    if (stream.position > tail.position && stream.position > (await headOf(accountId))) startAfresh(stream, tail);
    // Catch up from the journal until the shared tail is reached, then join it: nothing between is lost or told twice.
    for (let pages = 0; stream.position < tail.position; pages++) {
      const first = tail.kept[0];
      const near = first !== undefined && first.position <= stream.position + 1;
      const missed: Page = near
        ? { kept: tail.kept, where: tail.where, head: tail.position, more: false }
        : await eventsAfter(accountId, stream.position);
      if (pages >= KEPT / PAGE || rightsMoved(stream, missed.kept)) {
        await renew(stream);
        startAfresh(stream, tail);
        break;
      }
      send(stream, missed.kept, missed.where, missed.head);
      // A long absence is told page by page, as fast as it is read.
      if (stream.response.writableNeedDrain) await drainOrClose(stream.response);
      if (stream.response.destroyed) return;
    }
    tail.streams.add(stream);
    // Rights that changed between the request and this moment are no news to the tail.
    if (await renew(stream)) write(stream, resetFrame(stream.position));
    wakeTail(accountId, tail);
    desks.tell(accountId, [stream.actor], true);
  }

  /** A session that ended by itself is announced by nobody: with its heartbeat each stream is asked who it is. */
  async function beatOnce(stream: Stream): Promise<void> {
    write(stream, `: hb ${stream.position}\n\n`);
    const { actor: before, asked, answered } = stream;
    const actor = await authenticate(stream.request).catch(() => before);
    if (!actor) stream.response.end();
    // Beside another asking it has nothing to tell: that one tells it, and two would make the screen start afresh twice.
    else if (stream.asked === asked && answered === asked && !sameRights(before, actor)) {
      stream.actor = actor;
      write(stream, resetFrame(stream.position));
    }
  }
  const everybody = function* (): Iterable<[AccountId, Actor[]]> {
    for (const [accountId, { streams }] of tails) yield [accountId, Array.from(streams, (stream) => stream.actor)];
  };
  let beating = false;
  const beat = setInterval(async () => {
    // While a database that is slow to answer has not answered, more questions would make it slower.
    if (beating) return;
    beating = true;
    desks.beat(heartbeatMs, everybody);
    // The net under the notices.
    for (const [accountId, tail] of tails) if (tail.streams.size > 0) wakeTail(accountId, tail);
    for (const tail of tails.values()) for (const stream of tail.streams) await beatOnce(stream);
    beating = false;
  }, heartbeatMs);

  r.app.route({
    method: "GET",
    url: "/api/live",
    schema: { summary: "Live notices as server-sent events; resume with ?after= or Last-Event-ID", tags: ["live"] },
    handler: async (request, reply) => {
      const actor = await r.actor(request);
      const asked = (request.query as Record<string, string>).after ?? request.headers["last-event-id"];
      const after = typeof asked === "string" && /^\d{1,15}$/.test(asked) ? Number(asked) : -1;
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
        connection: "keep-alive",
      });
      request.raw.socket.setTimeout(0);
      const stream: Stream = { actor, request, response, position: after, asked: 0, answered: 0 };
      response.on("close", () => {
        tails.get(actor.accountId)?.streams.delete(stream);
        if (!has(actor.accountId, actor.id)) desks.tell(actor.accountId, [actor], false);
      });
      response.on("error", () => {});
      await attach(stream);
      write(stream, `: hb ${stream.position}\nretry: 1000\n\n`);
      if (response.destroyed) tails.get(actor.accountId)?.streams.delete(stream);
    },
  });

  return {
    wake(news) {
      if (news) for (const one of news) hear(one);
      else for (const [accountId, tail] of tails) if (tail.streams.size > 0) wakeTail(accountId, tail);
    },
    open: () => [...tails.values()].reduce((n, t) => n + t.streams.size, 0),
    has,
    async close() {
      desks.close();
      clearInterval(beat);
      for (const tail of tails.values()) {
        for (const stream of tail.streams) stream.response.end();
        await tail.pumping;
      }
    },
  };
}

function drainOrClose(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}

/** The client's position is of no use: it fetches afresh what it shows and goes on from here. */
function resetFrame(position: number): string {
  return `event: reset\nid: ${position}\ndata: {"position":${position}}\n\n`;
}

function frame(position: number, n: LiveNotice): string {
  const data = {
    position,
    kind: n.kind,
    id: n.id,
    version: n.version,
    ...(n.conversationId ? { conversationId: n.conversationId } : {}),
  };
  return `id: ${position}\ndata: ${JSON.stringify(data)}\n\n`;
}

function* noticesIn(kept: readonly Kept[]): Generator<LiveNotice> {
  for (const { notices } of kept) yield* notices;
}

function concerns(rights: Rights, actor: Actor): boolean {
  return rights === "many" || rights.agentId === actor.id;
}

/** Keeps where the things stand that are still kept. */
function forgetWhere(tail: Tail): void {
  const spots = spotsOf(noticesIn(tail.kept));
  for (const spot of tail.where.keys()) if (!spots.has(spot)) tail.where.delete(spot);
}
