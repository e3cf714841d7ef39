import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clamav, type Scanner } from "../../server/modules/channels/index.ts";
import { unprivilegedUser } from "../../server/platform/postgres/run-as.ts";
import { eventually } from "../support/eventually.ts";

const CLAMD = "clamd";
const missing = spawnSync(CLAMD, ["--version"]).error !== undefined;
if (missing) console.log("clamav: *not run*, because clamd cannot be started here");

/** The antivirus industry's test text, put together only here: on a disk a scanner would take this file away. */
const EICAR = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE", "!$H+H*"].join("");

async function* of(...content: (string | Uint8Array)[]) {
  for (const piece of content) yield Buffer.from(piece);
}

describe.skipIf(missing)("clamd, the ClamAV daemon, with one signature of our own", () => {
  const folder = mkdtempSync(join(tmpdir(), "hubbub-peer-clamav-"));
  const socket = join(folder, "clamd.sock");
  let daemon: ChildProcess;
  let scanner: Scanner;
  let said = "";
  beforeAll(async () => {
    const database = join(folder, "database");
    mkdirSync(database);
    const signature = Buffer.from(EICAR).toString("hex");
    writeFileSync(join(database, "own.ndb"), `Hubbub.Test.Signature:0:*:${signature}\n`);
    const config = join(folder, "clamd.conf");
    const lines = [
      ...["Foreground yes", `LocalSocket ${socket}`, `DatabaseDirectory ${database}`, `TemporaryDirectory ${folder}`],
      ...["StreamMaxLength 1M", "MaxThreads 2", "LogVerbose no"],
    ];
    writeFileSync(config, `${lines.join("\n")}\n`);
    const user = unprivilegedUser();
    if (user) for (const path of [folder, database]) chownSync(path, user.uid, user.gid);
    daemon = spawn(CLAMD, ["-c", config], { uid: user?.uid, gid: user?.gid, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [daemon.stdout!, daemon.stderr!])
      stream.setEncoding("utf8").on("data", (text) => {
        said = (said + text).slice(-4_000);
      });
    await eventually(
      "clamd listens",
      async () => {
        if (daemon.exitCode !== null) throw new Error(`clamd ended: ${said}`);
        return existsSync(socket);
      },
      60_000,
    );
    scanner = clamav({ path: socket });
  }, 90_000);
  afterAll(async () => {
    const gone = new Promise((done) => daemon.once("exit", done));
    if (daemon.exitCode === null && daemon.kill("SIGTERM")) await gone;
    rmSync(folder, { recursive: true, force: true });
  });

  it("lets pass what is nothing", async () => {
    expect(await scanner.scan(of("a bill over 12.30 EUR"))).toEqual({ state: "clean" });
    expect(await scanner.scan(of())).toEqual({ state: "clean" });
    expect(await scanner.scan(of(...Array.from({ length: 9 }, () => Buffer.alloc(100_000, "x"))))).toEqual({
      state: "clean",
    });
  });
  it("finds what it knows, also when it comes in pieces", async () => {
    const found = { state: "found", name: expect.stringContaining("Hubbub.Test.Signature") };
    expect(await scanner.scan(of(EICAR))).toEqual(found);
    expect(await scanner.scan(of(EICAR.slice(0, 20), EICAR.slice(20)))).toEqual(found);
  });
  it("says of what is too large for it that it did not look", async () => {
    expect(await scanner.scan(of(...Array.from({ length: 40 }, () => Buffer.alloc(100_000, "x"))))).toEqual({
      state: "too-large",
    });
  });
  it("is not taken for clean when it is gone", async () => {
    expect(await clamav({ path: `${socket}.other` }).scan(of("x"))).toMatchObject({ state: "down" });
  });
});
