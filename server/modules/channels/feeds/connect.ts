import { randomBytes } from "node:crypto";
import { type Clock, SECOND } from "#platform/clock";
import type { ConnectCheck, ConnectFault, ConnectNeed, Connector } from "../domain/connector.ts";
import { NetworkFailure } from "../domain/errors.ts";
import { decodeFeed } from "./decode.ts";
import { feedAddress, feedsOfPage } from "./discover.ts";
import { type FeedDocument, saidAt } from "./feed-document.ts";
import { type Fetched, fetchFeed } from "./fetch-feed.ts";
import { readFeed } from "./read-feed.ts";
import { EVERY_MINUTES, insideHostOf, settingsOf } from "./settings.ts";
import { askHub } from "./websub.ts";

const needs: readonly ConnectNeed[] = [
  { name: "address", kind: "text", required: true },
  { name: "everyMinutes", kind: "number", required: false, fallback: String(EVERY_MINUTES) },
  { name: "privateNetwork", kind: "switch", required: false, fallback: "false" },
];

/** A feed is connected by its address, by the address of a page that offers one, or as `r/name`. */
export function feedConnector(clock: Clock): Connector {
  return {
    needs,
    async prepare(answers, signal) {
      const privateNetwork = answers.privateNetwork === "true";
      const address = feedAddress((answers.address ?? "").slice(0, 2_000));
      const no = (fault: ConnectFault, says: string) => ({ ok: false as const, need: "address", fault, says });
      if (!/^https?:/.test(address) || !URL.canParse(address))
        return no("refused", "Give the address of a feed or of a page that offers one, or r/name for a subreddit.");
      try {
        const { got, feed } = await find(address, privateNetwork, signal, clock);
        const hub = got.links.hub ?? feed.hubs[0] ?? null;
        const topic = got.links.self ?? feed.self ?? got.movedTo;
        return {
          ok: true,
          made: {
            externalId: got.movedTo,
            handle: feed.title || new URL(got.movedTo).host,
            config: {
              ...{ url: got.movedTo, privateNetwork, title: feed.title },
              // Entries that stand there and are dated in the future are history, too.
              // Feeds date by the second: what is written in this one is new.
              since: Math.max(Math.floor(clock.now() / SECOND) * SECOND - 1, ...feed.entries.map(saidAt)),
              everyMinutes: Math.min(
                Math.max(Number.parseInt(answers.everyMinutes ?? "", 10) || EVERY_MINUTES, 1),
                1_440,
              ),
              ...(hub !== null && { hub: { url: hub, topic } }),
            },
            secret: { hubSecret: randomBytes(24).toString("base64url") },
          },
        };
      } catch (error) {
        if (error instanceof NetworkFailure) return no(faultOf(error), error.message);
        throw error;
      }
    },
    async check(access, where, _budget, signal) {
      const settings = settingsOf(access.config);
      const checks: ConnectCheck[] = [];
      try {
        const { feed } = await find(settings.url, settings.privateNetwork, signal, clock);
        const newest = Math.max(0, ...feed.entries.map(saidAt));
        checks.push({
          half: "receive",
          state: "ok",
          says: `The feed is read: ${feed.entries.length} entries${newest > 0 ? `, the newest of ${new Date(newest).toISOString().slice(0, 10)}` : ""}.`,
        });
        const ahead = newest - where.now;
        checks.push(
          ahead > 10 * 60_000
            ? {
                half: "clock",
                state: "failed",
                fault: "clock-off",
                says: `The newest entry is dated ${Math.round(ahead / 60_000)} minutes in the future. Check this machine's clock and the feed's own dates.`,
              }
            : { half: "clock", state: "ok", says: "No entry is dated in the future." },
        );
      } catch (error) {
        if (!(error instanceof NetworkFailure)) throw error;
        checks.push({ half: "receive", state: "failed", fault: faultOf(error), says: error.message });
      }
      checks.push(await checkHub(access, where.hookUrl, settings, signal));
      return checks;
    },
  };
}

async function checkHub(
  access: Parameters<Connector["check"]>[0],
  hookUrl: string,
  settings: ReturnType<typeof settingsOf>,
  signal: AbortSignal,
): Promise<ConnectCheck> {
  const half = "subscription";
  if (!settings.hub)
    return {
      half,
      state: "not-tried",
      says: "The feed names no hub: it is looked at in its own time, nothing is pushed.",
    };
  if (!/^https:/.test(hookUrl) && !settings.privateNetwork)
    return {
      half,
      state: "not-tried",
      says: "The feed has a hub, but this desk has no public https address that it could call. Set HUBBUB_PUBLIC_URL; until then the feed is looked at in its own time.",
    };
  return (await askHub(access, { hub: settings.hub, callback: hookUrl }, signal))
    ? { half, state: "ok", says: "The hub took our subscription; it proves our address by a call of its own." }
    : {
        half,
        state: "failed",
        fault: "missing-half",
        says: "The feed is read, but its hub refuses to tell us of new entries. They are heard at the next look.",
      };
}

async function find(
  address: string,
  privateNetwork: boolean,
  signal: AbortSignal,
  clock: Clock,
): Promise<{ got: Fetched; feed: FeedDocument }> {
  const options = { insideHost: insideHostOf({ url: address, privateNetwork }), signal, now: clock.now() };
  const got = await fetchFeed(address, options);
  const words = decodeFeed(got.body!, got.contentType);
  const read = readFeed(words, got.url);
  if (read.ok) return { got, feed: read.feed };
  const offered = feedsOfPage(words, got.url)[0];
  if (offered) {
    const second = await fetchFeed(offered.url, options);
    const feed = readFeed(decodeFeed(second.body!, second.contentType), second.url);
    if (feed.ok) return { got: second, feed: feed.feed };
  }
  throw new NetworkFailure({
    class: "invalid",
    retryable: false,
    code: "no-feed",
    message: `${new URL(got.url).host} offers no feed there. ${read.why} Look for "RSS" or "Feed" on the site.`,
  });
}

function faultOf({ data }: NetworkFailure): ConnectFault {
  if (data.code === "private-address") return "private-address";
  return data.class === "transient" || data.class === "rate-limited" ? "unreachable" : "refused";
}
