import { type ClientRequest, type IncomingMessage, request } from "node:http";
import type { ApiClient } from "../tests/support/api-client.ts";

export interface Notice {
  position: number;
  kind: string;
  id: string;
  version: number;
  conversationId?: string;
}

/** One browser's live stream on a connection of its own. */
export interface LiveReader {
  /** The position it has read up to: where it resumes. */
  position(): number;
  /** Cuts the connection in the middle, as a lost network does. */
  cut(): void;
  /** Resolves when nothing more can come. */
  readonly ended: Promise<void>;
}

/** Opens a stream and reads its frames as they come; resolves when the server has taken it up. Times are `performance.now()` of the reading. */
export async function openLive(
  client: ApiClient,
  after: number,
  onNotice: (notice: Notice, at: number) => void,
  onReset: () => void = () => {},
): Promise<LiveReader> {
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const address = `${client.url()}/api/live${after < 0 ? "" : `?after=${after}`}`;
  let position = after;
  let rest = "";
  let cut = false;
  let asked!: ClientRequest;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    asked = request(address, { agent: false, headers: { cookie, accept: "text/event-stream" } }, resolve);
    asked.on("error", reject);
    asked.end();
  });
  if (answer.statusCode !== 200) throw new Error(`a live stream was answered with ${answer.statusCode}`);
  let began: () => void = () => {};
  const first = new Promise<void>((resolve) => {
    began = resolve;
  });
  answer.setEncoding("utf8").on("data", (piece: string) => {
    if (cut) return;
    const at = performance.now();
    rest += piece;
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      const frame = rest.slice(0, end);
      rest = rest.slice(end + 2);
      read(frame, at);
    }
  });
  function read(frame: string, at: number): void {
    const beat = /^: hb (\d+)/.exec(frame);
    if (beat) {
      position = Math.max(position, Number(beat[1]));
      began();
      return;
    }
    const id = Number(/^id: (\d+)/m.exec(frame)?.[1] ?? position);
    const data = /^data: (.*)$/m.exec(frame)?.[1];
    position = Math.max(position, id);
    if (frame.startsWith("event: reset")) {
      onReset();
      return;
    }
    if (data !== undefined) onNotice(JSON.parse(data) as Notice, at);
  }
  const ended = new Promise<void>((resolve) => {
    answer.on("close", resolve).on("error", () => {});
    asked.on("error", () => {});
  });
  await Promise.race([first, ended]);
  return {
    position: () => position,
    cut() {
      cut = true;
      asked.destroy();
    },
    ended,
  };
}
