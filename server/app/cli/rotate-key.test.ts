import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seal, unseal, useKeyRing } from "#modules/company";
import { systemClock } from "#platform/clock";
import { openDataDir } from "#platform/data-dir";
import { addressFromUrl } from "#platform/database-url";
import { type Database, openDatabase } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { makeAccount } from "../../../tests/support/database.ts";
import { makeDatabase, type OwnDatabase } from "../../../tests/support/own-database.ts";
import { masterKey } from "../master-key.ts";
import { runCli } from "./run-cli.ts";

let own: OwnDatabase;
let db: Database;
let folder = "";
let accountId: AccountId;
let sealed: Buffer;
beforeAll(async () => {
  own = await makeDatabase();
  folder = await mkdtemp(join(tmpdir(), "hubbub-rotate-key-"));
  useKeyRing(masterKey(folder, {}));
  db = openDatabase(await addressFromUrl(own.url), systemClock, { appConnections: 2, systemConnections: 1 });
  accountId = (await makeAccount(db)).accountId;
  sealed = await db.withAccount(accountId, (tx) => seal(tx, Buffer.from("kept")));
});
afterAll(async () => {
  await db.close();
  await own.drop();
  await rm(folder, { recursive: true, force: true });
});

async function run(args: string[] = [], more: NodeJS.ProcessEnv = {}) {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const env = { DATABASE_URL: own.url, HUBBUB_DATA_DIR: folder, ...more };
  return { code: await runCli(["rotate-key", ...args], { env, out: say, err: say }), said: said.join("\n") };
}

it("goes over to another master key in the data folder, and never while a server uses it", async () => {
  const before = await readFile(join(folder, "master.key"), "utf8");
  const used = await openDataDir({ env: { HUBBUB_DATA_DIR: folder } });
  expect((await run()).code).not.toBe(0);
  expect(await readFile(join(folder, "master.key"), "utf8")).toBe(before);
  used.release();
  const done = await run();
  expect(done).toMatchObject({ code: 0, said: expect.stringMatching(/1 keys of 1 accounts were sealed anew/) });
  expect(done.said).not.toContain(before);
  useKeyRing(masterKey(folder, {}));
  expect((await db.withAccount(accountId, (tx) => unseal(tx, sealed))).toString()).toBe("kept");
});

it("says what to set where the environment gives the key", async () => {
  const old = masterKey(folder, {}).toString("hex");
  const alone = await run([], { HUBBUB_MASTER_KEY: old });
  expect(alone).toMatchObject({ code: 1, said: expect.stringMatching(/Set HUBBUB_MASTER_KEY_NEXT/) });
  const next = "5a".repeat(32);
  const done = await run([], { HUBBUB_MASTER_KEY: old, HUBBUB_MASTER_KEY_NEXT: next });
  expect(done).toMatchObject({ code: 0, said: expect.stringMatching(/^HUBBUB_MASTER_ROOT=[\w-]{50,}$/m) });
  useKeyRing(Buffer.from(next, "hex"));
  expect((await db.withAccount(accountId, (tx) => unseal(tx, sealed))).toString()).toBe("kept");
});
