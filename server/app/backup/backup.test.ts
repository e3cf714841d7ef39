import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forge, HOSTILE, hostileRows, putMessage, restoreInto } from "../../../tests/support/backup-town.ts";
import { type Company, makeCompany } from "../../../tests/support/company.ts";
import { TEST_START } from "../../../tests/support/database.ts";
import { type FreshDatabases, freshDatabases } from "../../../tests/support/fresh-database.ts";
import { useKeyRing } from "../../modules/company/index.ts";
import { asOwner } from "../../platform/as-owner.ts";
import { ManualClock } from "../../platform/clock.ts";
import { type Database, type DatabaseAddress, openDatabase, sql } from "../../platform/db.ts";
import { uuidv7 } from "../../platform/ids.ts";
import { applyMigration, migrate, migrationsDone, readMigrations } from "../../platform/migrate.ts";
import { LEFT_OUT } from "./left-out.ts";
import { type BackupOptions, makeBackup } from "./make-backup.ts";
import type { Manifest } from "./manifest.ts";
import { openBackup, refuseWrongKey } from "./open-backup.ts";
import { tableHashes } from "./table-hashes.ts";

const master = Buffer.alloc(32, 7);
const clock = new ManualClock(TEST_START);
const NETWORK = {
  baseUrl: "http://127.0.0.1:9",
  network: "n",
  profileId: "p",
  handle: "northwind",
  token: "t",
  appSecret: "s",
};
/** What a restore changes of what it has loaded; everything else must be equal to the last bit. */
const SETTLED = ["setting", "event", "audit", "channel_gap", "delivery", "delivery_part", "presence", "presence_log"];

let databases: FreshDatabases;
let folder: string;
let source: DatabaseAddress;
let db: Database;
let company: Company;
let count = 0;
const place = () => join(folder, `backup-${++count}`);

beforeAll(async () => {
  useKeyRing(master);
  databases = await freshDatabases();
  folder = await mkdtemp(join(tmpdir(), "hubbub-backup-"));
  source = await databases.make();
  await migrate(source.owner, clock.now());
  db = openDatabase(source, clock, { appConnections: 3, systemConnections: 1 });
  company = await makeCompany(db, clock.now(), NETWORK);
  await hostileRows(db, company);
});
afterAll(async () => {
  await db?.close();
  await databases?.close();
  await rm(folder, { recursive: true, force: true });
});

async function backup(more: Partial<BackupOptions> = {}): Promise<{ target: string; manifest: Manifest }> {
  const target = more.target ?? place();
  const options = { address: source, target, files: null, clock, program: "0.1.0", say: () => {}, waitMs: 0 };
  return { target, manifest: await makeBackup({ ...options, ...more }) };
}
const rows = <T extends object>(address: DatabaseAddress, statement: string) =>
  asOwner(address.owner, "test", async (client) => (await client.query<T>(statement)).rows);
const tablesIn = (address: DatabaseAddress) =>
  rows(
    address,
    "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and relkind = 'r'",
  );

