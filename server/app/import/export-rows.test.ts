import { afterAll, expect, it } from "vitest";
import { makeAccount, openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { readersOf } from "../../../tests/support/import-house.ts";
import { pastStory } from "../../../tests/support/past-story.ts";
import type { AccountId } from "../../platform/ids.ts";
import { contentHash } from "../content-hash.ts";
import { exportRows } from "./export-rows.ts";
import { importRows } from "./import-rows.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

const FROM = TEST_START - 90 * 86_400_000;
const at = (minutes: number) => new Date(FROM + minutes * 60_000).toISOString();

async function bring(accountId: AccountId, rows: readonly unknown[]): Promise<void> {
  const wait = readersOf(db, clock, accountId);
  await importRows(db, { accountId, name: "rows", rows: rows as never, clock, wait });
  await wait();
}

async function rowsOf(accountId: AccountId): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const row of exportRows(db, accountId)) rows.push(JSON.parse(JSON.stringify(row)));
  return rows;
}

/** Conversations and customers are named by ids of ours, which are others in another account; so is the order within an instant. */
function comparable(rows: readonly Record<string, unknown>[]): string[] {
  return rows.map(({ conversation: _, customer: __, ...row }) => JSON.stringify(row)).sort();
}

it("gives back what came in: an export brought into a fresh account exports the same", async () => {
  const special = [
    ...[
      {
        id: "a/b",
        set: "one",
        at: at(1),
        channel: "x",
        by: "customer",
        from: "@Zoë",
        text: "@northwind my line is down",
      },
    ],
    ...[
      {
        id: "a/b",
        at: at(2),
        channel: "x",
        by: "customer",
        from: "@zoe",
        text: "hello",
        why: ["keyword"],
        name: "Zoe",
      },
    ],
    ...[{ id: "set:x/y", at: at(3), channel: "forum", by: "customer", from: "q", text: "no set, though it looks so" }],
    {
      ...{ id: "r", at: at(4), channel: "app", by: "customer", from: "rita", text: "Two stars, it crashes", stars: 2 },
      ...{ lang: "en", url: "https://store.example/r/1", followers: 12, received_at: at(9), subject: "Crash" },
    },
    {
      id: "e",
      at: at(5),
      channel: "x",
      by: "customer",
      from: "ed",
      text: "frist",
      edits: [{ at: at(6), text: "first" }],
    },
    { id: "d", at: at(7), channel: "x", by: "customer", from: "di", text: "gone soon", deleted_at: at(8) },
    { id: "s", at: at(10), channel: "chat", by: "system", from: "bot", to: "rita", text: "We are closed." },
    {
      id: "c",
      at: at(11),
      channel: "chat",
      by: "company",
      to: "rita",
      text: "Hello Rita",
      agent: "left@northwind.example",
    },
    { type: "outcome", message: "c", channel: "chat", at: at(12), outcome: "advised", agent: "left@northwind.example" },
  ];
  const first = (await makeAccount(db)).accountId;
  await bring(first, [...pastStory("export", 25, FROM), ...special]);
  const rows = await rowsOf(first);
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.find((r) => r.id === "e")).toMatchObject({ text: "frist", edits: [{ at: at(6), text: "first" }] });
  expect(rows.find((r) => r.id === "c")).toMatchObject({ agent: "left@northwind.example", by: "company" });
  expect(rows.find((r) => r.set === "one")).toMatchObject({ id: "a/b", conversation: expect.any(String) });

  const second = (await makeAccount(db)).accountId;
  await bring(second, rows);
  expect(comparable(await rowsOf(second))).toEqual(comparable(rows));
  expect((await contentHash(db, second)).parts).toEqual((await contentHash(db, first)).parts);
}, 120_000);
