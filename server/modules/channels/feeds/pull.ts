import { createHash } from "node:crypto";
import { type Clock, DAY, HOUR, SECOND } from "#platform/clock";
import type { ChannelAccess, Cursor, Page, Puller, PullStream } from "../domain/adapter.ts";
import { NetworkFailure } from "../domain/errors.ts";
import { compareSeen, type FeedCursor, readCursor, remember, type SeenEntry, writeCursor } from "./cursor.ts";
import { decodeFeed } from "./decode.ts";
import { type FeedDocument, type FeedEntry, saidAt } from "./feed-document.ts";
import { type Fetched, fetchFeed } from "./fetch-feed.ts";
import { readFeed } from "./read-feed.ts";
import { insideHostOf, settingsOf } from "./settings.ts";
import { askHub } from "./websub.ts";

/** A hub tells us at once; the look stays as a back-stop. */
const WITH_HUB = HOUR;
/** Leases last from a day to ten; asking again each day renews every one of them. */
const RENEW = DAY;

/** One feed: the look that is due, with its conditions; history is what the feed still holds. */
export function feedPuller(clock: Clock): Puller {
  const streams: readonly PullStream[] = [
    { name: "feed", purpose: "primary", everyMs: 30 * SECOND },
    { name: "backfill", purpose: "backfill", everyMs: SECOND },
  ];
  return {
    streams,
    async pull(access, stream, since, _budget, signal) {
      return stream.purpose === "backfill" ? history(access, signal, clock) : look(access, since, signal, clock);
    },
  };
}

async function look(
  access: ChannelAccess,
  since: Cursor | undefined,
  signal: AbortSignal,
  clock: Clock,
): Promise<Page> {
  const settings = settingsOf(access.config);
  const known = readCursor(since);
  const now = clock.now();
  if (known && now < known.notBefore) return { body: null, next: since!.value, done: true };
  const got = await fetchFeed(known?.url || settings.url, {
    ...{ insideHost: insideHostOf(settings), signal, now },
    ...(known && { etag: known.etag, modified: known.modified }),
  });
  const askedHubAt = await renewHub(access, known, now, signal);
  const pushed = askedHubAt > 0;
  const wait = (ttl: number) => Math.max(settings.everyMs, got.freshFor, ttl, pushed ? WITH_HUB : 0);
  if (!got.body) {
    const next = { ...(known ?? nothing), url: got.movedTo, notBefore: now + wait(0), askedHubAt };
    return { body: null, next: writeCursor(next), done: true };
  }
  const feed = documentOf(got);
  const seen = feed.entries.map(shorten);
  const { fresh, changed, passed } = known
    ? compareSeen(feed.entries, known.seen, shorten, now)
    : {
        // Between connecting and the first look that succeeds there may lie hours.
        fresh: feed.entries.filter((e) => settings.since !== null && saidAt(e) > settings.since).map((e) => e.id),
        ...{ changed: [], passed: false },
      };
  const next: FeedCursor = {
    ...{ url: got.movedTo, etag: got.etag, modified: got.modified, askedHubAt },
    notBefore: now + wait(Math.min(feed.ttlMs ?? 0, HOUR)),
    seen: remember(seen, known?.seen ?? []),
  };
  return {
    body: fresh.length + changed.length === 0 ? null : envelope(got, { fresh, changed }),
    next: writeCursor(next),
    done: true,
    ...(passed && {
      gap: {
        reason:
          "All that the feed holds is new: entries came and left between two looks. Look more often, or ask for its back-fill elsewhere.",
        refilling: false,
      },
    }),
  };
}

const nothing: FeedCursor = { url: "", etag: null, modified: null, notBefore: 0, askedHubAt: 0, seen: [] };

async function history(access: ChannelAccess, signal: AbortSignal, clock: Clock): Promise<Page> {
  const settings = settingsOf(access.config);
  const got = await fetchFeed(settings.url, { insideHost: insideHostOf(settings), signal, now: clock.now() });
  const feed = documentOf(got);
  // What is new since then is for the look: read as history it would open no work, and whichever comes first decides.
  const fresh = feed.entries
    .filter((entry) => settings.since === null || saidAt(entry) <= settings.since)
    .map((entry) => entry.id);
  return { body: fresh.length === 0 ? null : envelope(got, { fresh, changed: [] }), next: "read", done: true };
}

function documentOf(got: Fetched): FeedDocument {
  const read = readFeed(decodeFeed(got.body!, got.contentType), got.url);
  if (read.ok) return read.feed;
  throw new NetworkFailure({
    class: "invalid",
    retryable: true,
    code: "no-feed",
    message: `What stands at the feed's address cannot be read. ${read.why} Check the address.`,
  });
}

/** The bytes as they came, with what in them is meant: parsing again never asks the site again. */
function envelope(
  got: Fetched,
  meant: { fresh: readonly string[]; changed: readonly { id: string; revision: number }[] },
) {
  const feed = decodeFeed(got.body!, got.contentType);
  return new TextEncoder().encode(JSON.stringify({ url: got.url, ...meant, feed }));
}

export function shorten(entry: FeedEntry): SeenEntry {
  return {
    id: createHash("sha256").update(entry.id).digest("hex").slice(0, 16),
    hash: entry.hash.slice(0, 16),
    updated: entry.updated ?? 0,
  };
}

/** When the hub was last asked, 0 where none pushes. A hub that cannot be reached is no trouble: the look goes on. */
async function renewHub(
  access: ChannelAccess,
  known: FeedCursor | undefined,
  now: number,
  signal: AbortSignal,
): Promise<number> {
  const { hub, privateNetwork } = settingsOf(access.config);
  const asked = known?.askedHubAt ?? 0;
  // A hub in the internet can call no other address.
  if (!hub || !access.hookUrl || !(access.hookUrl.startsWith("https:") || privateNetwork)) return 0;
  if (now - asked < RENEW) return asked;
  const taken = await askHub(access, { hub, callback: access.hookUrl }, signal);
  return taken ? now : asked;
}
