import type { LiveStatus, ToHub, ToTab } from "./protocol.ts";
import type { Stream, StreamHandlers } from "./stream.ts";

/** One tab as the hub sees it. */
export type Tab = { send: (message: ToTab) => void };

export type HubParts = { open: (handlers: StreamHandlers) => Stream; now: () => number };

export type Hub = { receive: (tab: Tab, message: ToHub) => void };

/** Shares one stream among the tabs of a browser. It closes with the last tab and starts anew for another session. */
export function createHub(parts: HubParts): Hub {
  const tabs = new Set<Tab>();
  let stream: Stream | null = null;
  let session: string | null = null;
  let status: LiveStatus = { state: "connecting" };

  function tell(message: ToTab): void {
    for (const tab of tabs) tab.send(message);
  }

  function close(): void {
    stream?.close();
    stream = null;
    session = null;
    status = { state: "connecting" };
  }

  function begin(forSession: string): void {
    close();
    session = forSession;
    stream = parts.open({
      onEvent: (event) => tell({ type: "event", event }),
      onReset: () => tell({ type: "reset", before: parts.now() }),
      onStatus: (next) => {
        status = next;
        tell({ type: "status", status });
      },
    });
  }

  return {
    receive(tab, message) {
      if (message.type === "leave") {
        tabs.delete(tab);
        if (tabs.size === 0) close();
        return;
      }
      if (message.type === "try-now") {
        stream?.tryNow();
        return;
      }
      tabs.add(tab);
      if (stream === null || session !== message.session || status.state === "signed-out") {
        begin(message.session);
        return;
      }
      // What this tab fetched before it joined may be older than the stream's place.
      tab.send({ type: "status", status });
      tab.send({ type: "reset", before: parts.now() });
    },
  };
}
