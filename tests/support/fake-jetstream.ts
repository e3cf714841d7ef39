import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** One event of a Jetstream (version 1), as its operator keeps it. */
export interface JetstreamEvent {
  readonly time_us: number;
  readonly bytes: string | Uint8Array;
}

/** A Jetstream that speaks as the real one does: JSON frames in the order of `time_us`, a cursor that rewinds, nothing signed. */
export interface FakeJetstream {
  readonly url: string;
  /** How each line was asked for. */
  readonly asked: URL[];
  readonly events: JetstreamEvent[];
  /** Frames before this time are not kept any more; a cursor before it begins there without a word. */
  keptFrom: number;
  readonly listeners: number;
  /** A post by somebody, seen by the network at `at`. Returns its name. */
  post(did: string, text: string, at: number, more?: object): string;
  gone(did: string, rkey: string, at: number): void;
  /** Any bytes to all who listen, kept for nobody. */
  say(bytes: string | Uint8Array): void;
  /** The last so many events once more. */
  again(count: number): void;
  /** The lines break without a word. */
  cut(): void;
  close(): Promise<void>;
}

export async function startFakeJetstream(): Promise<FakeJetstream> {
  const server: Server = createServer((_request, answer) => answer.writeHead(404).end());
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const events: JetstreamEvent[] = [];
  const asked: URL[] = [];
  let posts = 0;
  const fake: FakeJetstream = {
    url: "",
    ...{ asked, events, keptFrom: 0 },
    get listeners() {
      return sockets.clients.size;
    },
    post(did, text, at, more = {}) {
      const rkey = `3k${String(++posts).padStart(6, "0")}`;
      const record = {
        $type: "app.bsky.feed.post",
        text,
        createdAt: new Date(at).toISOString(),
        langs: ["en"],
        ...more,
      };
      const commit = { operation: "create", collection: "app.bsky.feed.post", rkey, cid: `bafy${rkey}`, record };
      keep({ did, time_us: at * 1_000, kind: "commit", commit });
      return rkey;
    },
    gone(did, rkey, at) {
      keep({
        did,
        time_us: at * 1_000,
        kind: "commit",
        commit: { operation: "delete", collection: "app.bsky.feed.post", rkey },
      });
    },
    say: (bytes) => tell(bytes),
    again(count) {
      for (const { bytes } of events.slice(-count)) tell(bytes);
    },
    cut() {
      for (const client of sockets.clients) client.terminate();
    },
    async close() {
      fake.cut();
      sockets.close();
      await new Promise<void>((done) => void server.close(() => done()));
    },
  };
  const tell = (bytes: string | Uint8Array) => {
    for (const client of sockets.clients) client.send(bytes);
  };
  function keep(event: { time_us: number; [more: string]: unknown }): void {
    const bytes = JSON.stringify(event);
    events.push({ time_us: event.time_us, bytes });
    tell(bytes);
  }
  sockets.on("connection", (client: WebSocket, request) => {
    client.on("error", () => {});
    const url = new URL(request.url ?? "/", "http://x");
    asked.push(url);
    const cursor = url.searchParams.get("cursor");
    if (cursor === null) return;
    const from = Math.max(Number(cursor), fake.keptFrom);
    for (const { time_us, bytes } of events) if (time_us >= from) client.send(bytes);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  Object.assign(fake, { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/subscribe` });
  return fake;
}
