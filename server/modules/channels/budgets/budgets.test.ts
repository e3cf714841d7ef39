import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setSetting } from "#modules/company";
import { sql } from "#platform/db";
import { silentLog } from "#platform/log";
import { type Company, openTown, permitOf, type Town } from "../../../../tests/support/channels-kit.ts";
import { capabilitiesOf } from "../capabilities.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { deliveriesById, networkAdapters, startChannels } from "../index.ts";
import { findChannels } from "../store/channel-store.ts";
import { type Budgets, createBudgets } from "./budgets.ts";
import { moneyCapSetting } from "./settings.ts";
import { budgetsOf } from "./shown.ts";

let town: Town;
let us: Company;
const open: Budgets[] = [];
beforeAll(async () => {
  town = await openTown();
});
beforeEach(async () => {
  us = await town.company();
});
afterAll(async () => {
  for (const budgets of open) await budgets.close();
  await town.close();
});

/** A process of its own over the same data. */
function node(): Budgets {
  const made = createBudgets({ db: town.db, clock: town.clock, log: silentLog }, false);
  open.push(made);
  return made;
}
/** What an administrator states of this network for this channel. */
async function state(more: object): Promise<void> {
  await us.act((tx) =>
    sql`update channel set capabilities = ${JSON.stringify(more)}::jsonb where account_id = ${us.accountId} and id = ${us.channelId}`.execute(
      tx.tables(),
    ),
  );
}
const shown = () => us.act(async (tx) => (await budgetsOf(tx, await findChannels(tx))).get(us.channelId)!);
function flood(budget: RateBudget, bucket: string, forWhat: "listening" | "reply" | "crisis", n = 400): number {
  let gone = 0;
  for (let i = 0; i < n; i++) if (budget.wait(bucket, forWhat, town.clock.now()) === 0) gone++;
  return gone;
}

describe("budgets of calls", () => {
  it("are the network's stated limits before anything was heard of it, and shown so", async () => {
    expect((await shown()).budgets).toEqual([
      { bucket: "write", limit: 300, remaining: 300, resetAt: null, reserveForReplies: 90, reserveForCrisis: 30 },
      { bucket: "read", limit: 1_200, remaining: 1_200, resetAt: null, reserveForReplies: 360, reserveForCrisis: 120 },
    ]);
    const budget = await node().of(us.channelId);
    expect(flood(budget, "write", "listening")).toBe(210);
  });

  it("are known to the next start and to other nodes, until their window ends", async () => {
    const first = node();
    flood(await first.of(us.channelId), "write", "listening");
    await first.flush();
    expect((await shown()).budgets[0]).toMatchObject({ remaining: 90, resetAt: town.clock.now() + 60_000 });
    expect(flood(await node().of(us.channelId), "write", "listening")).toBe(0);
    expect(flood(await node().of(us.channelId), "write", "reply")).toBe(60);
    town.clock.advance(61_000);
    expect((await shown()).budgets[0]).toMatchObject({ remaining: 300, resetAt: null });
    expect(flood(await node().of(us.channelId), "write", "listening")).toBe(210);
  });

  it("is one budget for all who call in a process, and is written with two statements however many calls", async () => {
    const budgets = node();
    const [a, b] = await Promise.all([budgets.of(us.channelId), budgets.of(us.channelId)]);
    expect(flood(a, "write", "listening") + flood(b, "write", "listening")).toBe(210);
    await budgets.flush();
    const rows = await us.act((tx) =>
      sql`select 1 from channel_bucket where account_id = ${us.accountId}`.execute(tx.tables()),
    );
    expect(rows.rows).toHaveLength(2);
  });
});

