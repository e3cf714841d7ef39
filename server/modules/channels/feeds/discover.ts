import { decodeReferences } from "#shared/plain-text";

const FEED_TYPES = /^application\/(?:rss\+xml|atom\+xml|feed\+json|rdf\+xml|json)$/i;

/** The feeds that a page offers (`link rel=alternate`), in its order. */
export function feedsOfPage(html: string, address: string): { url: string; title: string }[] {
  const found: { url: string; title: string }[] = [];
  for (const [tag] of html.slice(0, 500_000).matchAll(/<link\b[^>]{1,4000}>/gi)) {
    const rel = attribute(tag, "rel").toLowerCase().split(/\s+/);
    const href = attribute(tag, "href");
    if (!rel.includes("alternate") || !FEED_TYPES.test(attribute(tag, "type").trim()) || !URL.canParse(href, address))
      continue;
    const url = new URL(href, address);
    if (url.protocol === "https:" || url.protocol === "http:")
      found.push({ url: url.href, title: attribute(tag, "title").slice(0, 200) });
  }
  return [...new Map(found.map((one) => [one.url, one])).values()].slice(0, 20);
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag);
  return decodeReferences(found?.[1] ?? found?.[2] ?? found?.[3] ?? "");
}

/** Addresses of places that people know and their feeds: what is pasted is turned into where it can be heard. */
export function feedAddress(pasted: string): string {
  const said = pasted.trim();
  const subreddit = /^\/?r\/([A-Za-z0-9_]{2,40})\/?$/.exec(said)?.[1];
  if (subreddit) return `https://www.reddit.com/r/${subreddit}/new/.rss`;
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(said) ? said : `https://${said}`;
  if (!URL.canParse(whole)) return whole;
  const url = new URL(whole);
  const host = url.hostname.replace(/^(?:www|m|old|new)\./, "");
  const [, first = "", second = "", third = ""] = url.pathname.split("/");
  if (host === "reddit.com" && first === "r" && second !== "" && !url.pathname.endsWith(".rss"))
    return third === "search" || third === "comments"
      ? `https://www.reddit.com${url.pathname.replace(/\/$/, "")}/.rss${url.search}`
      : `https://www.reddit.com/r/${second}/new/.rss`;
  if (host === "youtube.com" && first === "channel" && /^UC[\w-]{10,40}$/.test(second))
    return `https://www.youtube.com/feeds/videos.xml?channel_id=${second}`;
  return url.href;
}
