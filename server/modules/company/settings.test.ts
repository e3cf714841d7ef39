import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { DAY } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import { makeAccount, openTestDatabase } from "../../../tests/support/database.ts";
import { allSettings, defineSetting, setSetting, settingByKey, settingOf } from "./settings.ts";
import { insertSetting } from "./store/company-store.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

const greeting = defineSetting({
  key: "test.greeting",
  schema: z.object({ text: z.string().max(20) }),
  fallback: { text: "Hello" },
  perBrand: true,
  describe: "For tests.",
});
const patience = defineSetting({
  key: "test.patience",
  schema: z.number().int().positive(),
  fallback: 5,
  perBrand: false,
  describe: "For tests.",
});

async function house() {
  const { accountId, brandId } = await makeAccount(db);
  const act = <T>(run: (tx: Tx) => Promise<T>) => db.withAccount(accountId, run);
  return { accountId, brandId, act };
}

describe("a setting", () => {
  it("has its fallback as version 0, and each value a version that decisions can name", async () => {
    const { act } = await house();
    expect(await act((tx) => settingOf(tx, greeting))).toEqual({ value: { text: "Hello" }, version: 0 });
    expect(await act((tx) => setSetting(tx, greeting, { text: "Hi" }, null))).toBe(1);
    expect(await act((tx) => setSetting(tx, greeting, { text: "Hey" }, null))).toBe(2);
    expect(await act((tx) => settingOf(tx, greeting))).toEqual({ value: { text: "Hey" }, version: 2 });
  });

  it("is dated: the past keeps its value, the future waits for its day", async () => {
    const { act } = await house();
    const began = clock.now();
    await act((tx) => setSetting(tx, greeting, { text: "Hi" }, null));
    await act((tx) => setSetting(tx, greeting, { text: "New year" }, null, { from: began + 10 * DAY }));
    expect((await act((tx) => settingOf(tx, greeting))).value.text).toBe("Hi");
    expect((await act((tx) => settingOf(tx, greeting, { at: began - 1 }))).version).toBe(0);
    expect((await act((tx) => settingOf(tx, greeting, { at: began + 10 * DAY - 1 }))).value.text).toBe("Hi");
    expect(await act((tx) => settingOf(tx, greeting, { at: began + 10 * DAY }))).toEqual({
      value: { text: "New year" },
      version: 2,
    });
  });

  it("of a brand goes before the account's; other brands and the account do not see it", async () => {
    const { act, brandId } = await house();
    const other = "019a0000-0000-7000-8000-000000000001";
    await act((tx) => setSetting(tx, greeting, { text: "All" }, null));
    await act((tx) => setSetting(tx, greeting, { text: "Ours" }, null, { brandId }));
    const of = async (where: { brandId?: string }) => (await act((tx) => settingOf(tx, greeting, where))).value.text;
    expect([await of({ brandId }), await of({ brandId: other }), await of({})]).toEqual(["Ours", "All", "All"]);
  });

  it("for the whole account takes no brand, and ignores one when it is asked for", async () => {
    const { act, brandId } = await house();
    await expect(act((tx) => setSetting(tx, patience, 9, null, { brandId }))).rejects.toMatchObject({
      code: "invalid-request",
    });
    await act((tx) => setSetting(tx, patience, 9, null));
    expect((await act((tx) => settingOf(tx, patience, { brandId }))).value).toBe(9);
  });

  it("refuses a value that does not fit, and keeps the old one", async () => {
    const { act } = await house();
    await act((tx) => setSetting(tx, patience, 9, null));
    await expect(act((tx) => setSetting(tx, patience, -1, null))).rejects.toMatchObject({
      code: "invalid-request",
      message: expect.stringContaining("test.patience"),
    });
    expect(await act((tx) => settingOf(tx, patience))).toEqual({ value: 9, version: 1 });
  });

  it("stored by another release in a shape that does not fit today counts as not set; the account's stands in for a brand's", async () => {
    const { act, brandId } = await house();
    await act(async (tx) => {
      await setSetting(tx, greeting, { text: "All" }, null);
      await insertSetting(tx, brandId, greeting.key, { words: "old shape" }, tx.now, null);
    });
    expect(await act((tx) => settingOf(tx, greeting, { brandId }))).toEqual({ value: { text: "All" }, version: 1 });
    await act((tx) => insertSetting(tx, tx.accountId, greeting.key, 7, tx.now, null));
    expect(await act((tx) => settingOf(tx, greeting, { brandId }))).toEqual({ value: { text: "Hello" }, version: 0 });
  });

  it("set by two at once gets one version; the other writer is told", async () => {
    const { act } = await house();
    const done = await Promise.allSettled([1, 2, 3].map((n) => act((tx) => setSetting(tx, patience, n, null))));
    const versions = done.flatMap((d) => (d.status === "fulfilled" ? [d.value] : []));
    expect(new Set(versions).size).toBe(versions.length);
    expect(versions.length).toBeGreaterThan(0);
  });

  it("takes two values of the same moment one after the other", async () => {
    const { act } = await house();
    const made = await Promise.all(
      ["a", "b", "c"].map((text) => act((tx) => setSetting(tx, greeting, { text }, null))),
    );
    expect(made.toSorted()).toEqual([1, 2, 3]);
  });

  it("announces what changed with its version", async () => {
    const { act, accountId, brandId } = await house();
    await act((tx) => setSetting(tx, greeting, { text: "Hi" }, null, { brandId }));
    const rows = await act((tx) =>
      sql<{
        payload: unknown;
      }>`select payload from event where account_id = ${accountId} and type = 'SettingChanged'`.execute(tx.tables()),
    );
    expect(rows.rows).toEqual([{ payload: { scope: brandId, key: "test.greeting", version: 1 } }]);
  });

  it("is declared once, is listed, and an unknown one is not found", () => {
    expect(() => defineSetting({ ...patience })).toThrow("declared twice");
    expect(allSettings()).toContain(greeting);
    expect(settingByKey("test.patience")).toBe(patience);
    expect(() => settingByKey("constructor")).toThrow(expect.objectContaining({ code: "not-found" }));
  });
});
