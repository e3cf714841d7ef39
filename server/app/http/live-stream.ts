import type { ServerResponse } from "node:http";
import type { FastifyRequest } from "fastify";
import { can, permittedQueues, type Verb } from "#modules/people";
import { type Database, sql } from "#platform/db";
import type { Actor, Authenticate } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import type { AccountId } from "#platform/ids";
import { type EventRow, readEvent } from "#platform/journal/event";
import type { LiveMapping, LiveNotice } from "#platform/journal/live";
import type { Log } from "#platform/log";

const HEARTBEAT_MS = 15_000;
const KEPT = 5_000;
const PAGE = 1_000;
/** A reader that lets this many bytes pile up is cut off; it comes back and resumes by position. */
const MOST_WAITING_BYTES = 262_144;

interface Kept {
  position: number;
  notices: readonly LiveNotice[];
}
interface Stream {
  actor: Actor;
  request: FastifyRequest;
  response: ServerResponse;
  position: number;
}
interface Tail {
  position: number;
  kept: Kept[];
  streams: Set<Stream>;
  pumping: Promise<void> | null;
  again: boolean;
}

export interface LiveStreams {
  /** Positions were given; called often. */
  wake(): void;
  open(): number;
  close(): Promise<void>;
}

/**
 * `GET /api/live?after=<position>`: one stream of notices for each browser. A notice says that something moved, never what
 * stands in it; rights are checked at emission. A stream resumes at any position still in the journal's recent past; older
 * ones get `reset` and fetch afresh.
 */
