import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { clamav, scannerPlace } from "./clamav.ts";

/** A scanner by script: reads the pieces as the daemon does and answers what it is told to. */
interface Script {
  /** After so many bytes, else at the end. */
  at?: number;
  answer: string | null;
  hangUp?: boolean;
}
let server: Server;
let took: Buffer;
let command: string;
const sockets = new Set<Socket>();

async function scripted({ at = Number.POSITIVE_INFINITY, answer, hangUp = true }: Script) {
  took = Buffer.alloc(0);
  command = "";
  server = createServer((socket) => {
    sockets.add(socket);
    let bytes = Buffer.alloc(0);
    let done = false;
    const say = () => {
      done = true;
      if (answer !== null) socket.write(answer);
      if (hangUp) socket.end();
    };
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      if (done) return;
      bytes = Buffer.concat([bytes, chunk as Buffer]);
      if (command === "") {
        const end = bytes.indexOf(0);
        if (end < 0) return;
        command = bytes.subarray(0, end).toString();
        bytes = bytes.subarray(end + 1);
      }
      while (bytes.length >= 4) {
        const length = bytes.readUInt32BE(0);
        if (length === 0) return say();
        if (bytes.length < 4 + length) return;
        took = Buffer.concat([took, bytes.subarray(4, 4 + length)]);
        bytes = bytes.subarray(4 + length);
        if (took.length >= at) return say();
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
}
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server?.close();
});

/** A daemon in a thread of its own: has the first bytes (1), is told to go on (2), answers and hangs up, and says that it did (3). */
const HANGS_UP = `
  const { parentPort, workerData: { path, gone } } = require("node:worker_threads");
  const says = (state) => { Atomics.store(gone, 0, state); Atomics.notify(gone, 0); };
  require("node:net").createServer((line) => {
    line.on("error", () => {}).once("data", () => {
      says(1);
      Atomics.wait(gone, 0, 1, 20_000);
      line.write("INSTREAM size limit exceeded. ERROR\\0", () => line.destroy());
    });
    line.once("close", () => says(3));
  }).listen(path, () => parentPort.postMessage("listens"));
`;

async function* pieces(...sizes: number[]) {
  for (const size of sizes) yield Buffer.alloc(size, "x");
}

describe("a file at the scanner", () => {
  it("goes there whole, in pieces, and is clean", async () => {
    const place = await scripted({ answer: "stream: OK\0" });
    expect(await clamav(place).scan(pieces(10, 200_000, 1))).toEqual({ state: "clean" });
    expect([command, took.length]).toEqual(["zINSTREAM", 200_011]);
  });
  it.each([
    ["stream: Eicar-Signature FOUND\0", { state: "found", name: "Eicar-Signature" }],
    ["INSTREAM size limit exceeded. ERROR\0", { state: "too-large" }],
    ["Can't allocate memory ERROR\0", { state: "down" }],
    ["UNKNOWN COMMAND\0", { state: "down" }],
    ["", { state: "down" }],
    ["stream: OK FOUND", { state: "found", name: "OK" }],
  ])("%j", async (answer, said) => {
    expect(await clamav(await scripted({ answer })).scan(pieces(5))).toMatchObject(said);
  });
  it("too large: the scanner answers and hangs up while we still send", async () => {
    const place = await scripted({ at: 100_000, answer: "INSTREAM size limit exceeded. ERROR\0" });
    const long = Array.from({ length: 200 }, () => 65_536);
    expect(await clamav(place).scan(pieces(...long))).toEqual({ state: "too-large" });
  });
  it("too large: it hung up before our next piece, and its answer is not lost", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "hubbub-clamd-")), "clamd.sock");
    const gone = new Int32Array(new SharedArrayBuffer(4));
    const daemon = new Worker(HANGS_UP, { eval: true, workerData: { path, gone } });
    await new Promise((listens) => daemon.once("message", listens));
    async function* late() {
      yield Buffer.alloc(10, "x");
      while (Atomics.load(gone, 0) === 0) await new Promise((done) => setImmediate(done));
      Atomics.store(gone, 0, 2);
      Atomics.notify(gone, 0);
      // Held here until the line is closed: the next write comes before any look at what was answered.
      Atomics.wait(gone, 0, 2, 20_000);
      yield Buffer.alloc(10, "x");
    }
    const said = await clamav({ path }).scan(late());
    await daemon.terminate();
    rmSync(dirname(path), { recursive: true });
    expect(said).toEqual({ state: "too-large" });
  });
  it("is not known to be clean where nobody answers, or not in time", async () => {
    const place = await scripted({ answer: null, hangUp: false });
    expect(await clamav(place, { silenceMs: 50 }).scan(pieces(5))).toMatchObject({ state: "down" });
    expect(await clamav(place, { totalMs: 50 }).scan(pieces(5))).toMatchObject({ state: "down" });
    expect(await clamav({ path: "/nowhere/clamd.ctl" }).scan(pieces(5))).toMatchObject({ state: "down" });
  });
  it("is not known to be clean when its bytes break off", async () => {
    const place = await scripted({ answer: "stream: OK\0" });
    async function* broken() {
      yield Buffer.from("half");
      throw new Error("the store is away");
    }
    expect(await clamav(place).scan(broken())).toMatchObject({ state: "down" });
  });
});

it.each([
  [undefined, null],
  ["", null],
  ["unix:/run/clamav/clamd.ctl", { path: "/run/clamav/clamd.ctl" }],
  ["tcp://scanner.internal", { host: "scanner.internal", port: 3310 }],
  ["tcp://[::1]:4000", { host: "::1", port: 4000 }],
])("HUBBUB_CLAMAV=%s", (said, place) => {
  expect(scannerPlace({ HUBBUB_CLAMAV: said })).toEqual(place);
});
it.each(["clamd", "http://x", "tcp://x:99999"])("HUBBUB_CLAMAV=%s is refused with a sentence", (said) => {
  expect(() => scannerPlace({ HUBBUB_CLAMAV: said })).toThrow(/unix:/);
});
