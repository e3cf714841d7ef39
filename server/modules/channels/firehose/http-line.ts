import http from "node:http";
import https from "node:https";
import { StringDecoder } from "node:string_decoder";
import { checkOutside, InsideAddress, outsideAgent } from "#platform/outside";
import { type Line, TOO_LARGE } from "../bluesky/stream/socket.ts";
import { clipped, NetworkFailure } from "../domain/errors.ts";

/** No post is longer, whatever stands around it. */
const MAX_LINE = 1_000_000;
/** So many lines may wait before the other side is held back. */
const HIGH = 500;
const OPENS_WITHIN = 10_000;
/** A stream without a word for so long is dead: they send an empty line now and then. */
const SILENCE = 5 * 60_000;

const broken = (message: string, more: { retryable?: boolean; code?: string } = {}) => {
  const { retryable = true, code } = more;
  return new NetworkFailure({
    ...{ class: retryable ? "transient" : "invalid", retryable, message: clipped(message) },
    ...(code !== undefined && { code }),
  });
};

/** Opens an address that answers with line after line and does not end. The same shape as a WebSocket's line; one line is one frame. */
export async function openHttpLines(address: string, mayBeInside: boolean, signal: AbortSignal): Promise<Line> {
  if (!URL.canParse(address))
    throw broken(`"${address.slice(0, 200)}" is no address of a stream.`, { retryable: false });
  const url = new URL(address);
  if (!mayBeInside)
    try {
      checkOutside(url);
    } catch (error) {
      if (error instanceof InsideAddress) throw broken(error.message, { retryable: false, code: "private-address" });
      throw error;
    }
  let waiting: Uint8Array[] = [];
  let ended: NetworkFailure | "closed" | null = null;
  let wake = () => {};
  let rest = "";
  let answer: http.IncomingMessage | null = null;
  const { promise: opened, resolve: isOpen, reject: isNot } = Promise.withResolvers<void>();
  opened.catch(() => {});
  const end = (why: NetworkFailure | "closed") => {
    ended ??= why;
    isNot(why === "closed" ? broken("The stream did not open in time.") : why);
    wake();
  };
  const request = (url.protocol === "https:" ? https : http).request(url, {
    headers: { accept: "application/x-ndjson, application/jsonl, application/json", "accept-encoding": "identity" },
    ...(!mayBeInside && { agent: outsideAgent }),
  });
  // No redirects: where they lead is a stranger's word.
  request.on("response", (got) => {
    answer = got;
    if (got.statusCode !== 200) {
      got.destroy();
      end(broken(`The stream answers with ${got.statusCode}.`, { retryable: (got.statusCode ?? 0) >= 429 }));
      return;
    }
    request.setTimeout(SILENCE, () => end(broken("The stream says nothing any more.")));
    isOpen();
    const decoder = new StringDecoder("utf8");
    got.on("data", (bytes: Buffer) => {
      const lines = (rest + decoder.write(bytes)).split("\n");
      rest = lines.pop() as string;
      for (const line of lines) if (line.length > 1 && line.length <= MAX_LINE) waiting.push(Buffer.from(line));
      if (rest.length > MAX_LINE) end(broken("A line was too large.", { code: TOO_LARGE }));
      else if (waiting.length >= HIGH) got.pause();
      if (waiting.length > 0) wake();
    });
    got.on("end", () => end(broken("The stream was ended by the other side.")));
    got.on("error", (error) => end(broken(`The stream broke: ${error.message}.`)));
  });
  request.on("error", (error) => end(broken(`The stream broke: ${error.message}.`)));
  request.setTimeout(OPENS_WITHIN, () => end(broken("The stream did not open in time.")));
  const onAbort = () => {
    end("closed");
    request.destroy();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  else request.end();
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
      // Lines that had come are read before the end is told.
      if (taken.length === 0 && ended !== null) {
        request.destroy();
        if (ended === "closed") return null;
        throw ended;
      }
      answer?.resume();
      return taken;
    },
    close() {
      signal.removeEventListener("abort", onAbort);
      end("closed");
      request.destroy();
    },
  };
}
