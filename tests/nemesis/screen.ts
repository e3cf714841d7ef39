import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { type LiveStream, listen } from "../support/live-client.ts";
import type { Agent } from "./agent.ts";
import type { World } from "./world.ts";

/** A supervisor's open screen: it fetches a thing once and again only when the live stream says that it moved. */
export interface Screen {
  /** Shows these conversations too, from now on. */
  show(conversationIds: readonly string[]): void;
  /** What differs from a fresh fetch after all that is on its way has come; null when nothing does. */
  differs(): Promise<string | null>;
  readonly reconnects: number;
  close(): Promise<void>;
}

const WORK = "work";
const MOST = 12;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function openScreen(agent: Agent): Screen {
  const cache = new Map<string, string>();
  const dirty = new Set<string>([WORK]);
  const shown = new Set<string>([WORK]);
  let closed = false;
  let stream: LiveStream | undefined;
  let reconnects = -1;
  let last: number | null = null;

  const listening = (async () => {
    while (!closed) {
      try {
        if (last === null) {
          // What is fetched after this position needs no older notice.
          for (const key of shown) dirty.add(key);
        }
        stream = await listen(agent.client, last, ({ event, id, data }) => {
          last = id;
          if (event === "reset") for (const key of shown) dirty.add(key);
          else touch(data);
        });
        reconnects++;
        if (last === null) for (const key of shown) dirty.add(key);
        await stream.ended;
      } catch {
        // The server is away, or this session's time is over: the fetches sign in again.
        dirty.add(WORK);
      }
      if (!closed) await pause(40);
    }
  })();

  function touch(notice: Json): void {
    const conversation = notice.conversationId ?? (notice.kind === "conversation" ? notice.id : null);
    if (conversation || notice.kind === "work" || notice.kind === "offer") dirty.add(WORK);
    if (conversation && shown.has(conversation)) dirty.add(conversation);
  }
  const fetching = (async () => {
    while (!closed) {
      for (const key of [...dirty]) {
        dirty.delete(key);
        const fresh = await fetchOne(agent, key);
        if (fresh === null) dirty.add(key);
        else cache.set(key, fresh);
      }
      await pause(15);
    }
  })();

  return {
    show(ids) {
      for (const id of ids)
        if (!shown.has(id) && shown.size <= MOST) {
          shown.add(id);
          dirty.add(id);
        }
    },
    async differs() {
      let difference: string | null = "nothing was compared";
      await eventually(
        "the screen shows what a fresh fetch shows",
        async () => {
          difference = null;
          for (const key of shown) {
            const fresh = await fetchOne(agent, key);
            if (fresh === null || dirty.size > 0) difference = `${key} could not be fetched`;
            else if (fresh !== cache.get(key)) difference = `${key}\n  screen ${cache.get(key)}\n  fresh  ${fresh}`;
            if (difference) return false;
          }
          return true;
        },
        20_000,
      ).catch(() => {});
      return difference;
    },
    get reconnects() {
      return Math.max(0, reconnects);
    },
    async close() {
      closed = true;
      stream?.cut();
      await fetching;
      stream?.cut();
      await listening;
    },
  };
}

/** What a screen shows of it, without what only depends on who looked when. */
async function fetchOne(agent: Agent, key: string): Promise<string | null> {
  if (key === WORK) {
    const page = await agent.get("/api/desk/work?view=all&limit=100");
    return page && JSON.stringify(page.items.map(rowOf));
  }
  const view = await agent.get(`/api/desk/conversations/${key}`);
  return (
    view &&
    JSON.stringify({
      ...{ version: view.version, state: view.state, work: view.work && rowOf(view.work) },
      episodes: view.episodes.map((e: Json) => [e.id, e.state, e.outcome]),
      timeline: view.timeline.map((e: Json) => [e.type, e.id, e.state ?? null, e.text, e.version ?? null]),
    })
  );
}
const rowOf = (row: Json) => [
  ...[row.workItemId, row.version, row.state, row.owner?.id ?? null, row.snippet, row.trouble, row.priority],
  row.clock.dueAt,
];

/** A conversation of each message heard since `since` from the network: what a supervisor might look at. */
export async function conversationsOf(world: World, externalIds: readonly string[]): Promise<string[]> {
  const rows = await world.query<{ id: string }>(
    `select distinct p.conversation_id as id from message m join placement p on p.account_id = m.account_id and p.message_id = m.id
     where m.external_id = any($1) and p.conversation_id is not null limit 12`,
    [externalIds],
  );
  return rows.map((r) => r.id);
}
