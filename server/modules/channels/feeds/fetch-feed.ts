import type { Instant, Millis } from "#platform/clock";
import { HOUR, MINUTE } from "#platform/clock";
import { InsideAddress, type OutsideAnswer, outsideRequest, RequestFailed } from "#platform/outside";
import { classOfStatus, NetworkFailure, retryAfterMs } from "../domain/errors.ts";
import { MAX_FEED } from "./guard.ts";

export interface FetchOptions {
  /** The one host (with its port) that may lie in a private network and speak plain http; null: none may. Whoever it redirects to may not. */
  insideHost: string | null;
  /** What the last answer said of itself. */
  etag?: string | null;
  modified?: string | null;
  signal: AbortSignal;
  now: Instant;
}

export interface Fetched {
  /** Null: nothing has changed since. */
  body: Buffer | null;
  contentType: string;
  etag: string | null;
  modified: string | null;
  /** Where it was found in the end, for relative links. */
  url: string;
  /** Where it is from now on: another address only after permanent redirects. */
  movedTo: string;
  /** The answer may be kept for this long. */
  freshFor: Millis;
  /** Hub and topic as the header names them (WebSub §4). */
  links: { hub: string | null; self: string | null };
}

const MAX_HOPS = 5;
const AGENT = "Hubbub (+https://hubbub.example/feeds)";

/** Fetches a feed or page with its conditions, hop by hop (each address is looked at anew). Throws `NetworkFailure` with what to do. */
export async function fetchFeed(address: string, options: FetchOptions): Promise<Fetched> {
  let url = address;
  let movedTo = address;
  let permanent = true;
  for (let hop = 0; hop <= MAX_HOPS; hop += 1) {
    const answer = await ask(url, options, hop === 0);
    if (answer.status === 304)
      return {
        ...seen(answer, url, movedTo),
        body: null,
        etag: options.etag ?? null,
        modified: options.modified ?? null,
      };
    const target = answer.headers.location;
    if ([301, 302, 303, 307, 308].includes(answer.status) && target !== undefined && URL.canParse(target, url)) {
      url = new URL(target, url).href;
      permanent &&= answer.status === 301 || answer.status === 308;
      if (permanent) movedTo = url;
      continue;
    }
    if (answer.status !== 200) throw refused(answer, options.now);
    return { ...seen(answer, url, movedTo), body: answer.body };
  }
  throw new NetworkFailure({
    class: "invalid",
    retryable: true,
    code: "redirects",
    message: `${hostOf(address)} sends on from address to address without an end. Check the feed's address.`,
  });
}

async function ask(url: string, options: FetchOptions, first: boolean): Promise<OutsideAnswer> {
  try {
    return await outsideRequest(url, {
      headers: {
        accept:
          "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/html;q=0.5, */*;q=0.3",
        "user-agent": AGENT,
        ...(first && options.etag && { "if-none-match": options.etag }),
        ...(first && options.modified && { "if-modified-since": options.modified }),
      },
      ...{ signal: options.signal, mayBeInside: isHost(url, options.insideHost), maxBytes: MAX_FEED },
    });
  } catch (error) {
    if (error instanceof InsideAddress)
      throw new NetworkFailure({
        class: "permission",
        retryable: false,
        code: "private-address",
        message: `${hostOf(url)} lies in a private network or speaks plain http. If that is meant, allow it for this feed.`,
      });
    if (!(error instanceof RequestFailed)) throw error;
    const large = error.message.includes("too large");
    throw new NetworkFailure({
      class: large ? "invalid" : "transient",
      retryable: true,
      ...(large && { code: "too-large" }),
      message: large
        ? `${hostOf(url)} sends more than 5 MB, which is no feed. Check the address.`
        : `${hostOf(url)} cannot be reached: ${error.message}`,
    });
  }
}

function seen(answer: OutsideAnswer, url: string, movedTo: string): Omit<Fetched, "body"> {
  const header = (name: string) => answer.headers[name]?.slice(0, 500) || null;
  return {
    contentType: header("content-type") ?? "",
    etag: header("etag"),
    modified: header("last-modified"),
    url,
    movedTo,
    freshFor: freshFor(answer.headers["cache-control"] ?? ""),
    links: linksOf(answer.headers.link ?? "", url),
  };
}

/** A server may ask for at most an hour; who says "no-store" is asked in our own time. */
function freshFor(control: string): Millis {
  if (/\bno-(?:store|cache)\b/i.test(control)) return 0;
  const seconds = Number(/\bmax-age\s*=\s*"?(\d{1,9})/i.exec(control)?.[1] ?? 0);
  return Math.min(seconds * 1_000, HOUR);
}

function linksOf(header: string, base: string): Fetched["links"] {
  const of = (rel: string) => {
    for (const [, href, rest] of header.slice(0, 8_000).matchAll(/<([^<>]{1,2000})>([^<]*)/g))
      if (new RegExp(`;\\s*rel\\s*=\\s*"?(?:[^";]*\\s)?${rel}(?:[\\s";,]|$)`, "i").test(rest!))
        return URL.canParse(href!, base) ? new URL(href!, base).href : null;
    return null;
  };
  return { hub: of("hub"), self: of("self") };
}

function refused(answer: OutsideAnswer, now: Instant): NetworkFailure {
  const { status } = answer;
  const wait = retryAfterMs(answer.headers["retry-after"], now);
  const says: Readonly<Record<number, string>> = {
    401: "The feed wants a password. Only open feeds can be listened to.",
    403: "The feed's server refuses us. Ask its owner to let Hubbub read it.",
    404: "There is no feed at this address any more. Look on the site for its new one.",
    410: "The feed is gone for good (410). Remove the channel, or connect its new address.",
    429: "The feed's server wants to be asked less often.",
  };
  return new NetworkFailure({
    ...(status === 401 ? { class: "permission" as const, retryable: false } : classOfStatus(status)),
    code: String(status),
    ...(status === 429 && { retryAfterMs: wait ?? 10 * MINUTE }),
    ...(status !== 429 && wait !== undefined && { retryAfterMs: wait }),
    message: says[status] ?? `The feed's server answered ${status}.`,
  });
}

const isHost = (url: string, host: string | null): boolean =>
  host !== null && URL.canParse(url) && new URL(url).host === host;

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url.slice(0, 100));
