import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { makeAccount, openTestDatabase } from "../../tests/support/database.ts";
import { sql } from "./db.ts";
import { keptStatements } from "./kept-statements.ts";

let time = 0;
const kept = keptStatements(() => time);
const client = new Client({ connectionString: inject("database").app });
const { db } = openTestDatabase();
beforeAll(async () => {
  await client.connect();
  kept.keepOn(client);
});
afterAll(async () => {
  await client.end();
  await db.close();
});

const ask = async (text: string, values: unknown[], times: number) => {
  for (let n = 0; n < times; n++) await client.query(text, values);
};
/** The names under which the server keeps texts like this one. */
const namesOf = async (like: string): Promise<string[]> => {
  const found = await client.query(
    `select name from pg_prepared_statements where statement like '%${like}%' order by 1`,
  );
  return found.rows.map((row) => row.name);
};

describe("kept statements", () => {
  it("prepare what is asked often, with the same answers, and nothing that is asked seldom or without values", async () => {
    for (let n = 0; n < 20; n++) {
      expect((await client.query("select $1::int + 1 as often", [n])).rows).toEqual([{ often: n + 1 }]);
      const lines = await client.query({ text: "select $1::int as lines", values: [n], rowMode: "array" });
      expect(lines.rows).toEqual([[n]]);
    }
    await ask("select $1::int as seldom", [1], 3);
    await client.query("select 1 as without");
    expect(await namesOf("as often")).toHaveLength(1);
    expect(await namesOf("as lines")).toHaveLength(1);
    expect(await namesOf("as seldom")).toEqual([]);
    expect(await namesOf("as without")).toEqual([]);
  });

  it("are planned anew after a time, and forgotten on both sides until then", async () => {
    await ask("select $1::int as again", [1], 20);
    const [before] = await namesOf("as again");
    time += 60_001;
    await ask("select $1::int as again", [1], 1);
    const after = await namesOf("as again");
    expect(after).toHaveLength(1);
    expect(after[0]).not.toBe(before);
    expect(await namesOf("as often")).toEqual([]);
    const { parsedStatements } = (client as unknown as { connection: { parsedStatements: object } }).connection;
    expect(Object.keys(parsedStatements)).toEqual(after);
  });

  it("are answered by their former name where they were asked before that was given up and wait their turn", async () => {
    await ask("select $1::int as queued", [1], 20);
    const waiting = [1, 2, 3].map((n) => client.query("select $1::int as queued", [n]));
    time += 60_001;
    const answers = await Promise.all([...waiting, client.query("select $1::int as queued", [4])]);
    expect(answers.map((answer) => answer.rows)).toEqual([1, 2, 3, 4].map((queued) => [{ queued }]));
  });

  it("are many, but no more than a bound", async () => {
    for (let n = 0; n < 230; n++) await ask(`select $1::int as shape_${n}`, [n], 9);
    const names = await namesOf("as shape_");
    expect(names.length).toBeGreaterThan(100);
    expect(names.length).toBeLessThanOrEqual(200);
    time += 60_001;
  });

  it("give up what no longer fits when a table changes, and a failed transaction does not keep them from it", async () => {
    const owner = new Client({ connectionString: inject("database").owner });
    await owner.connect();
    const look = "select * from kept_example where $1::int > 0";
    try {
      await owner.query("create table kept_example (a int)");
      await owner.query("grant select on kept_example to hubbub_app");
      await ask(look, [1], 20);
      await owner.query("alter table kept_example add column b int");
      await client.query("begin");
      await expect(client.query(look, [1])).rejects.toMatchObject({ code: "0A000" });
      await client.query("rollback");
      expect((await client.query(look, [1])).fields.map((f) => f.name)).toEqual(["a", "b"]);
    } finally {
      await owner.query("drop table if exists kept_example");
      await owner.end();
    }
  });

  it("make a transaction that meets a changed table run again, not fail", async () => {
    const { accountId } = await makeAccount(db);
    const owner = new Client({ connectionString: inject("database").owner });
    await owner.connect();
    const look = () =>
      db.withAccount(accountId, async (tx) =>
        Object.keys((await sql`select * from kept_too where ${1}::int > 0`.execute(tx.tables())).rows[0] as object),
      );
    try {
      await owner.query("create table kept_too as select 1 as a");
      await owner.query("grant select on kept_too to hubbub_app");
      for (let n = 0; n < 20; n++) await look();
      await owner.query("alter table kept_too add column b int");
      expect(await look()).toEqual(["a", "b"]);
    } finally {
      await owner.query("drop table if exists kept_too");
      await owner.end();
    }
  });
});
