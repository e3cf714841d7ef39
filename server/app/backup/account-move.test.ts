import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forge, hostileRows } from "../../../tests/support/backup-town.ts";
import { type Company, makeCompany } from "../../../tests/support/company.ts";
import { TEST_START } from "../../../tests/support/database.ts";
import { type FreshDatabases, freshDatabases } from "../../../tests/support/fresh-database.ts";
import { seal, stopOf, unseal, useKeyRing } from "../../modules/company/index.ts";
import { type BlobFiles, placeOf } from "../../platform/blobs/blob-files.ts";
import { type Blobs, createBlobs } from "../../platform/blobs/blobs.ts";
import { diskFiles } from "../../platform/blobs/disk-files.ts";
import { ManualClock } from "../../platform/clock.ts";
import { type Database, openDatabase, sql, type Tx } from "../../platform/db.ts";
import { migrate } from "../../platform/migrate.ts";
import { importAccount } from "./import-account.ts";
import { makeBackup } from "./make-backup.ts";
import type { Manifest } from "./manifest.ts";
import { openBackup, refuseWrongKey } from "./open-backup.ts";
import { restore } from "./restore.ts";
import { tableHashes } from "./table-hashes.ts";

const [here, there, between] = [Buffer.alloc(32, 7), Buffer.alloc(32, 9), Buffer.alloc(32, 11)];
const clock = new ManualClock(TEST_START);
const network = (handle: string) => ({
  ...{
    baseUrl: "http://127.0.0.1:9",
    network: "n",
    profileId: handle,
    handle,
    token: `token of ${handle}`,
    appSecret: "s",
  },
});
const CHANGED = ["setting", "event", "audit", "channel_gap", "presence", "presence_log", "account_key"];

interface House {
  db: Database;
  files: BlobFiles;
  blobs: Blobs;
}
let databases: FreshDatabases;
let folder: string;
let source: House;
let target: House;
let northwind: Company;
let contoso: Company;
let count = 0;
const place = () => join(folder, `export-${++count}`);

async function house(name: string): Promise<House> {
  const address = await databases.make();
  await migrate(address.owner, clock.now());
  const db = openDatabase(address, clock, { appConnections: 2, systemConnections: 1 });
  const files = diskFiles(join(folder, name));
  return { db, files, blobs: createBlobs({ db, files, keys: { seal, unseal }, linkKey: between }) };
}
beforeAll(async () => {
  databases = await freshDatabases();
  folder = await mkdtemp(join(tmpdir(), "hubbub-move-"));
  [source, target] = [await house("source"), await house("target")];
  useKeyRing(here);
  northwind = await makeCompany(source.db, clock.now(), network("northwind"));
  contoso = await makeCompany(source.db, clock.now(), network("contoso"), "contoso.example");
  await hostileRows(source.db, northwind);
  await hostileRows(source.db, contoso);
  useKeyRing(there);
  await makeCompany(target.db, clock.now(), network("fabrikam"), "fabrikam.example");
});
afterAll(async () => {
  await source?.db.close();
  await target?.db.close();
  await databases?.close();
  await rm(folder, { recursive: true, force: true });
});

async function exported(of: Company, to: Buffer | null = between): Promise<{ folder: string; manifest: Manifest }> {
  const at = place();
  const rewrap = to && { from: here, to };
  const manifest = await makeBackup({
    ...{
      address: source.db.address,
      target: at,
      files: source.files,
      clock,
      program: "0.1.0",
      say: () => {},
      waitMs: 0,
    },
    account: { id: of.accountId, name: "Northwind", rewrap },
  });
  return { folder: at, manifest };
}
async function brought(from: string, into: House, key: Buffer = between, to: Buffer = there): Promise<number> {
  const backup = await openBackup(from, () => {});
  await refuseWrongKey(backup, key, "");
  const options = { backup, address: into.db.address, files: into.files, clock, say: () => {} };
  return (await importAccount({ ...options, rewrap: { from: key, to } })).channels;
}
const secretOf = async (tx: Tx, channelId: string) => {
  const found = await sql<{
    secret: Buffer;
  }>`select secret from channel where account_id = ${tx.accountId} and id = ${channelId}`.execute(tx.tables());
  return JSON.parse((await unseal(tx, found.rows[0]!.secret)).toString());
};

