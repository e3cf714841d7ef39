import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { seal, unseal, useKeyRing } from "#modules/company";
import type { AccountId } from "#platform/ids";
import { makeAccount, openTestDatabase } from "../../tests/support/database.ts";
import { masterKey, nextMasterKey, rootKey } from "./master-key.ts";
import { rotateByEnvironment, rotateMaster } from "./rotate-master.ts";

const { db } = openTestDatabase();
afterAll(() => db.close());
const words = Buffer.from("the token of the channel");

let dataDir = "";
let accounts: AccountId[] = [];
let sealed: Buffer[] = [];
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "hubbub-rotate-"));
  boot();
  accounts = [(await makeAccount(db)).accountId, (await makeAccount(db)).accountId];
  sealed = await Promise.all(accounts.map((id) => db.withAccount(id, (tx) => seal(tx, words))));
  return () => rmSync(dataDir, { recursive: true, force: true });
});

/** What a start does: the keys are read anew, nothing is remembered. */
function boot(env: NodeJS.ProcessEnv = {}): { root: Buffer; master: Buffer } {
  const master = masterKey(dataDir, env);
  const next = nextMasterKey(dataDir, env);
  useKeyRing(master, next);
  return { master, root: rootKey(dataDir, env, master, next) };
}
const opened = () =>
  Promise.all(accounts.map((id, n) => db.withAccount(id, async (tx) => (await unseal(tx, sealed[n]!)).toString())));
const all = () => [words.toString(), words.toString()];
const rotate = (more: { onStep?: (step: string) => void; newLinks?: boolean } = {}) =>
  rotateMaster({ db, accounts, dataDir, newLinks: false, ...more });

it("opens everything under the new key and nothing under the old one, and links stay", async () => {
  const before = boot();
  expect(await rotate()).toMatchObject({ accounts: 2, rewrapped: 2 });
  const after = boot();
  expect(after.master.equals(before.master)).toBe(false);
  expect(after.root.equals(before.root)).toBe(true);
  expect(await opened()).toEqual(all());
  useKeyRing(before.master);
  await expect(opened()).rejects.toThrow();
  const files = readdirSync(dataDir).sort();
  expect(files).toEqual(["master.key", expect.stringMatching(/^master\.key\.old-[0-9a-f]{8}$/), "master.root"]);
  expect(readFileSync(join(dataDir, files[1]!), "utf8")).toBe(before.master.toString("hex"));
  for (const file of files) expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(dataDir, "master.root")).includes(before.master)).toBe(false);
});

it("loses nothing when it is killed at any step, and goes on from there", async () => {
  const { root } = boot();
  const steps: string[] = [];
  await rotate({ onStep: (step) => void steps.push(step) });
  expect(steps.length).toBeGreaterThanOrEqual(5);
  for (const kill of steps.keys()) {
    boot();
    let at = 0;
    const killed = rotate({
      onStep() {
        if (at++ === kill) throw new Error("killed");
      },
    });
    await expect(killed).rejects.toThrow("killed");
    // A server that is started now opens everything, and what it seals is found again afterwards.
    expect(boot().root.equals(root)).toBe(true);
    expect(await opened()).toEqual(all());
    const late = await db.withAccount(accounts[0]!, (tx) => seal(tx, words));
    await rotate();
    expect(boot().root.equals(root)).toBe(true);
    expect(nextMasterKey(dataDir, {})).toBeNull();
    expect(await opened()).toEqual(all());
    expect((await db.withAccount(accounts[0]!, (tx) => unseal(tx, late))).toString()).toBe(words.toString());
  }
});

it("makes links of before void when that is asked for", async () => {
  const before = boot();
  await rotate();
  expect(boot().root.equals(before.root)).toBe(true);
  await rotate({ newLinks: true });
  const after = boot();
  expect(after.root.equals(after.master)).toBe(true);
  expect(await opened()).toEqual(all());
});

it("goes over in the environment of a cluster as well, with both keys known meanwhile", async () => {
  const old = boot().master.toString("hex");
  const next = randomBytes(32).toString("hex");
  const both = { HUBBUB_MASTER_KEY: old, HUBBUB_MASTER_KEY_NEXT: next };
  const { root, rewrapped } = await rotateByEnvironment(db, accounts, dataDir, both);
  expect(rewrapped).toBe(2);
  boot(both);
  expect(await opened()).toEqual(all());
  const after = boot({ HUBBUB_MASTER_KEY: next, HUBBUB_MASTER_ROOT: root });
  expect(after.root.toString("hex")).toBe(old);
  expect(await opened()).toEqual(all());
  expect((await rotateByEnvironment(db, accounts, dataDir, both)).rewrapped).toBe(0);
  expect(() => boot({ HUBBUB_MASTER_KEY: old, HUBBUB_MASTER_ROOT: root })).toThrow(/not sealed under this master key/);
  expect(() => nextMasterKey(dataDir, { HUBBUB_MASTER_KEY_NEXT: "short" })).toThrow(/64 hex digits/);
});
