import { createHash } from "node:crypto";
import { parseFeed } from "feedsmith";
import { type Instant, instantOf, MINUTE } from "#platform/clock";
import { decodeReferences, htmlToText } from "#shared/plain-text";
import { field, list } from "../domain/read-json.ts";
import type { FeedDocument, FeedEntry, ReadFeed } from "./feed-document.ts";
import { hostileXml } from "./guard.ts";

const MAX_ENTRIES = 1_000;
const MAX_TEXT = 50_000;
const MAX_TITLE = 1_000;
const MAX_ID_BYTES = 1_000;

/** Reads RSS 2.0, RSS 1.0, Atom or JSON Feed, whatever it calls itself. `address`: where it was fetched, for relative links. Never throws. */
export function readFeed(words: string, address: string): ReadFeed {
  const source = words.replace(/^\ufeff/, "").trimStart();
  if (!source.startsWith("{")) {
    const hostile = hostileXml(source);
    if (hostile) return { ok: false, why: hostile };
  }
  let parsed: { format: string; feed: unknown };
  try {
    parsed = parseFeed(source) as { format: string; feed: unknown };
  } catch {
    return { ok: false, why: "It is no RSS, Atom or JSON feed." };
  }
  return { ok: true, feed: toDocument(parsed.format as FeedDocument["kind"], parsed.feed, address) };
}

function toDocument(kind: FeedDocument["kind"], feed: unknown, address: string): FeedDocument {
  const entries = [...list(feed, "items"), ...list(feed, "entries")];
  const links = [...list(feed, "links"), ...list(field(feed, "atom"), "links")];
  const linkOf = (rel: string) => links.find((l) => (words(field(l, "rel")) || "alternate") === rel);
  const base = absolute(words(field(feed, "home_page_url")) || words(field(feed, "link")), address) ?? address;
  const language =
    tag(words(field(feed, "language"))) ??
    tag(words(field(field(feed, "xml"), "lang"))) ??
    tag(words(first(field(feed, "dc"), "languages")));
  const hubs = [
    ...links.filter((l) => words(field(l, "rel")) === "hub").map((l) => words(field(l, "href"))),
    ...list(feed, "hubs")
      .filter((h) => words(field(h, "type")).toLowerCase() === "websub")
      .map((h) => words(field(h, "url"))),
  ];
  const ttl = Number(field(feed, "ttl"));
  return {
    kind,
    title: line(titleOf(field(feed, "title"), kind)),
    link: absolute(words(field(linkOf("alternate"), "href")), address) ?? (base === address ? null : base),
    language,
    self: absolute(words(field(linkOf("self"), "href")) || words(field(feed, "feed_url")), address),
    hubs: [...new Set(hubs.flatMap((hub) => absolute(hub, address) ?? []))].slice(0, 5),
    ttlMs: Number.isFinite(ttl) && ttl > 0 ? Math.min(ttl, 1_440) * MINUTE : null,
    entries: entries.slice(0, MAX_ENTRIES).map((entry) => toEntry(entry, kind, address, language)),
    left: Math.max(entries.length - MAX_ENTRIES, 0),
  };
}

function toEntry(entry: unknown, kind: FeedDocument["kind"], address: string, language: string | null): FeedEntry {
  const links = list(entry, "links");
  const alternate = links.find((l) => (words(field(l, "rel")) || "alternate") === "alternate");
  const guid = field(entry, "guid");
  const guidValue = words(field(guid, "value")) || words(guid);
  const permalink = field(guid, "isPermaLink") !== false && /^https?:/i.test(guidValue) ? guidValue : "";
  const link = absolute(
    words(field(alternate, "href")) ||
      words(field(entry, "link")) ||
      words(field(entry, "url")) ||
      words(field(entry, "external_url")) ||
      permalink,
    address,
  );
  const title = line(titleOf(field(entry, "title"), kind));
  const text = textOf(entry).slice(0, MAX_TEXT);
  const dates = (...names: string[]) => firstTime(names.map((name) => words(field(entry, name))));
  const dc = field(entry, "dc");
  const published = dates("published", "pubDate", "date_published") ?? timeOf(words(first(dc, "dates")));
  const updated = dates("updated", "date_modified") ?? timeOf(words(field(field(entry, "atom"), "updated")));
  const author = authorOf(entry);
  const files = filesOf(entry, address);
  const stated = words(field(entry, "id")) || guidValue || link || "";
  const id = stated === "" ? `sha256:${sha(title, String(published ?? ""), text)}` : stated;
  return {
    id: Buffer.byteLength(id) > MAX_ID_BYTES ? `sha256:${sha(id)}` : id,
    ...{ title, text, link, author, published, updated, files },
    language: tag(words(field(entry, "language"))) ?? tag(words(field(field(entry, "xml"), "lang"))) ?? language,
    inReplyTo: words(field(first(field(entry, "thr"), "inReplyTos"), "ref")) || null,
    hash: sha(title, text, link ?? ""),
  };
}