export function liveStreams(
  r: Routes,
  db: Database,
  authenticate: Authenticate,
  mappings: readonly LiveMapping[],
  log: Log,
  heartbeatMs: number = HEARTBEAT_MS,
): LiveStreams {
  const byType = new Map<string, LiveMapping[]>();
  for (const m of mappings) byType.set(m.on.name, [...(byType.get(m.on.name) ?? []), m]);
  const types = [...byType.keys()];
  const tails = new Map<AccountId, Tail>();

  const noticesOf = (row: EventRow): Kept => {
    const event = readEvent(row);
    return { position: row.position, notices: (byType.get(row.type) ?? []).flatMap((m) => m.present(event)) };
  };
  async function eventsAfter(accountId: AccountId, after: number): Promise<{ rows: EventRow[]; head: number }> {
    return db.withAccount(accountId, async (tx) => {
      const q = tx.tables();
      const head =
        (await sql<{ position: number }>`select position from journal_head where account_id = ${accountId}`.execute(q))
          .rows[0]?.position ?? 0;
      if (head <= after) return { rows: [], head };
      const found =
        await sql<EventRow>`select position, id, type, v, key, shard, entity, entity_id, entity_version, payload, trace_id, occurred_at from event
        where account_id = ${accountId} and position > ${after} and position <= ${head} and type = any(${types}) order by position limit ${PAGE}`.execute(
          q,
        );
      return { rows: found.rows, head: found.rows.length < PAGE ? head : found.rows.at(-1)!.position };
    });
  }

  async function pump(accountId: AccountId, tail: Tail): Promise<void> {
    for (;;) {
      const { rows, head } = await eventsAfter(accountId, tail.position);
      if (head <= tail.position) return;
      const fresh = rows.map(noticesOf).filter((k) => k.notices.length > 0);
      tail.kept.push(...fresh);
      if (tail.kept.length > KEPT) tail.kept.splice(0, tail.kept.length - KEPT);
      tail.position = head;
      for (const stream of tail.streams) send(stream, fresh, head);
    }
  }
  function wakeTail(accountId: AccountId, tail: Tail): void {
    tail.again = true;
    tail.pumping ??= (async () => {
      while (tail.again) {
        tail.again = false;
        await pump(accountId, tail).catch((error) => log.warn({ err: error }, "live streams: will try again"));
      }
    })().finally(() => {
      tail.pumping = null;
      if (tail.again) wakeTail(accountId, tail);
    });
  }

  /** Writes what this stream may hear; one frame for each notice, the last position in any case. */
  function send(stream: Stream, items: readonly Kept[], upTo: number): void {
    let text = "";
    for (const { position, notices } of items) {
      if (position <= stream.position) continue;
      const heard = notices.filter((n) => mayHear(stream.actor, n));
      // Only the last notice of an event carries its position: who is cut off between two of them hears them again, and misses none.
      for (const [i, n] of heard.entries()) text += frame(i === heard.length - 1 ? position : position - 1, n);
    }
    stream.position = Math.max(stream.position, upTo);
    if (text) write(stream, text);
  }
  function write(stream: Stream, text: string): void {
    if (stream.response.writableLength > MOST_WAITING_BYTES) stream.response.destroy();
    else stream.response.write(text);
  }

  async function attach(stream: Stream): Promise<void> {
    const { accountId } = stream.actor;
    let tail = tails.get(accountId);
    if (!tail) {
      const { head } = await eventsAfter(accountId, Number.MAX_SAFE_INTEGER);
      // Another stream may have made it meanwhile.
      tail = tails.get(accountId) ?? { position: head, kept: [], streams: new Set(), pumping: null, again: false };
      tails.set(accountId, tail);
    } else if (tail.streams.size === 0) {
      // Nobody listened, so nobody moved it: what happened meanwhile is the past, not news.
      const { head } = await eventsAfter(accountId, Number.MAX_SAFE_INTEGER);
      if (tail.streams.size === 0 && !tail.pumping && head > tail.position)
        Object.assign(tail, { position: head, kept: [] } satisfies Partial<Tail>);
    }
    if (stream.position < 0) stream.position = tail.position;
    // Beyond the head: the journal is another one than the client's (a backup was restored). What follows would be skipped.
    if (stream.position > tail.position && stream.position > (await eventsAfter(accountId, stream.position)).head) {
      write(stream, resetFrame(tail.position));
      stream.position = tail.position;
    }
    // Catch up from the journal until the shared tail is reached, then join it: nothing between is lost or told twice.
    for (let pages = 0; stream.position < tail.position; pages++) {
      if (pages >= KEPT / PAGE) {
        write(stream, resetFrame(tail.position));
        stream.position = tail.position;
        break;
      }
      const first = tail.kept[0];
      if (first && first.position <= stream.position + 1) {
        send(stream, tail.kept, tail.position);
        break;
      }
      const { rows, head } = await eventsAfter(accountId, stream.position);
      send(stream, rows.map(noticesOf), Math.max(head, stream.position));
      // A long absence is told page by page, as fast as it is read.
      if (stream.response.writableNeedDrain) await drainOrClose(stream.response);
      if (stream.response.destroyed) return;
      if (head <= stream.position && stream.position < tail.position) stream.position = Math.max(stream.position, head);
      if (rows.length === 0 && head >= tail.position) stream.position = Math.max(stream.position, head);
    }
    tail.streams.add(stream);
    wakeTail(accountId, tail);
  }

  const beat = setInterval(async () => {
    for (const tail of tails.values())
      for (const stream of tail.streams) {
        write(stream, `: hb ${stream.position}\n\n`);
        // A right taken back or a session ended takes effect here at the latest; the client comes back with what it may.
        const actor = await authenticate(stream.request).catch(() => stream.actor);
        if (!actor) stream.response.end();
        else stream.actor = actor;
      }
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
      const stream: Stream = { actor, request, response, position: after };
      response.on("close", () => tails.get(actor.accountId)?.streams.delete(stream));
      response.on("error", () => {});
      await attach(stream);
      write(stream, `: hb ${stream.position}\nretry: 1000\n\n`);
      if (response.destroyed) tails.get(actor.accountId)?.streams.delete(stream);
    },
  });

  return {
    wake() {
      for (const [accountId, tail] of tails) if (tail.streams.size > 0) wakeTail(accountId, tail);
    },
    open: () => [...tails.values()].reduce((n, t) => n + t.streams.size, 0),
    async close() {
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

function mayHear(actor: Actor, notice: LiveNotice): boolean {
  if (notice.needs === "any") return true;
  if ("agentId" in notice.needs) return notice.needs.agentId === actor.id;
  const verb = notice.needs.verb as Verb;
  if (notice.needs.queueId === undefined) return can(actor, verb);
  const queues = permittedQueues(actor, verb);
  return queues === "all" || queues.includes(notice.needs.queueId);
}
