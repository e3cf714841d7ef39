import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TEST_START } from "../../tests/support/database.ts";
import { type FreshDatabases, freshDatabases } from "../../tests/support/fresh-database.ts";
import { DAY, type Instant } from "./clock.ts";
import { exitCodes, StartError } from "./errors.ts";
import { ensurePartitions, migrate, PARTITIONED, readMigrations } from "./migrate.ts";

let databases: FreshDatabases;
beforeAll(async () => {
  databases = await freshDatabases();
});
afterAll(() => databases.close());

async function ask<T extends object>(url: string, statement: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client
    .query<T>(statement, values)
    .then((r) => r.rows)
    .finally(() => client.end());
}
const shape = (url: string) =>
  ask<{ it: string }>(
    url,
    `select c.relname || '/' || coalesce(string_agg(a.attname, ',' order by a.attnum), '') as it from pg_class c
      join pg_namespace n on n.oid = c.relnamespace left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where n.nspname = 'public' and c.relkind in ('r', 'p') group by c.relname order by 1`,
  );
const monthsOf = async (url: string, table: string) =>
  (
    await ask<{ name: string }>(
      url,
      "select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::regclass order by 1",
      [table],
    )
  ).map((r) => r.name.slice(table.length + 1));

describe("migrations", () => {
  it("run once each, in order, and a second time change nothing", async () => {
    const { owner } = await databases.make();
    const names = (await readMigrations()).map((m) => m.name);
    const steps: string[] = [];
    expect(await migrate(owner, TEST_START, (name, n, of) => steps.push(`${n}/${of} ${name}`))).toBe(names.length);
    expect(steps).toEqual(names.map((name, i) => `${i + 1}/${names.length} ${name}`));
    const before = await shape(owner);
    expect(await migrate(owner, TEST_START, () => steps.push("again"))).toBe(0);
    expect(steps).toHaveLength(names.length);
    expect(await shape(owner)).toEqual(before);
  });

  it("started by three processes at once run once each", async () => {
    const { owner } = await databases.make();
    const done = await Promise.all([1, 2, 3].map(() => migrate(owner, TEST_START)));
    const names = (await readMigrations()).map((m) => m.name);
    expect(done.toSorted((a, b) => a - b)).toEqual([0, 0, names.length]);
    expect(await ask(owner, "select name from schema_migration order by name")).toEqual(
      names.map((name) => ({ name })),
    );
  });

  it("refuse a database that a newer version has changed, and one on which an edited file had run, without touching them", async () => {
    const { owner } = await databases.make();
    await migrate(owner, TEST_START);
    const before = await shape(owner);
    await ask(owner, "insert into schema_migration values ('29991231T000000-desk-future.sql', 'x', now())");
    const newer = await migrate(owner, TEST_START).catch((error) => error);
    expect(newer).toBeInstanceOf(StartError);
    expect(newer).toMatchObject({
      exitCode: exitCodes["database-newer"],
      message: expect.stringContaining("29991231T000000-desk-future.sql"),
    });
    await ask(owner, "delete from schema_migration where name like '2999%'");
    const [first] = await readMigrations();
    await ask(owner, "update schema_migration set checksum = 'another' where name = $1", [first!.name]);
    await expect(migrate(owner, TEST_START)).rejects.toMatchObject({
      exitCode: exitCodes["database-newer"],
      message: expect.stringContaining(`${first!.name} was edited`),
    });
    expect(await shape(owner)).toEqual(before);
  });

  it("leave no lock behind when they refuse", async () => {
    const { owner } = await databases.make();
    await migrate(owner, TEST_START);
    await ask(owner, "insert into schema_migration values ('29991231T000000-desk-future.sql', 'x', now())");
    await expect(migrate(owner, TEST_START)).rejects.toThrow("newer");
    await ask(owner, "delete from schema_migration where name like '2999%'");
    expect(await migrate(owner, TEST_START)).toBe(0);
  });
});

describe("month partitions", () => {
  const at = (text: string): Instant => Date.parse(text);
  async function ensure(owner: string, from: Instant, to: Instant): Promise<void> {
    const client = new Client({ connectionString: owner });
    await client.connect();
    await ensurePartitions(client, from, to).finally(() => client.end());
  }

  it("reach a year back for messages and seventy days ahead for all, whatever the time zone of the session", async () => {
    const { owner } = await databases.make();
    await migrate(owner, at("2026-11-17T09:00:00Z"));
    for (const table of PARTITIONED) {
      const months = await monthsOf(owner, table);
      expect(months.at(-1)).toBe("default");
      expect(months).toContain("202701");
      expect(months).not.toContain("202702");
      expect(months.includes("202511")).toBe(table === "message");
    }
    const zoned = new URL(owner);
    zoned.searchParams.set("options", "-c timezone=Pacific/Chatham");
    await ensure(zoned.href, at("2027-01-31T23:30:00Z"), at("2027-02-28T23:59:59Z"));
    expect(await monthsOf(owner, "message")).toContain("202702");
    expect(await monthsOf(owner, "message")).not.toContain("202703");
  });

  it("asked for again are there once", async () => {
    const { owner } = await databases.make();
    await migrate(owner, TEST_START);
    const count = (await monthsOf(owner, "message")).length;
    await ensure(owner, TEST_START - DAY, TEST_START);
    expect(await monthsOf(owner, "message")).toHaveLength(count);
  });
});
