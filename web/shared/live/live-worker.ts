import { openBrowserStream } from "./browser-stream.ts";
import { createHub, type Tab } from "./hub.ts";
import type { ToHub } from "./protocol.ts";

/** Runs in the SharedWorker: one hub, one port for each tab. */
const hub = createHub({ open: openBrowserStream, now: () => Date.now() });

// The worker's own global type is not in the page's library of types.
const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void };

scope.onconnect = (event) => {
  const port = event.ports[0];
  if (!port) return;
  const tab: Tab = { send: (message) => port.postMessage(message) };
  port.onmessage = (said: MessageEvent<ToHub>) => hub.receive(tab, said.data);
};
