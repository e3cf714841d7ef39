import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeAccount, openTestDatabase } from "../../tests/support/database.ts";
import { type Database, rowSet, sql, storable, type Tx } from "./db.ts";

let db: Database;
beforeAll(() => {
  ({ db } = openTestDatabase());
});
afterAll(() => db.close());

const COLUMNS = {
  id: "uuid",
  words: "text",
  many: "text[]",
  paper: "jsonb",
  count: "integer",
  yes: "boolean",
  at: "timestamptz",
} as const;
type Row = Record<keyof typeof COLUMNS, unknown>;
const ID = "019b0000-0000-7000-8000-000000000001";
const row = (given: Partial<Row>): Row => ({
  ...{ id: ID, words: "", many: [], paper: {}, count: 0, yes: false, at: "2026-11-22T09:00:00.123Z" },
  ...given,
});

async function back(rows: readonly Row[]): Promise<(Row & { n: number })[]> {
  const { accountId } = await makeAccount(db);
  return db.withAccount(accountId, async (tx: Tx) => {
    const found = await sql<Row & { n: number }>`select * from ${rowSet(COLUMNS, rows)} r order by n`.execute(
      tx.tables(),
    );
    return found.rows;
  });
}

it("gives rows back as they were, in their order", async () => {
  const rows = [
    row({ words: "plain", many: ["a", "b c"], paper: { a: [1, "x"] }, count: 7, yes: true }),
    row({ words: 'a "quoted" \\ word, {braces}', many: ['"', "\\", "{,}", "NULL", ""], paper: ["NULL"] }),
    row({ words: "NULL", many: [], paper: "a text" }),
    row({ words: "", many: ["line\nbreak\ttab"], paper: 0 }),
  ];
  const found = await back(rows);
  expect(found.map(({ n, at, ...rest }) => rest)).toEqual(rows.map(({ at, ...rest }) => rest));
  expect(found.map((r) => r.n)).toEqual([1, 2, 3, 4]);
  expect(found[0]!.at).toBe(Date.parse("2026-11-22T09:00:00.123Z"));
});

it("takes null and undefined for NULL in every column, documents included", async () => {
  const nothing = { id: null, words: undefined, many: null, paper: null, count: null, yes: undefined, at: null };
  const [found] = await back([nothing]);
  expect(found).toEqual({ id: null, words: null, many: null, paper: null, count: null, yes: null, at: null, n: 1 });
});

it("stores any text that comes from outside", async () => {
  const texts = fc.sample(fc.string({ unit: "binary", maxLength: 40 }), 300);
  texts.push("a\u0000b", "\ud800", "x\udc00\u0000", "__proto__", "\u2028");
  const found = await back(texts.map((text) => row({ words: text, many: [text, text], paper: { [text]: text } })));
  expect(found.map((r) => r.words)).toEqual(texts.map(storable));
  expect(found.map((r) => r.many)).toEqual(texts.map((text) => [storable(text), storable(text)]));
  expect(found.map((r) => Object.entries(r.paper as object))).toEqual(texts.map((t) => [[storable(t), storable(t)]]));
});

it("says which value is of another type", async () => {
  await expect(back([row({ id: "no uuid" })])).rejects.toThrow(/uuid/);
  await expect(back([row({ count: "seven" })])).rejects.toThrow(/integer/);
});
