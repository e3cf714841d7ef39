import { afterAll, beforeAll, expect, it } from "vitest";
import { makeDatabase, type OwnDatabase } from "../../tests/support/own-database.ts";
import { asOwner } from "./as-owner.ts";
import { addressFromUrl } from "./database-url.ts";
import { freshStatistics } from "./fresh-statistics.ts";

// Of its own: other tests' tables grow too.
let own: OwnDatabase;
beforeAll(async () => {
  own = await makeDatabase();
});
afterAll(() => own.drop());

it("counts a table that has grown, and not again before it has grown fourfold", async () => {
  const owner = (await addressFromUrl(own.url)).owner;
  const counted = () =>
    asOwner(owner, "test", async (client) => {
      const found = await client.query("select reltuples::int as n from pg_class where relname = 'grown table'");
      return found.rows[0].n as number;
    });
  const add = (rows: number) =>
    asOwner(owner, "test", (client) =>
      client.query(`insert into "grown table" select i, repeat('x', 400) from generate_series(1, ${rows}) i`),
    );
  await asOwner(owner, "test", (client) =>
    client.query('create table "grown table" (id integer, words text) with (autovacuum_enabled = off)'),
  );
  await add(50);
  await freshStatistics(owner);
  expect(await counted()).toBe(-1);
  await add(950);
  expect(await freshStatistics(owner)).toBe(1);
  expect(await counted()).toBe(1_000);
  await add(1_000);
  expect(await freshStatistics(owner)).toBe(0);
  expect(await counted()).toBe(1_000);
  await add(4_000);
  expect(await freshStatistics(owner)).toBe(1);
  expect(await counted()).toBe(6_000);
});
