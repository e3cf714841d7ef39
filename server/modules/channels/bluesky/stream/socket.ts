import { checkOutside, InsideAddress, outsideAgent } from "#platform/outside";
import { clipped, NetworkFailure } from "../../domain/errors.ts";

/** The largest frame that the protocol knows is 5 MB. */
const MAX_FRAME = 6 * 1_048_576;
/** Why a line broke: it would break at the same place again. */
export const TOO_LARGE = "frame-too-large";
/** So many frames may wait before the line is held back. */
const HIGH = 500;
const LOW = 100;
/** A relay speaks many times a second, a small server not for hours: silence is broken by pings. */
const PING_EVERY = 20_000;

export interface Line {
  /** The line stands; rejects with what `take` would throw when it cannot be opened. */
  readonly opened: Promise<void>;
  /** The frames that have come, at least one; waits for the first at most `ms`. Null: the line has ended. */
  take(ms: number): Promise<readonly Uint8Array[] | null>;
  close(): void;
}

/** Opens a WebSocket for reading. Throws `NetworkFailure` when it cannot be opened, and from `take` when it breaks. */
export async function openLine(address: string, mayBeInside: boolean, signal: AbortSignal): Promise<Line> {
  const { WebSocket } = await import("ws");
  if (!URL.canParse(address)) throw failure(`"${address.slice(0, 200)}" is no address of a stream.`, false);
  const url = new URL(address);
  if (!mayBeInside)
    try {
      checkOutside(url);
    } catch (error) {
      if (error instanceof InsideAddress) throw failure(error.message, false);
      throw error;
    }
  const socket = new WebSocket(url, {
    maxPayload: MAX_FRAME,
    handshakeTimeout: 10_000,
    followRedirects: false,
    perMessageDeflate: false,
    ...(!mayBeInside && { agent: outsideAgent }),
  });
  let waiting: Uint8Array[] = [];
  let held = false;
  let alive = true;
  let ended: NetworkFailure | "closed" | null = null;
  let wake = () => {};
  const { promise: opened, resolve: isOpen, reject: isNot } = Promise.withResolvers<void>();
  opened.catch(() => {});
  socket.on("open", isOpen);
  const end = (why: NetworkFailure | "closed") => {
    ended ??= why;
    isNot(why === "closed" ? failure("The stream did not open in time.", true) : why);
    clearInterval(pings);
    wake();
  };
  const pings = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, PING_EVERY);
  const onAbort = () => {
    end("closed");
    socket.terminate();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  socket.on("pong", () => {
    alive = true;
  });
  socket.on("message", (data) => {
    alive = true;
    waiting.push(data as Buffer);
    if (waiting.length >= HIGH && !held) {
      held = true;
      socket.pause();
    }
    wake();
  });
  socket.on("unexpected-response", (request, answer) => {
    end(failure(`The stream was refused with ${answer.statusCode}. Check its address.`, true));
    answer.resume();
    request.destroy();
  });
  socket.on("error", (error: Error & { code?: string }) =>
    end(
      error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH"
        ? new NetworkFailure({
            class: "transient",
            retryable: true,
            code: TOO_LARGE,
            message: "A frame was too large.",
          })
        : failure(`The stream broke: ${error.message || "no connection"}.`, true),
    ),
  );
  socket.on("close", (code) => end(failure(`The stream was closed with ${code}.`, true)));
  if (signal.aborted) onAbort();
  return {
    opened,
    async take(ms) {
      if (waiting.length === 0 && ended === null)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      const taken = waiting;
      waiting = [];
      // Frames that had come are read before the end is told.
      if (taken.length === 0 && ended !== null) {
        if (ended === "closed") return null;
        throw ended;
      }
      if (held && waiting.length <= LOW) {
        held = false;
        socket.resume();
      }
      return taken;
    },
    close() {
      signal.removeEventListener("abort", onAbort);
      end("closed");
      socket.terminate();
    },
  };
}

function failure(message: string, retryable: boolean): NetworkFailure {
  return new NetworkFailure({ class: retryable ? "transient" : "invalid", retryable, message: clipped(message) });
}