describe("one account in another installation", () => {
  it("is the same to the last bit, opens under the other master key, sends nothing, and nobody else's rows went along", async () => {
    useKeyRing(here);
    const { hash } = await source.db.withAccount(northwind.accountId, (tx) =>
      source.blobs.put(tx, Buffer.from("a picture of a router"), "image/png"),
    );
    await source.db.withAccount(contoso.accountId, (tx) => source.blobs.put(tx, Buffer.from("theirs"), "image/png"));
    const made = await exported(northwind);
    expect(made.manifest).toMatchObject({ sealedUnder: "key-file", files: { count: 1, missing: 0 } });
    for (const { name } of made.manifest.tables) {
      const text = zstdDecompressSync(await readFile(join(made.folder, "tables", `${name}.copy.zst`))).toString();
      expect([name, text.includes(contoso.accountId)]).toEqual([name, false]);
    }
    const others = await tableHashes(target.db);
    const before = await tableHashes(source.db, { accountId: northwind.accountId });

    useKeyRing(there);
    expect(await brought(made.folder, target)).toBe(1);
    const after = await tableHashes(target.db, { accountId: northwind.accountId });
    for (const [name, counted] of Object.entries(before))
      if (!CHANGED.includes(name)) expect([name, after[name]]).toEqual([name, counted]);
    const whole = await tableHashes(target.db);
    for (const [name, { rows }] of Object.entries(others))
      expect([name, whole[name]!.rows]).toEqual([name, rows + after[name]!.rows]);

    await target.db.withAccount(northwind.accountId, async (tx) => {
      expect(await secretOf(tx, northwind.channelId)).toMatchObject({ token: "token of northwind" });
      const opened = await target.blobs.open(tx, hash);
      expect((await buffer(opened.stream)).toString()).toBe("a picture of a router");
      expect((await stopOf(tx, northwind.brandId))?.reason).toBe("Imported from an export of 2026-11-17T09:00:00.000Z");
    });
    await expect(brought(made.folder, target)).rejects.toMatchObject({
      exitCode: 23,
      message: expect.stringContaining("is here already"),
    });
    // The journal goes on behind what came along.
    const [ord] = (
      await target.db.withAccount(northwind.accountId, (tx) =>
        sql<{
          last: number;
          next: number;
        }>`select max(ord) as last, nextval('event_ord') as next from event where account_id = ${tx.accountId}`.execute(
          tx.tables(),
        ),
      )
    ).rows;
    expect(ord!.next).toBeGreaterThan(ord!.last);
  });

  it("is refused where one of its agents signs in already, with another key, and from another version", async () => {
    const made = await exported(contoso);
    await expect(brought(made.folder, target, there)).rejects.toMatchObject({ exitCode: 24 });
    await expect(brought(made.folder, target, between, here)).rejects.toThrow("not the one of this database");
    await forge(made.folder, "manifest.json", (b) => {
      const manifest = JSON.parse(b.toString()) as Manifest;
      manifest.migrations.pop();
      return Buffer.from(JSON.stringify(manifest));
    });
    await expect(brought(made.folder, target)).rejects.toThrow("made by another version of Hubbub");
    const again = await exported(contoso);
    useKeyRing(there);
    await makeCompany(target.db, clock.now(), network("impostor"), "contoso.example");
    await expect(brought(again.folder, target)).rejects.toThrow("dana@contoso.example, marek@contoso.example");
    const empty = await target.db.withAccount(contoso.accountId, (tx) =>
      sql`select 1 from event where account_id = ${tx.accountId}`.execute(tx.tables()),
    );
    expect(empty.rows).toEqual([]);
  });

  it("cannot smuggle rows of somebody else in", async () => {
    const made = await exported(northwind);
    const fresh = await house("smuggled");
    const victim = "01a00000-0000-7000-8000-000000000000";
    const text = zstdDecompressSync(await readFile(join(made.folder, "tables/team.copy.zst"))).toString();
    const forged = text.replaceAll(northwind.accountId, victim);
    const { createHash } = await import("node:crypto");
    const { zstdCompressSync } = await import("node:zlib");
    await forge(made.folder, "tables/team.copy.zst", () => zstdCompressSync(Buffer.from(forged)));
    await forge(made.folder, "manifest.json", (b) => {
      const manifest = JSON.parse(b.toString()) as Manifest;
      manifest.tables.find((t) => t.name === "team")!.hash = createHash("sha256").update(forged).digest("hex");
      return Buffer.from(JSON.stringify(manifest));
    });
    await expect(brought(made.folder, fresh)).rejects.toThrow("rows that are none of the account's");
    expect((await tableHashes(fresh.db)).team!.rows).toBe(0);
    await fresh.db.close();
  });
});

describe("files of a backup", () => {
  it("are what the rows refer to: what was erased while it was made stays erased, what is lost is said", async () => {
    useKeyRing(here);
    const act = <T>(run: (tx: Tx) => Promise<T>) => source.db.withAccount(contoso.accountId, run);
    const put = (text: string) => act((tx) => source.blobs.put(tx, Buffer.from(text), "text/plain"));
    const [kept, erased, lost] = [await put("kept"), await put("erased meanwhile"), await put("lost")];
    await rm(join(folder, "source", ...placeOf({ accountId: contoso.accountId, hash: lost.hash })));
    const files: BlobFiles = {
      ...source.files,
      async read(of) {
        if (of.hash === erased.hash) {
          await act((tx) => source.blobs.erase(tx, of.hash));
          await source.blobs.settled();
        }
        return source.files.read(of);
      },
    };
    const at = place();
    const options = { address: source.db.address, target: at, clock, program: "0.1.0", say: () => {}, waitMs: 0 };
    const manifest = await makeBackup({ ...options, files });
    expect(manifest.files).toMatchObject({
      gone: [{ account: contoso.accountId, hash: erased.hash }],
      missing: 1,
    });
    const address = await databases.make();
    const fresh = diskFiles(join(folder, "fresh"));
    await restore({ backup: await openBackup(at, () => {}), address, files: fresh, clock, say: () => {} });
    const db = openDatabase(address, clock, { appConnections: 1, systemConnections: 1 });
    const blobs = createBlobs({ db, files: fresh, keys: { seal, unseal }, linkKey: between });
    await db.withAccount(contoso.accountId, async (tx) => {
      expect((await buffer((await blobs.open(tx, kept.hash)).stream)).toString()).toBe("kept");
      await expect(blobs.open(tx, erased.hash)).rejects.toMatchObject({ code: "not-found" });
    });
    await db.close();
  });
});
