import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useKeyRing } from "#modules/company";
import type { BlobFiles } from "#platform/blobs/blob-files";
import { systemClock } from "#platform/clock";
import { addressFromUrl } from "#platform/database-url";
import { type Database, openDatabase } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { makeAccount } from "../../../tests/support/database.ts";
import { makeDatabase, type OwnDatabase } from "../../../tests/support/own-database.ts";
import { openS3Server, type S3Server } from "../../../tests/support/s3-server.ts";
import { blobFolder, bucketOf, openBucket } from "../blob-files.ts";
import { blobStore } from "../blob-store.ts";
import { runCli } from "./run-cli.ts";

const MASTER = Buffer.alloc(32, 7);
let own: OwnDatabase;
let db: Database;
let s3: S3Server;
let folder: string;
let env: NodeJS.ProcessEnv;
let disk: BlobFiles;
let bucket: BlobFiles;
beforeAll(async () => {
  own = await makeDatabase();
  s3 = await openS3Server();
  folder = await mkdtemp(join(tmpdir(), "hubbub-move-"));
  const { endpoint, bucket: name, key, secret } = s3.place("");
  env = {
    ...{ DATABASE_URL: own.url, HUBBUB_DATA_DIR: folder, HUBBUB_MASTER_KEY: MASTER.toString("hex") },
    ...{ HUBBUB_BLOBS_S3: `${endpoint}/${name}/desk`, HUBBUB_BLOBS_S3_KEY: key, HUBBUB_BLOBS_S3_SECRET: secret },
  };
  useKeyRing(MASTER);
  db = openDatabase(await addressFromUrl(own.url), systemClock, { appConnections: 2, systemConnections: 1 });
  disk = blobFolder(folder);
  bucket = await openBucket(bucketOf(env)!, folder, MASTER, systemClock);
});
afterAll(async () => {
  await bucket.close();
  await db.close();
  await s3.close();
  await own.drop();
  await rm(folder, { recursive: true, force: true });
});

async function move(...args: string[]) {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const code = await runCli(["blobs", "move", ...args], { env, out: say, err: say });
  return { code, said: said.join("\n") };
}
const count = async (files: BlobFiles) => {
  let n = 0;
  for await (const { hashes } of files.all()) n += hashes.length;
  return n;
};
const readAll = (files: BlobFiles, accountId: AccountId, hashes: readonly string[]) =>
  db.withAccount(accountId, async (tx) => {
    const parts: Buffer[] = [];
    for (const hash of hashes)
      parts.push(
        Buffer.concat((await (await blobStore(db, files, MASTER).open(tx, hash)).stream.toArray()) as Buffer[]),
      );
    return parts;
  });

it("moves files to the bucket and back: broken off it goes on, a spoilt copy is made anew, what is lost is named", async () => {
  const { accountId } = await makeAccount(db);
  const store = blobStore(db, disk, MASTER);
  const contents = Array.from({ length: 6 }, (_, i) => randomBytes(1_000 + i * 40_000));
  const hashes: string[] = [];
  for (const content of contents)
    hashes.push((await db.withAccount(accountId, (tx) => store.put(tx, content, "a/b"))).hash);
  // What was erased is not carried along.
  const gone = await db.withAccount(accountId, (tx) => store.put(tx, randomBytes(9), "a/b"));
  await db.withAccount(accountId, (tx) => store.erase(tx, gone.hash));
  await store.settled();

  // Broken off by hand after the first: one is there, one is there and spoilt.
  const sorted = [...hashes].sort();
  const one = await disk.read({ accountId, hash: sorted[0]! });
  await bucket.keep(await bucket.write(one!), { accountId, hash: sorted[0]! });
  await bucket.keep(await bucket.write(Readable.from([randomBytes(500)])), { accountId, hash: sorted[1]! });

  const first = await move("--to", "bucket");
  expect(first).toMatchObject({ code: 0, said: expect.stringMatching(/5 copied \(\d+ bytes\), 1 there already/) });
  expect([await count(disk), await count(bucket)]).toEqual([6, 6]);
  expect(await readAll(bucket, accountId, hashes)).toEqual(contents);
  expect((await move("--to", "bucket", "--remove")).said).toMatch(/0 copied \(0 bytes\), 6 there already/);
  expect([await count(disk), await count(bucket)]).toEqual([0, 6]);

  expect((await move("--to", "disk", "--remove")).code).toBe(0);
  expect([await count(disk), await count(bucket)]).toEqual([6, 0]);
  expect(await readAll(disk, accountId, hashes)).toEqual(contents);

  await writeFile(join(folder, "blobs", accountId, sorted[2]!.slice(0, 2), sorted[2]!), "spoilt");
  const last = await move("--to", "bucket", "--remove");
  expect(last.code).toBe(1);
  expect(last.said).toContain(`${sorted[2]} is whole in neither place`);
  expect(await count(disk)).toBe(1);
});

it("says what is missing", async () => {
  expect((await move()).said).toContain("--to is missing");
  const { HUBBUB_BLOBS_S3: _, ...without } = env;
  const said: string[] = [];
  const io = { env: without, out: () => {}, err: (line: string) => void said.push(line) };
  expect(await runCli(["blobs", "move", "--to", "disk"], io)).toBe(1);
  expect(said.join()).toContain("Set HUBBUB_BLOBS_S3");
});
