import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { isAlive } from "../process-identity.ts";
import { supervise, type UnexpectedExit } from "./supervise.ts";

const log = { info() {}, warn() {}, error() {} };

async function startChild(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000); console.log('ready')"]);
  await once(child.stdout as NodeJS.ReadableStream, "data");
  return child;
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

it("starts again what dies, waits longer each time, and stops for good when told", async () => {
  let onStart = () => {};
  let refuse = 1;
  const start = async () => {
    if (refuse-- > 0) throw new Error("not yet");
    const child = await startChild();
    queueMicrotask(() => onStart());
    return child;
  };
  const supervised = supervise(await startChild(), { start, end: endChild }, log);
  const told: UnexpectedExit[] = [];
  supervised.onExit((exit) => told.push(exit));

  for (let round = 0; round < 2; round += 1) {
    const again = new Promise<void>((resolve) => (onStart = resolve));
    const before = supervised.pid;
    process.kill(before, "SIGKILL");
    await again;
    await Promise.resolve();
    expect(supervised.pid).not.toBe(before);
  }
  await supervised.stop();
  await supervised.stop();

  // 250 ms, then 500 for the refused try, then 1 s for the second death.
  expect(told).toEqual([
    { code: null, signal: "SIGKILL", restartInMs: 250 },
    { code: null, signal: "SIGKILL", restartInMs: 1000 },
  ]);
  expect(isAlive(supervised.pid)).toBe(false);
});

it("can be stopped while it waits to start again", async () => {
  const supervised = supervise(await startChild(), { start: startChild, end: endChild }, log);
  const died = new Promise((resolve) => supervised.onExit(resolve));
  process.kill(supervised.pid, "SIGKILL");
  await died;
  await supervised.stop();
  expect(isAlive(supervised.pid)).toBe(false);
});
