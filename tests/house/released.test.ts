import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate } from "../../server/platform/migrate.ts";
import { briefly, type Release, shapeOf } from "../../tools/released-statements.ts";
import { TEST_START } from "../support/database.ts";
import { makeDatabase, type OwnDatabase } from "../support/own-database.ts";
import { brokenFor } from "../support/release-check.ts";
import { narrowings, tablesMade } from "./expand-only.ts";
import { root } from "./tree.ts";

const folder = join(root, "migrations");
const releases = await Promise.all(
  (await readdir(join(folder, "released"))).map(
    async (name) => JSON.parse(await readFile(join(folder, "released", name), "utf8")) as Release,
  ),
);
const latest = releases.sort((a, b) => (a.migrations.at(-1)! < b.migrations.at(-1)! ? -1 : 1)).at(-1)!;

describe(`the last release (${latest.version})`, () => {
  let own: OwnDatabase;
  let client: Client;
  beforeAll(async () => {
    own = await makeDatabase();
    client = new Client({ connectionString: own.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await own.drop();
  });
  async function brokenAfter(change: string): Promise<string[]> {
    await client.query("begin");
    try {
      await client.query(change);
      return await brokenFor(client, latest);
    } finally {
      await client.query("rollback");
    }
  }

  it("can do on today's schema all it did on its own", async () => {
    expect(latest.statements.length).toBeGreaterThan(250);
    expect(latest.statements.filter((s) => s.role === "system").length).toBeGreaterThan(5);
    expect(await brokenAfter("select 1")).toEqual([]);
  }, 60_000);

  it.each([
    [
      "a column is dropped",
      "alter table message drop column permalink",
      /column .*permalink"? (of relation "message" )?does not exist/,
    ],
    ["a column is renamed", "alter table episode rename column outcome to result", /column .*outcome.* does not exist/],
    ["a table is dropped", "drop table command_log", /relation "command_log" does not exist/],
    ["a new column must be given", "alter table work_item add column site text not null", /work_item now wants site/],
    [
      "the application loses a right",
      "revoke update on delivery from hubbub_app",
      /permission denied for table delivery/,
    ],
    ["the system loses a right", "revoke select on channel from hubbub_system", /permission denied for table channel/],
  ])(
    "would notice when %s",
    async (_, change, says) => {
      const broken = await brokenAfter(change);
      expect(broken.length).toBeGreaterThan(0);
      expect(broken.every((sentence) => says.test(sentence))).toBe(true);
    },
    60_000,
  );

  it.each([
    "alter table message add column mood text",
    "alter table message add column mood text not null default ''",
    "create index mood on message (account_id, received_at)",
  ])(
    "lives with: %s",
    async (change) => {
      expect(await brokenAfter(change)).toEqual([]);
    },
    60_000,
  );

  it("a migration that cannot have its lock gives up after two seconds, changes nothing, and runs the next time", async () => {
    const name = "20261122T061010-routing-work-trace.sql";
    await own.query("alter table work_item drop column trace_id");
    await own.query("delete from schema_migration where name = $1", [name]);
    await client.query("begin");
    await client.query("lock table work_item in access share mode");
    await expect(migrate(own.url, TEST_START)).rejects.toThrow(
      `migration ${name}: canceling statement due to lock timeout`,
    );
    await client.query("rollback");
    expect(await migrate(own.url, TEST_START)).toBe(1);
    await own.query("select trace_id from work_item");
  });
});

describe("a migration after a release", async () => {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const read = (name: string) => readFile(join(folder, name), "utf8");
  const released = new Set((await Promise.all(latest.migrations.map(read))).flatMap(tablesMade));
  /** Looked at one by one: nothing the release before does is refused by them. */
  const harmless = [
    // The check is made anew with one more word in its list.
    "20261122T053000-channels-import.sql drops a rule of channel",
    "20261122T053000-channels-import.sql adds a rule to channel",
  ];

  it("only adds, or says in its head what it takes away and why nobody misses it", async () => {
    expect(released.size).toBeGreaterThan(40);
    expect(files).toEqual(expect.arrayContaining(latest.migrations));
    const faults: string[] = [];
    for (const name of files.filter((f) => !latest.migrations.includes(f)))
      faults.push(...narrowings(name, await read(name), released));
    expect(faults.filter((fault) => !harmless.includes(fault))).toEqual([]);
  });

  it.each([
    ["drop table message", "drops the table message"],
    ["alter table message\n  add column a text,\n  drop column permalink", "drops a column of message"],
    ["alter table only message rename column text to body", "renames something of message"],
    ["ALTER TABLE message RENAME TO post", "renames something of message"],
    ["alter table message alter column language set not null", "forbids null in message"],
    ["alter table message alter column revision type integer using 0", "changes a type in message"],
    ["alter table message add column a text not null", "wants a new column given in message"],
    ["alter table message add column a text, add column b text not null", "wants a new column given in message"],
    ["alter table message add constraint short check (length(text) < 9)", "adds a rule to message"],
    ["create unique index one on message (account_id, external_id)", "adds a rule to message"],
    ["revoke select on message from hubbub_app", "takes rights from message"],
  ])("%s is refused without the mark", (sql, what) => {
    const file = `-- owner: channels\n-- Words.\n${sql};\n`;
    expect(narrowings("x.sql", file, released)).toEqual([`x.sql ${what}`]);
    expect(
      narrowings("x.sql", `-- owner: channels\n-- contract: 0.1.0 was the last to read it\n${sql};`, released),
    ).toEqual([]);
    expect(narrowings("x.sql", file, new Set())).toEqual([]);
  });

  it.each([
    "alter table message add column a text",
    "alter table message add column a text not null default ''",
    "alter table message add column a text default '' not null, add column b boolean not null default false",
    "create index i on message (account_id)",
    "-- drop table message\ncomment on table message is 'rename'",
    "create table mine (id uuid not null, unique (id)); alter table mine drop column id; drop table mine",
    "do $$ begin drop table message; end $$",
  ])("%s is allowed", (sql) => {
    expect(narrowings("x.sql", sql, released)).toEqual([]);
  });
});

describe("recorded statements", () => {
  it("are one of each shape, whatever number of rows and values was handed in", () => {
    const [one, two] = [
      "insert into a (x, y) values ($1, $2)",
      "insert into a (x, y) values ($1, $2), ($3, $4),  ($5,$6)",
    ];
    expect(shapeOf(two)).toBe(shapeOf(one));
    expect(shapeOf("select 1 from a where x in ($1, $2, $3)")).toBe("select 1 from a where x in (?)");
    const heard = [two, one, "begin", "savepoint s", "  select\n 1 "].map((sql) => ({ role: "app" as const, sql }));
    expect(briefly(heard)).toEqual([
      { role: "app", sql: one },
      { role: "app", sql: "select 1" },
    ]);
  });
});
