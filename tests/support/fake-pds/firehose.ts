import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { errorFrame, type Frame, frameOf, type Repos } from "./repos.ts";

/** com.atproto.sync.subscribeRepos over the sequence of the repositories, with faults. */
export class Firehose {
  /** Frames before this number are not kept any more. */
  keptFrom = 1;
  /** Each frame is sent twice. */
  doubled = false;
  /** Frames are held back and sent in pairs, the later one first. */
  swapped = false;
  /** So many connections were opened, with the cursor each asked for. */
  readonly cursors: (number | null)[] = [];
  /** Refuses new connections with this status. */
  refuse = 0;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #repos: Repos;
  #held: Frame | null = null;
  constructor(repos: Repos) {
    this.#repos = repos;
    repos.onFrame = (frame) => this.#live(frame);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.refuse > 0) {
      socket.end(`HTTP/1.1 ${this.refuse} No\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://x");
    // Any other path is a line on which the test itself speaks.
    const asked = pathname.endsWith("subscribeRepos") ? searchParams.get("cursor") : null;
    this.#server.handleUpgrade(request, socket, head, (client) => {
      client.on("error", () => {});
      this.#begin(client, asked === null ? null : Number(asked));
    });
  }

  #begin(client: WebSocket, cursor: number | null): void {
    this.cursors.push(cursor);
    if (cursor === null) return;
    const head = this.#repos.frames.at(-1)?.seq ?? 0;
    if (cursor > head) {
      client.send(errorFrame("FutureCursor", "Cursor in the future."));
      client.close();
      return;
    }
    if (cursor + 1 < this.keptFrom)
      client.send(frameOf("#info", { name: "OutdatedCursor", message: "Requested cursor exceeded limit." }));
    for (const { seq, bytes } of this.#repos.frames) if (seq > cursor && seq >= this.keptFrom) client.send(bytes);
  }

  #live(frame: Frame): void {
    const held = this.#held;
    this.#held = this.swapped && !held ? frame : null;
    if (this.#held) return;
    this.send(frame.bytes);
    if (held) this.send(held.bytes);
  }

  /** Any bytes to all who listen. */
  send(bytes: Uint8Array): void {
    for (const client of this.#server.clients) for (let i = 0; i < (this.doubled ? 2 : 1); i++) client.send(bytes);
  }

  get listeners(): number {
    return this.#server.clients.size;
  }

  /** The lines break without a word. */
  cut(): void {
    for (const client of this.#server.clients) client.terminate();
  }

  /** Ends every line as a relay does with who is too slow. */
  tooSlow(): void {
    for (const client of this.#server.clients) {
      client.send(errorFrame("ConsumerTooSlow", "Stream consumer too slow"));
      client.close();
    }
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
