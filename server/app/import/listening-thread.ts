import { parentPort, workerData } from "node:worker_threads";
import { useKeyRing } from "#modules/company";
import { reader } from "#modules/listening";
import { systemClock } from "#platform/clock";
import { type DatabaseAddress, openDatabase } from "#platform/db";
import { runReaders } from "#platform/journal/run-readers";
import { createLog } from "#platform/log";
import { inBulk } from "./in-bulk.ts";

/** What the thread is given; it answers `settle` with `settled`, and ends after `close`. */
export interface ThreadData {
  address: DatabaseAddress;
  logLevel: string;
  key: Uint8Array;
}

// A thread's whole program: labelling is half of what an import computes, and needs nothing of what the other readers hold.
if (parentPort !== null) {
  const port = parentPort;
  const { address, logLevel, key } = workerData as ThreadData;
  useKeyRing(key);
  const db = openDatabase(address, systemClock, { appConnections: 2, systemConnections: 1 });
  const running = runReaders(db, [inBulk(reader)], systemClock, createLog(logLevel));
  port.on("message", async (said: "settle" | "close") => {
    if (said === "settle") {
      await running.settled();
      port.postMessage("settled");
      return;
    }
    port.close();
    await running.close();
    await db.close();
  });
}
