import { afterAll, describe, expect, it } from "vitest";
import { MINUTE } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import { makeAccount, openTestDatabase } from "../../../tests/support/database.ts";
import { addBrand } from "./company.ts";
import { setStop, stopOf, stops } from "./stop-switch.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

async function house() {
  const { accountId, brandId } = await makeAccount(db);
  const act = <T>(run: (tx: Tx) => Promise<T>) => db.withAccount(accountId, run);
  const brand = { name: "Contoso", names: [], voice: "", disclosure: "initials" as const, locale: "en" };
  const other = (await act((tx) => addBrand(tx, brand))).id;
  const set = (brandId: string | null, on: boolean, reason = "drill") =>
    act((tx) => setStop(tx, { brandId, on, reason, by: null }));
  const stopped = async () => ({
    brand: (await act((tx) => stopOf(tx, brandId)))?.scope ?? null,
    other: (await act((tx) => stopOf(tx, other)))?.scope ?? null,
  });
  return { accountId, brandId, other, act, set, stopped };
}

describe("the stop switch", () => {
  it("is off until somebody stops, holds one brand or all, and releases what it held only", async () => {
    const { brandId, set, stopped } = await house();
    expect(await stopped()).toEqual({ brand: null, other: null });
    await set(brandId, true);
    expect(await stopped()).toEqual({ brand: "brand", other: null });
    await set(null, true);
    expect(await stopped()).toEqual({ brand: "all", other: "all" });
    await set(brandId, false);
    expect(await stopped()).toEqual({ brand: "all", other: "all" });
    await set(null, false);
    expect(await stopped()).toEqual({ brand: null, other: null });
  });

  it("a brand's own stop outlasts the release of all", async () => {
    const { brandId, set, stopped } = await house();
    await set(brandId, true);
    await set(null, true);
    await set(null, false);
    expect(await stopped()).toEqual({ brand: "brand", other: null });
  });

  it("tells since when, also when the reason is changed meanwhile, and begins anew after a release", async () => {
    const { brandId, act, set } = await house();
    const began = clock.now();
    await set(brandId, true, "a rumour");
    clock.advance(MINUTE);
    await set(brandId, true, "a rumour, confirmed");
    expect(await act((tx) => stopOf(tx, brandId))).toMatchObject({
      reason: "a rumour, confirmed",
      since: began,
      brandId,
    });
    await set(brandId, false);
    clock.advance(MINUTE);
    await set(brandId, true);
    expect(await act((tx) => stopOf(tx, brandId))).toMatchObject({ since: began + 2 * MINUTE });
  });

  it("names all that is on, the switch for all first", async () => {
    const { brandId, other, act, set } = await house();
    await set(other, true);
    await set(null, true);
    const on = await act((tx) => stops(tx, [brandId, other]));
    expect(on.map((s) => s.brandId)).toEqual([null, other]);
  });

  it("holds one account only", async () => {
    const [one, two] = [await house(), await house()];
    await one.set(null, true);
    expect(await two.stopped()).toEqual({ brand: null, other: null });
  });

  it("is said in the journal, by whom and why", async () => {
    const { accountId, brandId, act, set } = await house();
    await set(brandId, true, "wrong price");
    const rows = await act((tx) =>
      sql<{
        payload: unknown;
      }>`select payload from event where account_id = ${accountId} and type = 'OutboundStopped'`.execute(tx.tables()),
    );
    expect(rows.rows).toEqual([{ payload: { brandId, on: true, reason: "wrong price", by: null } }]);
  });
});
