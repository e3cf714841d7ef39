import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Company, openTown, type Town } from "../../../../tests/support/channels-kit.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import { sql } from "../../../platform/db.ts";
import { takeLease } from "../../../platform/lease.ts";
import { silentLog } from "../../../platform/log.ts";
import { networkAdapters, startBackfill, startChannels } from "../index.ts";
import { missedByPush } from "../store/key-store.ts";

let town: Town;
let us: Company;
beforeAll(async () => {
  town = await openTown();
});
beforeEach(async () => {
  us = await town.company();
});
afterAll(() => town.close());

const speak = (text: string, more = {}) => town.sim("POST", "/sim/v1/posts", { text, ...more }, "carla");
const missed = async () => (await us.act((tx) => missedByPush(tx, 0, tx.now + 1))).get(us.channelId) ?? 0;

describe("the reconcile poll", () => {
  it("begins at the present and finds what pushes lost", async () => {
    await speak("before we were here");
    await us.channels.reconcile(us.channelId);
    await us.channels.drainInbound();
    const old = await us.messages();
    expect(old).toEqual([]);
    const from = (await us.feed()).at(-1).seq;
    await speak("pushed");
    await us.push(await us.feed(from));
    await speak("lost");
    await us.channels.reconcile(us.channelId);
    await us.channels.drainInbound();
    expect((await us.messages()).map((m) => m.text).sort()).toEqual(["lost", "pushed"]);
    expect(await missed()).toBe(1);
  });

  it("does not call late what came after all", async () => {
    await us.channels.reconcile(us.channelId);
    const from = (await us.feed()).at(-1)?.seq ?? 0;
    await speak("late push");
    await us.channels.reconcile(us.channelId);
    await us.channels.drainInbound();
    expect(await missed()).toBe(1);
    await us.push(await us.feed(from));
    await us.channels.drainInbound();
    expect(await missed()).toBe(0);
    expect(await us.messages()).toHaveLength(1);
  });

  it("commits its cursor with its data: a page pulled twice at once is stored once", async () => {
    await us.channels.reconcile(us.channelId);
    await speak("one page");
    await Promise.all([us.channels.reconcile(us.channelId), us.another().reconcile(us.channelId)]);
    const raw = await us.act((tx) =>
      sql`select 1 from raw_inbox where account_id = ${us.accountId}`.execute(tx.tables()),
    );
    expect(raw.rows).toHaveLength(1);
  });

  it("opens a gap when the network was started anew, and closes it when all is read again", async () => {
    await speak("in the new network");
    await us.act((tx) =>
      sql`insert into channel_cursor (account_id, channel_id, stream, value, version, updated_at) values (${us.accountId}, ${us.channelId}, 'events', 'nw_gone 7', 1, ${new Date(tx.now)})`.execute(
        tx.tables(),
      ),
    );
    await us.channels.reconcile(us.channelId);
    await us.channels.drainInbound();
    expect((await us.announced("ChannelGap")).map((e) => e.payload.filled)).toEqual([false, true]);
    expect((await us.messages()).some((m) => m.text === "in the new network")).toBe(true);
  });

  it("keeps a reserve of calls for answers: listening waits, a reply goes", async () => {
    const adapter = networkAdapters(town.clock).playground!;
    const { createRateBudget } = await import("../domain/rate-budget.ts");
    const budget = createRateBudget();
    budget.observe("read", { limit: 100, remaining: 30, resetAt: town.clock.now() + 60_000 });
    const access = {
      channelId: us.channelId,
      externalId: us.profileId,
      handle: us.handle,
      config: { baseUrl: town.playground.url },
      secret: {},
    };
    await expect(
      adapter.pull!.pull(access, adapter.pull!.streams[0]!, undefined, budget, AbortSignal.timeout(1_000)),
    ).rejects.toMatchObject({ data: { class: "rate-limited" } });
    expect(budget.wait("read", "reply", town.clock.now())).toBe(0);
  });
});

describe("a backfill", () => {
  it("reads history as history: it keeps its own time and is marked", async () => {
    await speak("long ago", { createdAt: new Date(town.clock.now() - 40 * 86_400_000).toISOString() });
    expect(await us.act((tx) => startBackfill(tx, us.channelId))).toBe(true);
    expect(await us.act((tx) => startBackfill(tx, us.channelId))).toBe(false);
    await us.channels.backfill(us.channelId);
    await us.channels.drainInbound();
    const old = (await us.messages()).find((m) => m.text === "long ago")!;
    expect(old.sentAt).toBe(town.clock.now() - 40 * 86_400_000);
    expect((await us.announced("MessageReceived")).every((e) => e.payload.backfilled)).toBe(true);
    expect(await us.act((tx) => startBackfill(tx, us.channelId))).toBe(true);
  });
});

it("leaves its channels to the next node at once when it stops", async () => {
  const options = {
    db: town.db,
    clock: town.clock,
    log: silentLog,
    adapters: networkAdapters(town.clock),
    publicUrl: "http://127.0.0.1",
    accounts: [us.accountId],
  };
  const first = startChannels({ ...options, watch: true });
  await eventually("the lease of the channel", async () => {
    const rows = await town.db.asSystem((trx) =>
      sql`select 1 from lease where name = ${`pull:${us.channelId}`}`.execute(trx),
    );
    return rows.rows.length === 1;
  });
  expect(await takeLease(town.db, `pull:${us.channelId}`, "the next", town.clock.now(), 1_000)).toBeNull();
  await first.close();
  expect(await takeLease(town.db, `pull:${us.channelId}`, "the next", town.clock.now(), 1_000)).not.toBeNull();
});

it("leaves them also when its streams hear of the lease in another order than they took it", async () => {
  let heard = 0;
  let letFirstOn = () => {};
  const later = new Promise<void>((resolve) => {
    letFirstOn = resolve;
  });
  /** The first stream that took the lease hears of it only after the second one. */
  const db: typeof town.db = Object.create(town.db, {
    asSystem: {
      async value(work: Parameters<typeof town.db.asSystem>[0]) {
        const answer = await town.db.asSystem(work);
        const rows = (answer as { rows?: { token?: number }[] } | undefined)?.rows;
        if (rows?.[0]?.token === undefined) return answer;
        heard++;
        if (heard === 1) await later;
        else letFirstOn();
        return answer;
      },
    },
  });
  const first = startChannels({
    db,
    clock: town.clock,
    log: silentLog,
    adapters: networkAdapters(town.clock),
    publicUrl: "http://127.0.0.1",
    accounts: [us.accountId],
    watch: true,
  });
  await eventually("two streams of the channel", async () => heard >= 2);
  await first.close();
  expect(await takeLease(town.db, `pull:${us.channelId}`, "the next", town.clock.now(), 1_000)).not.toBeNull();
});
