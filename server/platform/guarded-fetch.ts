import http from "node:http";
import https from "node:https";
import { pipeline } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Millis } from "./clock.ts";
import { checkOutside, InsideAddress, outsideAgents, type Resolve } from "./outside.ts";

/** Why something that a stranger named was not fetched. `again`: another try may bring it. */
export type FetchFault = "address" | "too-large" | "not-there" | "refused" | "unreachable" | "too-slow" | "redirects";

export class FetchRefused extends Error {
  readonly why: FetchFault;
  readonly again: boolean;
  constructor(why: FetchFault, message: string, again = false) {
    super(message);
    this.name = "FetchRefused";
    this.why = why;
    this.again = again;
  }
}

export interface GuardedFetch {
  /** Of the body as it is handed on, unpacked. */
  maxBytes: number;
  /** For all of it, redirects included; the usual caller is a worker that has other things to fetch. */
  totalMs?: Millis;
  /** Without a byte for so long it is over. */
  idleMs?: Millis;
  /** Of one origin the operator said that it may lie in a private network. Asked anew for each redirect. */
  mayBeInside?(url: URL): boolean;
  /** For the first address only: nothing of it goes along to where a redirect leads. */
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  /** How names are looked up, for tests. */
  resolve?: Resolve;
}

export interface FetchedHead {
  status: number;
  /** As the other side states it; nobody believes it. */
  mime: string;
  /** From Content-Disposition. */
  name: string | null;
}

const REDIRECTS = 3;
const UNPACK = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/**
 * Fetches what a stranger named and hands its bytes on as they come: only public addresses (looked at when the connection is made, so
 * a name that changes in between does not help), each redirect as if it were the first, bounded in bytes after unpacking, in time, and in
 * silence. `take` gets the body once; what it makes is returned. Throws `FetchRefused`.
 */
export async function guardedFetch<T>(
  address: string,
  options: GuardedFetch,
  take: (head: FetchedHead, body: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const { totalMs = 60_000, signal } = options;
  const over = AbortSignal.any([AbortSignal.timeout(totalMs), ...(signal ? [signal] : [])]);
  let next = address;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const url = checked(next, options);
    const answer = await ask(url, options, over, hop === 0);
    const { statusCode: status = 0, headers } = answer;
    if (status >= 300 && status < 400 && headers.location) {
      answer.destroy();
      const to = URL.parse(headers.location, url);
      if (!to) throw new FetchRefused("redirects", "It leads on to something that is no address.");
      next = to.href;
      continue;
    }
    try {
      if (status !== 200) throw refusedBy(status);
      if (Number(headers["content-length"] ?? 0) > options.maxBytes) throw tooLarge(options.maxBytes);
      const head = {
        status,
        mime: String(headers["content-type"] ?? ""),
        name: nameIn(headers["content-disposition"]),
      };
      return await take(head, bodyOf(answer, options.maxBytes, over));
    } finally {
      answer.destroy();
    }
  }
  throw new FetchRefused("redirects", `It leads on more than ${REDIRECTS} times.`);
}

function checked(address: string, { mayBeInside }: GuardedFetch): URL {
  const url = URL.parse(address);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.username !== "" || url.password !== "")
    throw new FetchRefused("address", "It is no web address that can be fetched.");
  if (mayBeInside?.(url)) return url;
  try {
    checkOutside(url);
  } catch (error) {
    throw new FetchRefused("address", (error as Error).message);
  }
  return url;
}

function ask(url: URL, options: GuardedFetch, over: AbortSignal, first: boolean): Promise<http.IncomingMessage> {
  const secure = url.protocol === "https:";
  const agent = options.mayBeInside?.(url) ? undefined : outsideAgents(options.resolve)[secure ? "https" : "http"];
  return new Promise((resolve, reject) => {
    const idle = options.idleMs ?? 10_000;
    const request = (secure ? https : http).request(url, {
      method: "GET",
      headers: {
        accept: "*/*",
        "accept-encoding": "identity",
        "user-agent": "Hubbub",
        ...(first && options.headers),
      },
      ...(agent && { agent }),
      timeout: idle,
      // A header of many megabytes is as bad as such a body.
      maxHeaderSize: 16_384,
      signal: over,
    });
    const silent = () => new FetchRefused("too-slow", "Nothing came for too long.", true);
    request.once("timeout", () => request.destroy(silent()));
    request.once("response", (answer) => {
      // From here on the silence is one inside of the body, and its reader is to hear of it.
      request.removeAllListeners("timeout");
      answer.setTimeout(idle, () => answer.destroy(silent()));
      resolve(answer);
    });
    request.on("error", (error) => reject(faultOf(error, over)));
    request.end();
  });
}

function faultOf(error: unknown, over: AbortSignal): FetchRefused {
  if (error instanceof FetchRefused) return error;
  if (error instanceof InsideAddress) return new FetchRefused("address", error.message);
  if (over.aborted) return new FetchRefused("too-slow", "It did not come in time.", true);
  return new FetchRefused("unreachable", `It could not be fetched: ${(error as Error).message.slice(0, 200)}`, true);
}

function refusedBy(status: number): FetchRefused {
  // A link that has run out is told as forbidden by some networks.
  if (status === 404 || status === 410) return new FetchRefused("not-there", `It is not there any more (${status}).`);
  if (status === 401 || status === 403) return new FetchRefused("not-there", `The link has run out (${status}).`);
  if (status === 429 || status >= 500)
    return new FetchRefused("unreachable", `The other side answered ${status}.`, true);
  return new FetchRefused("refused", `The other side answered ${status}.`);
}

const tooLarge = (most: number) => new FetchRefused("too-large", `It has more than ${most} bytes.`);

async function* bodyOf(answer: http.IncomingMessage, most: number, over: AbortSignal): AsyncGenerator<Uint8Array> {
  const packed = String(answer.headers["content-encoding"] ?? "identity")
    .trim()
    .toLowerCase();
  const make = Object.hasOwn(UNPACK, packed) ? UNPACK[packed as keyof typeof UNPACK] : null;
  if (!make && packed !== "identity" && packed !== "")
    throw new FetchRefused("refused", `It is packed as "${packed.slice(0, 40)}", which is not read here.`);
  const bytes = make ? pipeline(answer, make({ chunkSize: 16_384 }), () => {}) : answer;
  let size = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > most) throw tooLarge(most);
      yield chunk;
    }
  } catch (error) {
    throw faultOf(error, over);
  } finally {
    bytes.destroy();
  }
  if (!answer.complete) throw new FetchRefused("unreachable", "The connection ended inside of it.", true);
}

/** RFC 6266, as far as strangers keep to it. */
function nameIn(said: string | string[] | undefined): string | null {
  const line = String(said ?? "").slice(0, 2_000);
  const long = /filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(line)?.[1];
  if (long)
    try {
      return decodeURIComponent(long);
    } catch {
      return null;
    }
  return /filename\s*=\s*"([^"]*)"/i.exec(line)?.[1] ?? /filename\s*=\s*([^;\s]+)/i.exec(line)?.[1] ?? null;
}
