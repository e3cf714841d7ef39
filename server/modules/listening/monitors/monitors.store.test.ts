import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MonitorBody } from "#contracts/monitors";
import { monitorBody, monitorTry } from "#contracts/monitors";
import { HOUR } from "#platform/clock";
import { type Database, sql, type Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { uuidv7 } from "#platform/ids";
import { makeAccount, openTestDatabase, TEST_START } from "../../../../tests/support/database.ts";
import { type Line, makeChannel, messageId, storeMessages } from "../../../../tests/support/messages.ts";
import { understandingOf, understandMessages } from "../listening.ts";
import {
  findMonitors,
  findVersions,
  hitCounts,
  hitsBefore,
  type Monitor,
  monitorStamp,
} from "../store/monitor-store.ts";
import { changeMonitor, dropMonitor, makeMonitor, switchMonitor } from "./monitors.ts";
import { postsOfMonitor } from "./posts-of-monitor.ts";
import { tryQuery } from "./try-query.ts";

let db: Database;
beforeAll(() => {
  ({ db } = openTestDatabase());
});
afterAll(() => db.close());

const wish = (more: Partial<MonitorBody> = {}) => monitorBody.parse({ name: "Lumo", query: "lumo", ...more });
const may = () => {};
interface Town {
  accountId: AccountId;
  brandId: string;
  channelId: string;
  run: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>;
  hear: (...lines: Line[]) => Promise<void>;
  make: (more?: Partial<MonitorBody>) => Promise<Monitor>;
  caught: (line: Line) => Promise<readonly { id: string; spans: readonly (readonly [number, number])[] }[]>;
  said: () => Promise<Record<string, unknown>[]>;
}
async function town(): Promise<Town> {
  const { accountId, brandId } = await makeAccount(db);
  const run: Town["run"] = (act) => db.withAccount(accountId, act);
  const channelId = await run((tx) => makeChannel(tx, brandId));
  return {
    ...{ accountId, brandId, channelId, run },
    hear: (...lines) =>
      run(async (tx) => {
        await storeMessages(tx, channelId, lines);
        await understandMessages(tx, new Map(lines.map((line) => [messageId(accountId, line), {}])));
      }),
    make: (more) => run((tx) => makeMonitor(tx, wish(more), null, 0)),
    caught: (line) =>
      run(async (tx) => {
        const id = messageId(accountId, line);
        return (await understandingOf(tx, [id])).get(id)?.detail.monitors ?? [];
      }),
    said: () =>
      run(async (tx) => {
        const found = await sql<{ payload: Record<string, unknown> }>`select payload from event
          where account_id = ${tx.accountId} and type = 'MessageUnderstood' order by ord`.execute(tx.tables());
        return found.rows.map((row) => row.payload);
      }),
  };
}

const praise: Line = { ext: "p1", from: "alice", text: "Great day. LUMO works!", at: 0 };
const bus: Line = { ext: "p2", from: "bob", text: "the bus is late again", at: HOUR };
const whisper: Line = { ext: "d1", from: "dora", private: true, text: "lumo is broken", at: 2 * HOUR };
const ours: Line = { ext: "u1", from: "us", text: "lumo says hello", at: 3 * HOUR };

describe("what a monitor catches", () => {
  test("is told and kept with the words that did it; private words and our own are not listened to", async () => {
    const t = await town();
    const [lumo, late] = [await t.make(), await t.make({ name: "Late", query: "late NEAR/3 bus" })];
    await t.hear(praise, bus, whisper, ours);
    expect(await t.caught(praise)).toEqual([{ id: lumo.id, spans: [[11, 15]] }]);
    expect(await t.caught(bus)).toEqual([
      {
        id: late.id,
        spans: [
          [4, 7],
          [11, 15],
        ],
      },
    ]);
    expect([await t.caught(whisper), await t.caught(ours)]).toEqual([[], []]);
    expect((await t.said()).map((p) => p.monitors)).toEqual(expect.arrayContaining([[lumo.id], [late.id], undefined]));
    const counts = await t.run((tx) => hitCounts(tx, TEST_START));
    expect([...counts.values()].map((c) => c.count)).toEqual([1, 1]);
    const page = await t.run((tx) => postsOfMonitor(tx, lumo.id, null, 10, () => true));
    expect(page).toMatchObject({
      next: null,
      items: [{ messageId: messageId(t.accountId, praise), spans: [{ at: 11, length: 4 }], monitors: [lumo.id] }],
    });
    expect((await t.run((tx) => postsOfMonitor(tx, lumo.id, null, 10, () => false))).items).toEqual([]);
  });

  test("follows each change from the next message on, and a message understood anew is caught by what listens now", async () => {
    const t = await town();
    const lumo = await t.make();
    await t.hear(praise);
    const next = await t.run((tx) =>
      changeMonitor(tx, lumo.id, { ...wish({ query: "bus" }), expectedVersion: 1 }, null, may),
    );
    expect(next.version).toBe(2);
    await t.hear(bus, praise);
    expect([await t.caught(praise), (await t.caught(bus)).map((hit) => hit.id)]).toEqual([[], [lumo.id]]);
    expect(await t.run((tx) => hitsBefore(tx, lumo.id, null, 10))).toEqual([messageId(t.accountId, bus)]);
    await t.run((tx) => switchMonitor(tx, lumo.id, { on: false, expectedVersion: 2 }, null, may));
    await t.hear({ ...bus, ext: "p3" });
    expect(await t.caught({ ...bus, ext: "p3" })).toEqual([]);
    await t.run((tx) => switchMonitor(tx, lumo.id, { on: true, expectedVersion: 3 }, null, may));
    await t.hear({ ...bus, ext: "p4" });
    expect(await t.caught({ ...bus, ext: "p4" })).toHaveLength(1);
    await t.run((tx) => dropMonitor(tx, lumo.id, 4, null, may));
    await t.hear({ ...bus, ext: "p5" });
    expect(await t.caught({ ...bus, ext: "p5" })).toEqual([]);
    expect(await t.run(findMonitors)).toEqual([]);
    const acts = (await t.run((tx) => findVersions(tx, lumo.id, 10))).map((v) => [v.version, v.change, v.query]);
    expect(acts).toEqual([
      [5, "removed", "bus"],
      [4, "on", "bus"],
      [3, "off", "bus"],
      [2, "changed", "bus"],
      [1, "made", "lumo"],
    ]);
  });

  test("belongs to its account and its brand", async () => {
    const [us, them] = [await town(), await town()];
    await us.make();
    await us.make({ name: "Other brand", brandId: uuidv7(TEST_START) });
    await them.make({ query: "bus" });
    await us.hear(praise, bus);
    await them.hear(praise, bus);
    const names = async (t: Town, line: Line) => {
      const all = await t.run(findMonitors);
      return (await t.caught(line)).map((hit) => all.find((m) => m.id === hit.id)?.query);
    };
    expect([await names(us, praise), await names(us, bus)]).toEqual([["lumo"], []]);
    expect([await names(them, praise), await names(them, bus)]).toEqual([[], ["bus"]]);
  });

  test("a change that is rolled back is not listened to", async () => {
    const t = await town();
    await t.make();
    const before = await t.run(monitorStamp);
    await expect(
      t.run(async (tx) => {
        await makeMonitor(tx, wish({ query: "bus" }), null, 1);
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    await t.hear(bus);
    expect([await t.caught(bus), await t.run(monitorStamp)]).toEqual([[], before]);
  });
});

describe("a monitor is refused", () => {
  test.each([
    ["lumo AND", "operand-missing-after", 5],
    ["NOT lumo", "matches-everything", 0],
    ["lang:en", "matches-everything", 0],
  ])("where its query cannot be asked: %s", async (query, code, at) => {
    const t = await town();
    await expect(t.make({ query })).rejects.toMatchObject({ code: "query-refused", extra: { fault: { code, at } } });
  });

  test("where somebody changed it meanwhile, where it is gone, where there are too many", async () => {
    const t = await town();
    const m = await t.make();
    const change = (expectedVersion: number, id = m.id) =>
      t.run((tx) => changeMonitor(tx, id, { ...wish(), expectedVersion }, null, may));
    await expect(change(7)).rejects.toMatchObject({ code: "version-conflict", extra: { present: { version: 1 } } });
    await expect(change(1, uuidv7(TEST_START))).rejects.toMatchObject({ code: "not-found" });
    await expect(t.run((tx) => makeMonitor(tx, wish(), null, 10_000))).rejects.toMatchObject({ code: "not-now" });
  });
});

describe("trying a query", () => {
  test("counts recent traffic, shows examples, and what each part finds", async () => {
    const t = await town();
    await t.hear(praise, bus, whisper, ours);
    const tried = await t.run((tx) => tryQuery(tx, monitorTry.parse({ query: "lumo OR (late -bus)" }), () => true));
    expect(tried).toMatchObject({
      ...{ fault: null, hits: 1, of: { kept: 2, heard: 0 } },
      examples: [{ author: "alice", spans: [{ at: 11, length: 4 }] }],
      terms: [
        { text: "lumo", posts: 1 },
        { text: "late", posts: 1 },
        { text: "bus", posts: 1 },
      ],
    });
    expect(tried.perDay).toBe(24);
    const unseen = await t.run((tx) => tryQuery(tx, monitorTry.parse({ query: "lumo" }), () => false));
    expect(unseen).toMatchObject({ hits: 0, of: { kept: 0 } });
  });
  test("says what is wrong with it", async () => {
    const t = await town();
    const tried = await t.run((tx) => tryQuery(tx, monitorTry.parse({ query: "(lumo" }), () => true));
    expect(tried).toMatchObject({ fault: { code: "parenthesis-open", at: 0, length: 1, write: ")" }, hits: 0 });
  });
});
