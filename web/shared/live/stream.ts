import { backOff } from "./back-off.ts";
import { type LiveEvent, type LiveStatus, readLiveEvent } from "./protocol.ts";
import { createSseReader } from "./sse.ts";

/** The server says something (at least ": hb") every 15 s; after this long in silence the line is dead. */
const DEAD_AFTER = 40_000;

export type StreamParts = {
  /** Opens the stream; resolves with the answer's status and its pieces of text. */
  open: (after: number | null, signal: AbortSignal) => Promise<{ status: number; pieces: AsyncIterable<string> }>;
  now: () => number;
  chance: () => number;
  after: (ms: number, run: () => void) => () => void;
};

export type StreamHandlers = {
  onEvent: (event: LiveEvent) => void;
  onReset: () => void;
  onStatus: (status: LiveStatus) => void;
};

export type Stream = { tryNow: () => void; close: () => void };

/** One live connection that keeps itself alive: it resumes after the last position it saw. */
export function openStream(parts: StreamParts, handlers: StreamHandlers): Stream {
  let position: number | null = null;
  let attempt = 0;
  let lastWord = parts.now();
  let closed = false;
  let connection: AbortController | null = null;
  let stopWaiting = () => {};
  let stopWatching = () => {};

  function heard(mine: AbortController): void {
    lastWord = parts.now();
    stopWatching();
    stopWatching = parts.after(DEAD_AFTER, () => mine.abort());
  }

  function onOpened(): void {
    // The first time nothing says what was missed since the page fetched; later the position does.
    if (position === null) handlers.onReset();
    attempt = 0;
    handlers.onStatus({ state: "online" });
  }

  function reader() {
    return createSseReader((message) => {
      const said = message.id === null || message.id === "" ? Number.NaN : Number(message.id);
      if (message.event === "reset") {
        position = Number.isSafeInteger(said) ? said : null;
        handlers.onReset();
        return;
      }
      if (Number.isSafeInteger(said) && said > (position ?? -1)) position = said;
      const event = message.event === "message" ? readLiveEvent(message.data, message.id) : null;
      if (!event) return;
      position = Math.max(position ?? 0, event.position);
      handlers.onEvent(event);
    });
  }

  async function connect(): Promise<void> {
    const mine = new AbortController();
    connection = mine;
    heard(mine);
    try {
      const answer = await parts.open(position, mine.signal);
      if (closed || connection !== mine) return;
      if (answer.status === 401) return stop({ state: "signed-out" });
      if (answer.status !== 200) throw new Error(`The live stream answered ${answer.status}.`);
      heard(mine);
      onOpened();
      const text = reader();
      for await (const piece of answer.pieces) {
        if (closed || connection !== mine) return;
        heard(mine);
        text.push(piece);
      }
    } catch {
      // Every way of ending leads to the next attempt; the status says so.
    }
    if (!closed && connection === mine) lost();
  }

  function lost(): void {
    stopWatching();
    attempt += 1;
    const pause = backOff(attempt, parts.chance());
    // A server that restarts ends streams: one quick return is no trouble worth a bar on the screen.
    if (attempt > 1 || parts.now() - lastWord >= DEAD_AFTER) {
      handlers.onStatus({ state: "offline", since: lastWord, nextTryAt: parts.now() + pause });
    } else {
      handlers.onStatus({ state: "connecting" });
    }
    stopWaiting = parts.after(pause, () => void connect());
  }

  function stop(status: LiveStatus | null): void {
    closed = true;
    stopWatching();
    stopWaiting();
    connection?.abort();
    if (status) handlers.onStatus(status);
  }

  handlers.onStatus({ state: "connecting" });
  void connect();

  return {
    tryNow() {
      if (closed || attempt === 0) return;
      stopWaiting();
      connection?.abort();
      void connect();
    },
    close: () => stop(null),
  };
}
