import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { dataDirPath, openDataDir } from "./data-dir.ts";
import { exitCodes } from "./errors.ts";
import { bornAt } from "./process-identity.ts";

let parent: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "hubbub data "));
  env = { HUBBUB_DATA_DIR: join(parent, "new", "data") };
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

it("lies in the checkout unless told otherwise", () => {
  expect(dataDirPath({}, "/srv/hubbub")).toBe("/srv/hubbub/.data");
  expect(dataDirPath({ HUBBUB_DATA_DIR: "" }, "/srv/hubbub")).toBe("/srv/hubbub/.data");
  expect(dataDirPath({ HUBBUB_DATA_DIR: "/var/x" }, "/srv/hubbub")).toBe("/var/x");
});

it("is made for its owner only, and for one server at a time", async () => {
  const first = await openDataDir({ env, waitMs: 0 });
  expect(statSync(first.path).mode & 0o777).toBe(0o700);
  await expect(openDataDir({ env, waitMs: 0 })).rejects.toMatchObject({
    exitCode: exitCodes["already-running"],
    message: expect.stringContaining(`process ${process.pid}`),
  });
  first.release();
  (await openDataDir({ env, waitMs: 0 })).release();
});

it("waits for a server that is just leaving", async () => {
  const first = await openDataDir({ env });
  const second = openDataDir({ env, waitMs: 60_000 });
  first.release();
  (await second).release();
});

it.each([
  ["a process that is gone", () => ({ pid: 2 ** 22 + 1, born: "x" })],
  ["a process whose number has a new owner", () => ({ pid: process.pid, born: `${bornAt(process.pid)}0` })],
])("is taken over from %s", async (_, owner) => {
  (await openDataDir({ env })).release();
  writeFileSync(join(parent, "new", "data", "server.lock"), JSON.stringify(owner()));
  const taken = await openDataDir({ env, waitMs: 0 });
  const { pid, born } = JSON.parse(readFileSync(join(taken.path, "server.lock"), "utf8"));
  expect({ pid, born }).toEqual({ pid: process.pid, born: bornAt(process.pid) });
  taken.release();
});

it("refuses a file, and a disk that is too full", async () => {
  writeFileSync(join(parent, "file"), "");
  await expect(openDataDir({ env: { HUBBUB_DATA_DIR: join(parent, "file") } })).rejects.toMatchObject({
    exitCode: exitCodes["data-folder"],
    message: expect.stringContaining("HUBBUB_DATA_DIR"),
  });
  await expect(openDataDir({ env: { HUBBUB_DATA_DIR: join(parent, "file", "data") } })).rejects.toMatchObject({
    exitCode: exitCodes["data-folder"],
  });
  await expect(openDataDir({ env, minFreeBytes: Number.MAX_SAFE_INTEGER })).rejects.toMatchObject({
    exitCode: exitCodes["disk-full"],
    message: expect.stringMatching(/\d+ MB free/),
  });
});