/** The fullest of what an entry says of itself, as plain text. */
function textOf(entry: unknown): string {
  const content = field(entry, "content");
  const media = first(field(entry, "media"), "groups") ?? field(entry, "media");
  const described = words(field(field(media, "description"), "value"));
  const said = [
    markup(field(content, "encoded")),
    construct(content),
    markup(field(entry, "content_html")),
    markup(field(entry, "description")),
    construct(field(entry, "summary")),
    words(field(entry, "content_text")),
    described,
  ];
  return said.find((text) => text.trim() !== "")?.trim() ?? "";
}

const markup = (of: unknown): string => htmlToText(words(of).slice(0, 2_000_000));

/** An atom text construct (RFC 4287 §3.1): plain text as it stands, everything else is markup. */
function construct(of: unknown): string {
  const type = words(field(of, "type"));
  const value = words(field(of, "value")) || words(of);
  return type === "" || type === "text" || type === "text/plain" ? value : markup(value);
}

function titleOf(of: unknown, kind: FeedDocument["kind"]): string {
  if (kind === "json") return words(of);
  const type = words(field(of, "type"));
  const value = words(field(of, "value")) || words(of);
  if (kind === "atom" && (type === "" || type === "text")) return value;
  // RSS says of a title neither that it is markup nor that it is none: a tag is one, a lone "<" is a sign.
  return /<[a-z/!]/i.test(value) ? htmlToText(value) : decodeReferences(value);
}

function authorOf(entry: unknown): FeedEntry["author"] {
  const dc = first(field(entry, "dc"), "creators");
  const first0 = list(entry, "authors")[0];
  const said = words(field(first0, "name")) || words(dc) || words(first0) || words(field(first0, "email"));
  // The pattern below looks at each "@" anew: of a name of a megabyte it would never come to an end.
  const name = said.slice(0, 500);
  // RSS: "mail@example.com (Ann Ansel)".
  const inside = /^\S+@\S+\s+\((.{1,200})\)\s*$/.exec(name)?.[1];
  const shown = line(inside ?? name).slice(0, 200);
  const uri = words(field(first0, "uri")) || words(field(first0, "url"));
  return shown === "" ? null : { name: shown, uri: absolute(uri, "") };
}

function filesOf(entry: unknown, address: string): FeedEntry["files"] {
  const media = field(entry, "media");
  const found = [
    ...list(entry, "enclosures"),
    ...list(entry, "attachments"),
    ...list(entry, "links").filter((l) => words(field(l, "rel")) === "enclosure"),
    ...[media, ...list(media, "groups")].flatMap((m) => [...list(m, "contents"), ...list(m, "thumbnails")]),
  ].flatMap((file) => {
    const url = absolute(words(field(file, "url")) || words(field(file, "href")), address);
    if (!url) return [];
    const bytes = Number(field(file, "length") ?? field(file, "fileSize") ?? field(file, "size_in_bytes"));
    return [
      {
        url,
        mime: words(field(file, "type")) || words(field(file, "mime_type")) || null,
        bytes: Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null,
      },
    ];
  });
  return [...new Map(found.map((file) => [file.url, file])).values()].slice(0, 10);
}

/** Http and https only, without a fragment that only a browser would use; null for anything else. */
function absolute(href: string, base: string): string | null {
  const trimmed = href.trim().slice(0, 2_000);
  if (trimmed === "" || !URL.canParse(trimmed, base || undefined)) return null;
  const url = new URL(trimmed, base || undefined);
  if ((url.protocol !== "http:" && url.protocol !== "https:") || url.username !== "" || url.password !== "")
    return null;
  return url.href;
}

function firstTime(said: readonly string[]): Instant | null {
  for (const one of said) {
    const at = timeOf(one);
    if (at !== null) return at;
  }
  return null;
}
function timeOf(said: string): Instant | null {
  const plain = said.trim().slice(0, 100);
  return plain === "" ? null : instantOf(plain);
}

const words = (value: unknown): string => (typeof value === "string" ? value : "");
const first = (of: unknown, name: string): unknown => list(of, name)[0];
const line = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, MAX_TITLE).toWellFormed();
const tag = (language: string): string | null =>
  /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.exec(language.trim())?.[0] ?? null;
const sha = (...parts: string[]): string =>
  createHash("sha256")
    .update(parts.map((p) => `${p.length}:${p}`).join(""))
    .digest("hex");