describe("a backup", () => {
  it("restored into an empty database holds the same, to the last bit of every row", async () => {
    const { target, manifest } = await backup();
    const before = await tableHashes(db);
    expect(Object.fromEntries(manifest.tables.map((t) => [t.name, t.hash]))).toEqual(
      Object.fromEntries(Object.entries(before).map(([name, { hash }]) => [name, hash])),
    );
    expect(before.message!.rows).toBe(HOSTILE.length);

    const fresh = await databases.make();
    const done = await restoreInto(target, fresh, clock);
    expect(done).toMatchObject({ accounts: 1, channels: 1, migrations: 0 });
    const after = await tableHashes({ address: fresh });
    for (const [name, counted] of Object.entries(before))
      if (!SETTLED.includes(name)) expect([name, after[name]]).toEqual([name, counted]);
    // Of the journal every row that was there, and new ones behind them.
    const texts = await rows<{ text: string }>(
      fresh,
      "select payload->>'text' as text from event where type = 'TestBackedUp' order by ord",
    );
    expect(texts.map((t) => t.text)).toEqual(HOSTILE);
    const [order] = await rows<{ fine: boolean }>(
      fresh,
      "select min(ord) filter (where type = 'OutboundStopped') > max(ord) filter (where type = 'TestBackedUp') as fine from event",
    );
    expect(order!.fine).toBe(true);
    const [stray] = await rows<{ n: number }>(fresh, "select count(*)::int as n from message_default");
    expect(stray!.n).toBe(HOSTILE.length / 2);
  });

  it("holds every table but those that are left out with a reason, and nothing of them", async () => {
    const { target, manifest } = await backup();
    const all = await rows<{ name: string }>(
      source,
      "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition",
    );
    const named = all.map((t) => t.name).filter((name) => !Object.hasOwn(LEFT_OUT, name));
    expect(manifest.tables.map((t) => t.name).sort()).toEqual(named.sort());
    expect(Object.keys(LEFT_OUT).filter((name) => !all.some((t) => t.name === name))).toEqual([]);
    // A foreign key would ask for an order in which tables are loaded.
    expect(await rows(source, "select conname from pg_constraint where contype = 'f'")).toEqual([]);
    for (const { name } of manifest.tables) {
      const text = zstdDecompressSync(await readFile(join(target, "tables", `${name}.copy.zst`)));
      expect([name, text.includes(Buffer.from("4111 1111 1111 1111").toString("hex"))]).toEqual([name, false]);
      expect([name, text.includes(master.toString("hex"))]).toEqual([name, false]);
    }
  });

  it("made while somebody writes shows one moment: no message without its key and its event", async () => {
    let [writing, written] = [true, 0];
    const writer = (async () => {
      while (writing) {
        const id = uuidv7(TEST_START + ++written);
        await db.withAccount(company.accountId, (tx) =>
          putMessage(tx, company.channelId, { id, key: `written ${id}`, text: "said meanwhile" }),
        );
      }
    })();
    const made: { target: string; rows: number }[] = [];
    for (let i = 0; i < 3; i++) {
      const from = written;
      const { target, manifest } = await backup();
      expect(written).toBeGreaterThan(from);
      made.push({ target, rows: manifest.tables.find((t) => t.name === "message")!.rows });
    }
    writing = false;
    await writer;
    const fresh = await databases.make();
    await restoreInto(made[2]!.target, fresh, clock);
    const [found] = await rows<Record<string, number>>(
      fresh,
      "select (select count(*)::int from message) as messages, (select count(*)::int from inbound_key) as keys, (select count(*)::int from event where type = 'TestBackedUp') as events",
    );
    expect(found).toEqual({ messages: made[2]!.rows, keys: made[2]!.rows, events: made[2]!.rows });
  });

  it("appears whole or not at all: an existing folder stays as it is, a full disk leaves nothing behind", async () => {
    const taken = place();
    await cp(import.meta.filename, join(taken, "precious"));
    await expect(backup({ target: taken })).rejects.toMatchObject({ exitCode: 23 });
    expect(await readdir(taken)).toEqual(["precious"]);

    const full = place();
    let left = 40_000;
    const openFile = () =>
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          left -= chunk.length;
          done(left < 0 ? Object.assign(new Error("no space left on device"), { code: "ENOSPC" }) : null);
        },
      });
    await db.withAccount(company.accountId, (tx) =>
      sql`insert into label_model select ${company.accountId}, 'noise', n, 1, sha512(n::text::bytea) || sha512((n + 9)::text::bytea), '2026-01-01' from generate_series(1, 900) n`.execute(
        tx.tables(),
      ),
    );
    await expect(backup({ target: full, openFile })).rejects.toMatchObject({
      exitCode: 12,
      message: expect.stringContaining("is full. Free some space, or choose another disk. There is no backup"),
    });
    const names = await readdir(folder);
    expect(names.filter((n) => n.includes("unfinished"))).toEqual([]);
    await expect(readdir(full)).rejects.toThrow("ENOENT");
  });

  it("ends with a sentence and leaves nothing when the database goes away in the middle", async () => {
    const target = place();
    const gone = asOwner(source.owner, "test", async (client) => {
      let [cut, asked] = [false, Promise.resolve()];
      const cutOff = () => {
        if (cut) return;
        cut = true;
        asked = client
          .query(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hubbub backup' and datname = current_database()",
          )
          .then(() => {});
      };
      await backup({ target, say: cutOff }).finally(() => asked);
    });
    await expect(gone).rejects.toMatchObject({
      exitCode: 14,
      message: expect.stringContaining("went away in the middle. There is no backup"),
    });
    expect((await readdir(folder)).filter((n) => n.includes("unfinished"))).toEqual([]);
  });

  it("waits for a moment in which nothing pulled is unread, and says so when there is none", async () => {
    const id = uuidv7(TEST_START);
    await db.withAccount(company.accountId, (tx) =>
      sql`insert into raw_inbox (account_id, id, channel_id, source, received_at, body, sealed, state) values (${company.accountId}, ${id}, ${company.channelId}, 'poll', ${new Date(TEST_START)}, 'x', true, 'new')`.execute(
        tx.tables(),
      ),
    );
    const made = await backup({ waitMs: 200 });
    expect(made.manifest.unread).toEqual([{ account: company.accountId, channel: company.channelId, inputs: 1 }]);
    const fresh = await databases.make();
    await restoreInto(made.target, fresh, clock);
    const gaps = await rows<{ stream: string; reason: string }>(
      fresh,
      "select stream, reason from channel_gap order by 1",
    );
    expect(gaps).toEqual([
      { stream: "inbox", reason: expect.stringContaining("1 inputs had arrived") },
      { stream: "push", reason: expect.stringContaining("Restored from a backup of 2026-11-17T09:00:00.000Z") },
    ]);
    const parsed = backup({ waitMs: 20_000 });
    await db.withAccount(company.accountId, (tx) =>
      sql`update raw_inbox set state = 'parsed' where account_id = ${company.accountId} and id = ${id}`.execute(
        tx.tables(),
      ),
    );
    expect((await parsed).manifest.unread).toEqual([]);
  });
});

