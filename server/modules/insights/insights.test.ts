import { afterAll, describe, expect, it } from "vitest";
import { EpisodeAnswered, EpisodeContinued, EpisodeDone, EpisodeOpened, MessagePlaced } from "#events/conversations";
import { WorkQueued } from "#events/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { type AccountId, uuidOf } from "#platform/ids";
import { readOnce } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { makeAccount, openTestDatabase } from "../../../tests/support/database.ts";
import { numberEvents } from "../../../tests/support/journal.ts";
import { figuresOf } from "./insights.ts";
import { reader } from "./reactions/fold-facts.ts";
import { rows } from "./store/figure-store.ts";

const { db, clock } = openTestDatabase();
afterAll(async () => {
  await db.close();
});

const MONDAY = Date.parse("2026-11-16T10:00:00.000Z");
const minutes = (n: number) => MONDAY + n * 60_000;
const id = (name: string) => uuidOf("insights", name);
const brandId = id("brand");

function opened(tx: Tx, ep: string, at: number, reopens: string | null = null, customer = "ines"): void {
  const payload = {
    episodeId: id(ep),
    conversationId: id(`c-${customer}`),
    customerId: id(customer),
    brandId,
    channelId: id("ch"),
    network: "playground",
    medium: "public",
    visibility: "public",
    messageId: id(`${ep}-m1`),
    t0: iso(at),
    priority: "normal" as const,
    language: "en",
    risks: [],
    reopens: reopens && id(reopens),
    lastOwnerId: null,
    rule: "r",
    says: "s",
  };
  tx.announce(EpisodeOpened, {
    key: payload.conversationId,
    entity: "episode",
    entityId: payload.episodeId,
    entityVersion: 1,
    payload,
  });
  tx.announce(WorkQueued, {
    key: payload.conversationId,
    entity: "work-item",
    entityId: id(`w${ep}`),
    entityVersion: 1,
    payload: {
      workItemId: id(`w${ep}`),
      episodeId: payload.episodeId,
      conversationId: payload.conversationId,
      queueId: id("q"),
      dueAt: iso(at + 60 * 60_000),
      priority: "normal",
      reasons: [],
    },
  });
}
function answered(tx: Tx, ep: string, at: number, visibility = "public"): void {
  tx.announce(EpisodeAnswered, {
    key: id("c-ines"),
    entity: "episode",
    entityId: id(ep),
    entityVersion: 2,
    payload: {
      episodeId: id(ep),
      conversationId: id("c-ines"),
      messageId: null,
      replyId: null,
      agentId: id("priya"),
      visibility,
      answeredAt: iso(at),
      first: true,
      askedMessageId: null,
      askedAt: null,
    },
  });
}
function asked(tx: Tx, ep: string, message: string, at: number, waits = true): void {
  tx.announce(EpisodeContinued, {
    key: id("c-ines"),
    entity: "episode",
    entityId: id(ep),
    entityVersion: 2,
    payload: {
      episodeId: id(ep),
      conversationId: id("c-ines"),
      messageId: id(message),
      medium: "dm",
      visibility: "private",
      channelId: id("ch"),
      t0: iso(at),
      waits,
      priority: "normal",
    },
  });
}
function done(tx: Tx, ep: string, at: number): void {
  tx.announce(EpisodeDone, {
    key: id("c-ines"),
    entity: "episode",
    entityId: id(ep),
    entityVersion: 3,
    payload: {
      episodeId: id(ep),
      conversationId: id("c-ines"),
      outcome: "solved",
      by: id("priya"),
      doneAt: iso(at),
      windowUntil: iso(at + 7 * 86_400_000),
    },
  });
}
function said(tx: Tx, name: string, at: number, gratitude = false): void {
  tx.announce(MessagePlaced, {
    key: id("c-ines"),
    entity: "message",
    entityId: id(name),
    entityVersion: 1,
    payload: {
      messageId: id(name),
      conversationId: id("c-ines"),
      episodeId: null,
      customerId: id("ines"),
      role: "customer",
      direction: "in",
      network: "playground",
      medium: "public",
      visibility: "public",
      sentAt: iso(at),
      language: "en",
      noise: false,
      gratitude,
      actionable: !gratitude,
      rule: "r",
      outside: null,
      backfilled: false,
    },
  });
}
async function read(accountId: AccountId): Promise<void> {
  await numberEvents(db, accountId);
  while (await readOnce(db, reader, accountId, clock, silentLog)) {}
}
const day = {
  from: MONDAY - 10 * 3_600_000,
  to: MONDAY + 30 * 86_400_000,
  brandId: null,
  queueId: null,
  network: null,
};
async function figures(accountId: AccountId) {
  return db.withAccount(accountId, async (tx) => new Map((await figuresOf(tx, day)).figures.map((f) => [f.key, f])));
}