describe("budgets of money", () => {
  const costs = { currency: "USD", microsPerCall: { write: 10_000 } };
  const cap = (dollars: number) =>
    us.act((tx) => setSetting(tx, moneyCapSetting, { [us.channelId]: { cap: dollars } }, null));

  /** As callers do: the budget is asked for before each call, and what has to be set aside is. */
  async function pay(node: Budgets, forWhat: "listening" | "reply" | "crisis", n: number): Promise<number> {
    let gone = 0;
    for (let i = 0; i < n; i++) gone += flood(await node.of(us.channelId), "write", forWhat, 1);
    return gone;
  }
  const counted = () =>
    us.act(async (tx) => {
      const [row] = (
        await sql<{ micros: number }>`select (micros + set_aside)::float8 as micros from channel_spending
          where account_id = ${us.accountId} and channel_id = ${us.channelId}`.execute(tx.tables())
      ).rows;
      return (row?.micros ?? 0) / 10_000;
    });

  it("stop listening at the cap and answers a fifth beyond it; a restart and another node know", async () => {
    await state({ costs, rate: [] });
    await cap(1);
    const first = node();
    expect(await pay(first, "listening", 130)).toBe(100);
    await first.close();
    expect((await shown()).money).toEqual({
      ...{ spent: 1, cap: 1, currency: "USD", month: "2026-11", state: "listening-stopped" },
    });
    const second = node();
    expect(await pay(second, "listening", 30)).toBe(0);
    expect(await pay(second, "reply", 30)).toBe(20);
    await second.close();
    expect((await shown()).money).toMatchObject({ spent: 1.2, state: "stopped" });
    expect(await pay(node(), "crisis", 8)).toBe(8);
  });

  it("count what a process spent that died, and a little too much rather than too little", async () => {
    await state({ costs, rate: [] });
    await cap(1);
    let spent = 0;
    for (const calls of [7, 1, 13]) {
      // Nobody closes it, nothing is flushed.
      spent += await pay(createBudgets({ db: town.db, clock: town.clock, log: silentLog }, false), "listening", calls);
      expect(await counted()).toBeGreaterThanOrEqual(spent);
    }
    expect(spent).toBe(21);
    expect(await counted()).toBeLessThanOrEqual(spent + 3 * 20);
  });

  it("are never passed by two nodes together, and follow a cap that was raised", async () => {
    await state({ costs, rate: [] });
    await cap(0.5);
    const [a, b] = [node(), node()];
    const [one, other] = await Promise.all([pay(a, "listening", 60), pay(b, "listening", 60)]);
    expect(one + other).toBeLessThanOrEqual(50);
    expect(one + other).toBeGreaterThan(35);
    await cap(2);
    (await a.of(us.channelId)).observe("write", {});
    await a.flush();
    expect(await pay(a, "listening", 30)).toBe(30);
  });

  it("are written down for the others while one account cannot be written", async () => {
    const ours = us;
    const theirs = await town.company();
    const failing = {
      ...town.db,
      withAccount: (id: string, ...rest: unknown[]) =>
        broken && id === first
          ? Promise.reject(new Error("locked"))
          : (town.db.withAccount as (...all: unknown[]) => unknown)(id, ...rest),
    } as typeof town.db;
    let broken = false;
    // Whichever comes first in the round fails.
    const first = ours.accountId;
    const budgets = createBudgets({ db: failing, clock: town.clock, log: silentLog }, false);
    open.push(budgets);
    for (const one of [ours, theirs]) flood(await budgets.of(one.channelId), "write", "listening", 3);
    broken = true;
    await expect(budgets.flush()).rejects.toThrow("locked");
    const left = (of: Company) =>
      of.act(async (tx) => (await budgetsOf(tx, await findChannels(tx))).get(of.channelId)!.budgets[0]!.remaining);
    expect([await left(ours), await left(theirs)]).toEqual([300, 297]);
    broken = false;
    await budgets.flush();
    expect(await left(ours)).toBe(297);
  });

  it("are none where the network charges nothing", async () => {
    expect((await shown()).money).toBeNull();
    expect(capabilitiesOf("playground").costs).toBeUndefined();
  });
});

describe("answers to people in danger", () => {
  it("go first, and while others wait for the network's limit", async () => {
    const { rate } = capabilitiesOf("playground");
    await state({ rate: rate.map((rule) => ({ ...rule, limit: 10 })) });
    await town.sim("PUT", "/admin/limits", {
      write: { max: 10, windowMs: 60_000 },
      read: { max: 1_000, windowMs: 60_000 },
    });
    const ask = async (text: string) => town.sim("POST", "/sim/v1/posts", { text: `@${us.handle} ${text}` }, "carla");
    const asked = [];
    for (let i = 0; i < 14; i++) asked.push(await ask(`question ${i}`));
    const danger = await ask("there is smoke from your router");
    await us.push(await us.feed());
    await us.channels.drainInbound();
    // A call may take its time here: it is counted that it went, not how fast.
    const worker = startChannels({
      ...{ accounts: [us.accountId], db: town.db, clock: town.clock, log: silentLog, publicUrl: "http://127.0.0.1" },
      ...{ adapters: networkAdapters(town.clock), watch: false, chance: () => 0, sendTimeoutMs: 8_000 },
    });
    const usual = [];
    for (const post of asked) usual.push(await us.reply(post, "We look into it."));
    await worker.drainOutbox();
    const states = async (ids: readonly string[]) => {
      const found = await us.act((tx) => deliveriesById(tx, ids));
      return ids.map((id) => found.get(id)!.state);
    };
    const sent = (await states(usual)).filter((s) => s === "sent");
    expect(sent).toHaveLength(9);
    const line = "— Priya Nair, Northwind Mobile";
    const permit = { ...permitOf("public", line), urgency: "crisis" as const };
    const urgent = await us.reply(danger, "Unplug it, and leave the room.", { permit });
    await worker.drainOutbox();
    expect(await states([urgent])).toEqual(["sent"]);
    expect((await states(usual)).filter((s) => s === "sent")).toHaveLength(9);
    // The next minute brings the others, in their turn.
    town.clock.advance(70_000);
    await worker.drainOutbox();
    expect((await states(usual)).every((s) => s === "sent")).toBe(true);
    await worker.close();
    await town.sim("PUT", "/admin/limits", {
      write: { max: 300, windowMs: 60_000 },
      read: { max: 1_200, windowMs: 60_000 },
    });
  });
});