describe("a restore", () => {
  let good: string;
  let target: DatabaseAddress;
  beforeAll(async () => {
    good = (await backup()).target;
    target = await databases.make();
  });
  async function copy(): Promise<string> {
    const to = place();
    await cp(good, to, { recursive: true });
    return to;
  }

  it.each<[string, RegExp, (folder: string) => Promise<void>]>([
    [
      "a changed byte",
      /message\.copy\.zst does not fit its sum/,
      async (f) => {
        const file = join(f, "tables/message.copy.zst");
        const bytes = await readFile(file);
        bytes[bytes.length >> 1]! ^= 1;
        await writeFile(file, bytes);
      },
    ],
    ["a file cut off", /event\.copy\.zst does not fit its sum/, (f) => truncate(join(f, "tables/event.copy.zst"), 100)],
    ["a missing file", /handle\.copy\.zst is missing/, (f) => rm(join(f, "tables/handle.copy.zst"))],
    [
      "a changed manifest",
      /manifest\.json does not fit its sum/,
      async (f) => {
        const file = join(f, "manifest.json");
        await writeFile(file, (await readFile(file, "utf8")).replace('"rows": 1', '"rows": 2'));
      },
    ],
    [
      "a shortened list of sums",
      /SHA256SUMS has \d+ lines instead of|The table .* is missing/,
      async (f) => {
        const file = join(f, "SHA256SUMS");
        await writeFile(file, (await readFile(file, "utf8")).split("\n").slice(1).join("\n"));
      },
    ],
    [
      "a list that leads elsewhere",
      /no sum of a file of ours/,
      async (f) => {
        const file = join(f, "SHA256SUMS");
        await writeFile(file, `${"0".repeat(64)}  tables/../../../etc/passwd\n${await readFile(file, "utf8")}`);
      },
    ],
    ["no backup at all", /There is no SHA256SUMS/, (f) => rm(f, { recursive: true })],
    [
      "another program's manifest",
      /not that of a backup of Hubbub/,
      (f) => forge(f, "manifest.json", () => Buffer.from("null")),
    ],
    [
      "a format to come",
      /made by a newer version/,
      (f) => forge(f, "manifest.json", (b) => Buffer.from(b.toString().replace('"version": 1', '"version": 2'))),
    ],
    [
      "a migration to come",
      /newer version of Hubbub \(0\.1\.0, which knows 20991231T000000-x\.sql\)/,
      (f) =>
        forge(f, "manifest.json", (b) => {
          const manifest = JSON.parse(b.toString()) as Manifest;
          manifest.migrations.push({ name: "20991231T000000-x.sql", checksum: "0".repeat(64) });
          return Buffer.from(JSON.stringify(manifest));
        }),
    ],
    [
      "rows that somebody put in",
      /rows of team are not those/,
      (f) =>
        forge(f, "tables/team.copy.zst", (b) => {
          const text = zstdDecompressSync(b).toString();
          return zstdCompressSync(Buffer.from(text.replace("Care", "Evil")));
        }),
    ],
    [
      "more rows than there were",
      /longer than it should be/,
      (f) =>
        forge(f, "tables/team.copy.zst", (b) =>
          zstdCompressSync(Buffer.concat([zstdDecompressSync(b), Buffer.alloc(50_000_000)])),
        ),
    ],
  ])("refuses %s, and writes nothing", async (_, sentence, harm) => {
    const harmed = await copy();
    await harm(harmed);
    await expect(restoreInto(harmed, target, clock)).rejects.toThrow(sentence);
    expect(await tablesIn(target)).toEqual([]);
    await rm(harmed, { recursive: true, force: true });
  });

  it("refuses another key, and none, before anything is written", async () => {
    const opened = await openBackup(good, () => {});
    await expect(refuseWrongKey(opened, Buffer.alloc(32, 8), "Put it there.")).rejects.toMatchObject({ exitCode: 24 });
    await expect(refuseWrongKey(opened, null, "Put it there.")).rejects.toThrow("no backup holds it. Put it there.");
    await refuseWrongKey(opened, master, "");
  });

  it("takes a database that is empty only", async () => {
    const made = await databases.make();
    await migrate(made.owner, clock.now());
    await restoreInto(good, made, clock);
    const before = await tableHashes({ address: made });
    await expect(restoreInto(good, made, clock)).rejects.toMatchObject({
      exitCode: 23,
      message: expect.stringContaining("The database is not empty"),
    });
    expect(await tableHashes({ address: made })).toEqual(before);
    const busy = await databases.make();
    const server = openDatabase(busy, clock, { appConnections: 1, systemConnections: 1 });
    await server.asSystem((trx) => sql`select 1`.execute(trx));
    await expect(restoreInto(good, busy, clock)).rejects.toThrow("A server of Hubbub runs on this database");
    await server.close();
  });

  it("of an older backup loads it as it was and runs the migrations since", async () => {
    const old = await databases.make();
    const all = await readMigrations();
    await asOwner(old.owner, "test", async (client) => {
      await migrationsDone(client);
      for (const migration of all.slice(0, 12)) await applyMigration(client, migration, clock.now());
      await client.query(
        `insert into account (account_id, name, created_at) values ('${company.accountId}', 'Long ago', '2026-01-01')`,
      );
    });
    const { target: older } = await backup({ address: old });
    const fresh = await databases.make();
    expect(await restoreInto(older, fresh, clock)).toMatchObject({ accounts: 1, migrations: all.length - 12 });
    expect(await rows(fresh, "select name from account")).toEqual([{ name: "Long ago" }]);
    expect(await migrate(fresh.owner, clock.now())).toBe(0);
    // Tables that a newer version has made already cannot be made older again.
    const newer = await databases.make();
    await migrate(newer.owner, clock.now());
    await expect(restoreInto(older, newer, clock)).rejects.toThrow("already made by a newer version");
  });
});
