import { type Clock, iso, MINUTE, SECOND } from "#platform/clock";
import type { Cursor, Page, Puller, PullStream } from "../domain/adapter.ts";
import { list, text } from "../domain/read-json.ts";
import { ownPostsPage } from "./own-posts.ts";
import { type Ask, newest, pageOfLines, readWalk, seenLine } from "./pages.ts";
import type { Sessions } from "./session.ts";
import { settingsOf } from "./settings.ts";
import { answered } from "./xrpc.ts";

export interface PullDeps {
  clock: Clock;
  sessions: Sessions;
}

const streams = [
  { name: "notifications", purpose: "primary", everyMs: 10 * SECOND },
  { name: "search", purpose: "primary", everyMs: 60 * SECOND },
  { name: "own-posts", purpose: "primary", everyMs: 60 * SECOND },
  { name: "backfill", purpose: "backfill", everyMs: SECOND },
] as const satisfies readonly PullStream[];

/** What an AppView tells us of others, and our own repository read back. */
export function blueskyPuller(deps: PullDeps): Puller {
  return {
    streams,
    async pull(access, stream, since, budget, signal) {
      const settings = settingsOf(access.config);
      const ask: Ask = async (method, query) => {
        const spec = { method, query, bucket: "read", for: "listening" } as const;
        return answered(await deps.sessions.call(access, spec, budget, signal));
      };
      switch (stream.name) {
        case "notifications":
          return settings.appView ? notificationsPage(ask, since) : nothing(since);
        case "backfill":
          return settings.appView ? historyPage(ask, since) : nothing(since);
        case "search":
          return settings.appView && settings.keywords.length > 0
            ? searchPage(ask, settings.keywords, since, deps.clock.now())
            : nothing(since);
        default:
          return ownPostsPage(ask, access, since);
      }
    },
  };
}

const nothing = (since: Cursor | undefined): Page => ({ body: null, next: since?.value ?? "", done: true });

const REASONS = new Set(["mention", "reply", "quote"]);

/** app.bsky.notification.listNotifications goes backwards: page after page until something already seen. */
async function notificationsPage(ask: Ask, since: Cursor | undefined): Promise<Page> {
  const walk = readWalk(since);
  const answer = await ask("app.bsky.notification.listNotifications", { limit: 100, cursor: walk?.page });
  const all = list(answer, "notifications");
  const times = all.map((n) => text(n, "indexedAt")).filter((t) => t !== "");
  const top = newest(walk, times);
  // First run: what was before the connection is history, fetched only when somebody asks for it.
  if (!walk) return { body: null, next: JSON.stringify({ seen: top }), done: true };
  // Of the same moment more may have come since: those are read again and told apart by their keys.
  const fresh = all.filter((n) => text(n, "indexedAt") >= walk.seen);
  const page = text(answer, "cursor");
  const more = fresh.length === all.length && all.length > 0 && page !== "" && page !== walk.page;
  return {
    body: pageOfLines(fresh.filter((n) => REASONS.has(text(n, "reason"))).flatMap(seenLine)),
    next: JSON.stringify(more ? { seen: walk.seen, top, page } : { seen: top }),
    done: !more,
  };
}

async function historyPage(ask: Ask, since: Cursor | undefined): Promise<Page> {
  const answer = await ask("app.bsky.notification.listNotifications", {
    limit: 100,
    cursor: since?.value || undefined,
  });
  const page = text(answer, "cursor");
  const all = list(answer, "notifications");
  const done = page === "" || page === since?.value || all.length === 0;
  return {
    body: pageOfLines(all.filter((n) => REASONS.has(text(n, "reason"))).flatMap(seenLine)),
    next: page || since?.value || "",
    done,
  };
}

/** A search index is behind its network for a while. */
const INDEX_LAG = 10 * MINUTE;
const MOST_PAGES = 20;

/** app.bsky.feed.searchPosts, one word after the other, newest first, back to the last run. */
async function searchPage(
  ask: Ask,
  keywords: readonly string[],
  since: Cursor | undefined,
  now: number,
): Promise<Page> {
  const at = readSearch(since);
  if (!at) return { body: null, next: JSON.stringify({ from: now, word: 0, pages: 0 }), done: true };
  const word = keywords[at.word];
  if (word === undefined)
    return { body: null, next: JSON.stringify({ from: at.begun ?? now, word: 0, pages: 0 }), done: true };
  const begun = at.begun ?? now;
  const answer = await ask("app.bsky.feed.searchPosts", {
    ...{ q: /\s/.test(word) ? `"${word.replaceAll('"', "")}"` : word, sort: "latest", limit: 100 },
    ...{ since: iso(Math.max(0, at.from - INDEX_LAG)), cursor: at.page },
  });
  const page = text(answer, "cursor");
  const more = page !== "" && page !== at.page && at.pages + 1 < MOST_PAGES;
  const next = more
    ? { from: at.from, begun, word: at.word, pages: at.pages + 1, page }
    : { from: at.from, begun, word: at.word + 1, pages: 0 };
  const isLast = !more && at.word + 1 >= keywords.length;
  return {
    body: pageOfLines(
      list(answer, "posts")
        .flatMap(seenLine)
        .map((line) => ({ ...line, found: "keyword" })),
    ),
    next: JSON.stringify(isLast ? { from: begun, word: 0, pages: 0 } : next),
    done: isLast,
  };
}

interface Search {
  /** Instants: of the last whole run, and of this one. */
  from: number;
  begun?: number;
  word: number;
  pages: number;
  page?: string;
}

function readSearch(since: Cursor | undefined): Search | undefined {
  try {
    const value = JSON.parse(since?.value ?? "") as Search;
    return Number.isSafeInteger(value.from) && Number.isSafeInteger(value.word) ? value : undefined;
  } catch {
    return undefined;
  }
}
