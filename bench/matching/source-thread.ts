import type { AddressInfo } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { WebSocketServer } from "ws";
import { lineOf } from "./crowd.ts";

/** A Jetstream in a thread of its own that sends as fast as it is read: texts in turn, `posts` of them. */
const { texts, posts } = workerData as { texts: readonly string[]; posts: number };
/** Bytes that may wait in the line before it is held back. */
const HIGH = 1_000_000;

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("listening", () => parentPort?.postMessage((server.address() as AddressInfo).port));
server.on("connection", (client) => {
  const began = Date.now();
  let n = 0;
  const more = () => {
    while (n < posts && client.readyState === client.OPEN) {
      client.send(lineOf(n, texts[n % texts.length] as string, began));
      n++;
      if (client.bufferedAmount > HIGH) {
        setTimeout(more, 1);
        return;
      }
    }
  };
  // The line begins when whoever measures says so.
  parentPort?.once("message", more);
  parentPort?.postMessage("open");
});
