import Fastify from "fastify";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { Database } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import type { AccountId } from "#platform/ids";
import { type EventType, eventType } from "#platform/journal/event";
import { live } from "#platform/journal/live";
import type { News } from "#platform/journal/news";
import { silentLog } from "#platform/log";
import type { ApiClient } from "../../../tests/support/api-client.ts";
import { makeAccount, openTestDatabase } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/eventually.ts";
import { numberEvents } from "../../../tests/support/journal.ts";
import { listen } from "../../../tests/support/live-client.ts";
import { type LiveStreams, liveStreams } from "./live-stream.ts";

const Rung = eventType<{ n: number }>("TestRung");
const Hidden = eventType<{ n: number }>("TestHidden");
/** Changes everybody's rights. */
const Sworn = eventType<{ n: number }>("TestSworn");
const { db } = openTestDatabase();
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => db.close());

/** Live streams of one account over real HTTP; `looks` counts their transactions. `who`: asked who a stream is, instead of always the same. */
async function house({
  who,
  heartbeatMs = 3_600_000,
  afterLook = async () => {},
}: {
  who?: (actor: Actor) => Promise<Actor>;
  heartbeatMs?: number;
  /** What a look has read comes back only after this. */
  afterLook?: () => Promise<void>;
} = {}) {
  const { accountId } = await makeAccount(db);
  const actor = { id: accountId, accountId, grants: [] } as unknown as Actor;
  const looks = { n: 0, under: 0 };
  const counted: Database = {
    ...db,
    withAccount: (...asked) => {
      looks.n++;
      looks.under++;
      return db
        .withAccount(...asked)
        .finally(afterLook)
        .finally(() => looks.under--);
    },
  };
  const app = Fastify();
  const routes = { app, actor: async () => actor } as unknown as Routes;
  const bell = live(Rung, (e) => [
    { kind: "bell", id: e.entityId, version: e.entityVersion, conversationId: e.entityId, needs: "any" },
  ]);
  const sworn = live(
    Sworn,
    () => [],
    () => "many",
  );
  const on = { mappings: [bell, sworn], whereOf: {} };
  const authenticate = async () => (who ? who(actor) : actor);
  const streams: LiveStreams = liveStreams(routes, counted, authenticate, on, silentLog, heartbeatMs);
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  closers.push(
    () => app.close(),
    () => streams.close(),
  );
  const client = { url: () => address, cookies: new Map() } as unknown as ApiClient;
  return { accountId, looks, streams, open: () => listen(client) };
}
async function say(accountId: AccountId, type: EventType<{ n: number }>, n: number): Promise<void> {
  await db.withAccount(accountId, async (tx) =>
    tx.announce(type, { key: accountId, entity: "test", entityId: accountId, entityVersion: n, payload: { n } }),
  );
  await numberEvents(db, accountId);
}
const news = (accountId: AccountId, after: number, upTo: number, ...types: string[]): News[] => [
  { accountId, after, upTo, types },
];

describe("live streams", () => {
  it("look once for what is for screens, however many listen, and not at all for the rest", async () => {
    const { accountId, looks, streams, open } = await house();
    const open3 = [await open(), await open(), await open()];
    await eventually("all are there", () => streams.open() === 3);
    await eventually("they stand", () => open3.every((stream) => stream.beats.length > 0));
    await eventually("what they looked for when they came is over", () => looks.under === 0);
    looks.n = 0;
    for (const n of [1, 2, 3]) {
      await say(accountId, Hidden, n);
      streams.wake(news(accountId, n - 1, n, "TestHidden"));
    }
    await say(accountId, Rung, 4);
    streams.wake(news(accountId, 3, 4, "TestRung"));
    streams.wake(news(accountId, 3, 4, "TestRung"));
    await eventually("all have heard", () => open3.every((stream) => stream.heard.length === 1));
    // Told a second time, by the notice of the same.
    streams.wake(news(accountId, 3, 4, "TestRung"));
    expect(open3.map((stream) => stream.heard.map((h) => [h.id, h.data.version]))).toEqual(open3.map(() => [[4, 4]]));
    expect(looks.n).toBe(1);
  });

  it("tell also what no notice told of", async () => {
    const { accountId, streams, open } = await house();
    const stream = await open();
    await eventually("it is there", () => streams.open() === 1);
    await say(accountId, Rung, 1);
    await say(accountId, Hidden, 2);
    // The news of position 1 was lost.
    streams.wake(news(accountId, 1, 2, "TestHidden"));
    await eventually("it has heard", () => stream.heard.length === 1);
    await say(accountId, Rung, 3);
    streams.wake();
    await eventually("it has heard of the other", () => stream.heard.length === 2);
    expect(stream.heard.map((h) => h.id)).toEqual([1, 3]);
  });

  it("hears of what was committed while it looked, whatever that look saw", async () => {
    let hold: Promise<void> | undefined;
    let go = () => {};
    const { accountId, streams, looks, open } = await house({ afterLook: async () => hold });
    const stream = await open();
    await eventually("it is there and nothing is looked for", () => streams.open() === 1 && looks.under === 0);
    hold = new Promise((done) => {
      go = done;
    });
    const before = looks.n;
    // As with a heartbeat: the look finds nothing, and before it is back the event is there.
    streams.wake();
    await eventually("it looks", () => looks.n === before + 1);
    await say(accountId, Rung, 1);
    streams.wake(news(accountId, 0, 1, "TestRung"));
    hold = undefined;
    go();
    await eventually("it has heard of it", () => stream.heard.length === 1);
    expect(stream.heard.map((h) => h.id)).toEqual([1]);
  });

  it.each([
    ["the heartbeat asked first and is answered last", [1, 0]],
    ["the heartbeat asked first and is answered first", [0, 1]],
  ])("a screen starts afresh once when its rights change beside a heartbeat: %s", async (_, order) => {
    /** Who asks who the stream is waits here, once it is told to. */
    const asks: ((actor: Actor) => void)[] = [];
    let holds = false;
    let known: Actor | undefined;
    const who = (actor: Actor) => {
      known ??= actor;
      if (!holds) return Promise.resolve(known);
      return new Promise<Actor>((resolve) => asks.push(resolve));
    };
    const { accountId, streams, open } = await house({ who, heartbeatMs: 20 });
    const stream = await open();
    await eventually("it is there", () => streams.open() === 1 && stream.beats.length > 0);
    holds = true;
    await eventually("a heartbeat asks who it is", () => asks.length === 1);
    await say(accountId, Sworn, 1);
    streams.wake(news(accountId, 0, 1, "TestSworn"));
    await eventually("so does the change of rights", () => asks.length === 2);
    const grants = [{ verb: "work.read", scope: "account", scopeId: null }];
    const now = { ...known, grants } as Actor;
    known = now;
    holds = false;
    for (const n of order) {
      asks[n]!(now);
      // What follows from one answer is over before the other comes.
      await new Promise(setImmediate);
    }
    await eventually("it starts afresh", () => stream.heard.length > 0);
    const beats = stream.beats.length;
    await eventually("heartbeats later", () => stream.beats.length >= beats + 2);
    expect(stream.heard.map((one) => one.event)).toEqual(["reset"]);
  });
});