describe("figures", () => {
  it("count by the worked example: post, reply after 40 min, private question, reply after 5 min, thanks, return on day five", async () => {
    const { accountId } = await makeAccount(db);
    clock.set(minutes(6 * 24 * 60));
    await db.withAccount(accountId, async (tx) => {
      said(tx, "tweet", minutes(0));
      opened(tx, "e1", minutes(0));
      answered(tx, "e1", minutes(40));
      said(tx, "dm", minutes(60));
      asked(tx, "e1", "dm", minutes(60));
      answered(tx, "e1", minutes(65), "private");
      done(tx, "e1", minutes(24 * 60 - 50));
      said(tx, "thanks", minutes(26 * 60), true);
      said(tx, "again", minutes(5 * 24 * 60));
      opened(tx, "e2", minutes(5 * 24 * 60), "e1");
    });
    await read(accountId);
    const f = await figures(accountId);
    expect(f.get("first-response")).toMatchObject({ value: 40 * 60_000, inTarget: 1, n: 1 });
    expect(f.get("next-response")).toMatchObject({ value: 5 * 60_000, n: 1 });
    expect(f.get("episodes-opened")?.value).toBe(2);
    expect(f.get("conversations-worked")?.value).toBe(1);
    expect(f.get("customers-served")?.value).toBe(1);
    expect(f.get("messages-in")?.value).toBe(4);
    expect(f.get("gratitude-share")?.value).toBe(0.25);
    expect(f.get("settled-share")).toMatchObject({ value: 0, settled: false });
    expect(f.get("backlog")?.value).toBe(1);
  });

  it("are the same after every event was read twice, and equal to their rows", async () => {
    const { accountId } = await makeAccount(db);
    await db.withAccount(accountId, async (tx) => {
      for (let i = 0; i < 12; i++) {
        opened(tx, `x${i}`, minutes(i), null, `cust${i}`);
        if (i % 3 > 0) answered(tx, `x${i}`, minutes(i + 10 * i));
        if (i % 3 === 2) done(tx, `x${i}`, minutes(200 + i));
      }
    });
    await read(accountId);
    const once = await figures(accountId);
    await db.withAccount(accountId, async (tx) => {
      const { sql } = await import("#platform/db");
      await sql`update reader_cursor set position = 0 where account_id = ${accountId} and reader = 'insights'`.execute(
        tx.tables(),
      );
    });
    while (await readOnce(db, reader, accountId, clock, silentLog)) {}
    expect(await figures(accountId)).toEqual(once);
    for (const [key, f] of once) {
      const behind = await db.withAccount(accountId, (tx) => rows(tx, key, day, null, 200));
      expect([key, behind.length]).toEqual([key, f.n]);
    }
    expect(once.get("first-response")?.n).toBe(8);
    expect(once.get("resolution")?.n).toBe(4);
  });

  it("leave a figure empty rather than zero when nothing stands behind it", async () => {
    const { accountId } = await makeAccount(db);
    const f = await figures(accountId);
    expect(f.get("first-response")).toMatchObject({ value: null, n: 0 });
    expect(f.get("episodes-opened")).toMatchObject({ value: 0, n: 0 });
  });

  it("page through rows without losing or repeating one", async () => {
    const { accountId } = await makeAccount(db);
    await db.withAccount(accountId, async (tx) => {
      for (let i = 0; i < 25; i++) opened(tx, `p${i}`, minutes(i), null, `p${i}`);
    });
    await read(accountId);
    const seen: string[] = [];
    let after: { value: number; tie: string } | null = null;
    for (;;) {
      const page = await db.withAccount(accountId, (tx) => rows(tx, "episodes-opened", day, after, 10));
      seen.push(...page.map((p) => p.episodeId!));
      const last = page.at(-1);
      if (page.length < 10 || !last) break;
      after = { value: last.value!, tie: last.tie };
    }
    expect(seen.length).toBe(25);
    expect(new Set(seen).size).toBe(25);
  });
});
