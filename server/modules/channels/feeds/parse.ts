import { DAY } from "#platform/clock";
import type { ParseContext, ParseResult, RawInput } from "../domain/adapter.ts";
import type { AttachmentRef, InboundEvent, Item } from "../domain/item.ts";
import { count, field, list, optionalText, parseJson, text } from "../domain/read-json.ts";
import { decodeFeed } from "./decode.ts";
import type { FeedDocument, FeedEntry } from "./feed-document.ts";
import { readFeed } from "./read-feed.ts";

/** A hub may send the whole feed again: what was written before that stood there when we came, so it is history. */
const PUSHED_WITHIN = 3 * DAY;
/** Before there were feeds: no date, but a clock that was never set. */
const NO_DATE_BEFORE = Date.UTC(1999, 2, 15);

/** A page of ours (the feed with what in it is meant), or a feed that a hub pushed, of which all is meant. Pure. */
export function parseFeedInput(input: RawInput, context: ParseContext): ParseResult {
  const pushed = input.source === "webhook";
  const page = pushed ? undefined : parseJson(input.body);
  const address = pushed ? "" : text(page, "url");
  const words = pushed ? decodeFeed(input.body, text(input.head, "contentType")) : text(page, "feed");
  const read = readFeed(words, address);
  if (!read.ok) return { events: [], ignored: [], broken: 1 };
  const { feed } = read;
  const fresh = new Set(pushed ? feed.entries.map((e) => e.id) : list(page, "fresh").filter(isText));
  const changed = new Map(
    list(page, "changed").flatMap((one): [string, number][] => {
      const [id, revision] = [optionalText(one, "id"), count(one, "revision")];
      return id !== undefined && revision !== undefined ? [[id, revision]] : [];
    }),
  );
  const isPast = (entry: FeedEntry): boolean => {
    const at = entry.published ?? entry.updated ?? input.receivedAt;
    return pushed && at > NO_DATE_BEFORE && input.receivedAt - at > PUSHED_WITHIN;
  };
  const events = feed.entries.flatMap((entry): InboundEvent[] => {
    const revision = changed.get(entry.id);
    const item = (of: string, editedAt?: number) =>
      toItem(entry, feed, { address, revision: of, editedAt }, input, context);
    if (revision !== undefined)
      return [{ type: "item.edited", item: item(String(revision), Math.min(revision, input.receivedAt)) }];
    // A push may bring a later state of an entry: its revision is the date where the feed gives one, else when it came.
    if (!fresh.has(entry.id)) return [];
    const created: Item =
      entry.updated === null
        ? { ...item(String(input.receivedAt)), datedByArrival: true }
        : item(String(entry.updated));
    return [{ type: "item.created", item: isPast(entry) ? { ...created, past: true } : created }];
  });
  const ignored = feed.left > 0 ? [{ reason: "beyond-a-thousand", count: feed.left }] : [];
  return { events, ignored, broken: 0 };
}

const isText = (value: unknown): value is string => typeof value === "string";

function toItem(
  entry: FeedEntry,
  feed: FeedDocument,
  at: { address: string; revision: string; editedAt: number | undefined },
  input: RawInput,
  { selfIds }: ParseContext,
): Item {
  const place = hostOf(feed.link ?? feed.self ?? entry.link ?? at.address);
  const author = entry.author ?? { name: feed.title || place, uri: null };
  const id = author.uri ?? author.name;
  const said = [entry.title, entry.text === entry.title ? "" : entry.text].filter((part) => part !== "").join("\n\n");
  const claimed = entry.published ?? entry.updated ?? input.receivedAt;
  return {
    externalId: entry.id,
    revision: at.revision,
    kind: entry.inReplyTo === null ? "post" : "comment",
    visibility: "public",
    thread: {
      key: `feed:${entry.inReplyTo ?? entry.id}`,
      rootId: entry.inReplyTo ?? entry.id,
      ...(entry.inReplyTo !== null && { parentId: entry.inReplyTo }),
      subject: entry.title,
    },
    author: {
      ...{ id, scope: place, handle: author.name, name: author.name },
      ...(author.uri !== null && { profileUrl: author.uri }),
      isSelf: selfIds.includes(id) || selfIds.includes(author.name),
    },
    addressedTo: [],
    text: said,
    ...(entry.language !== null && { language: entry.language }),
    entities: [],
    attachments: entry.files.map(fileOf),
    ...(entry.link !== null && { permalink: entry.link }),
    createdAt: Math.min(claimed, input.receivedAt),
    ...(at.editedAt !== undefined && { editedAt: at.editedAt }),
    why: ["subscription"],
    ...(said === "" ? { unsupported: "empty-entry" } : {}),
  };
}

function fileOf(file: FeedEntry["files"][number]): AttachmentRef {
  return {
    ...{ externalId: file.url, url: file.url },
    ...(file.mime !== null && { mime: file.mime }),
    ...(file.bytes !== null && { bytes: file.bytes }),
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, "") : "";
}

/** The raw copy with its words redacted, as UTF-8 whatever it came in: the mark in front says so. */
export function redactFeed(body: Uint8Array, redact: (text: string) => string): Uint8Array | null {
  const page = parseJson(body);
  if (typeof field(page, "feed") === "string")
    return new TextEncoder().encode(JSON.stringify({ ...(page as object), feed: redact(text(page, "feed")) }));
  return new TextEncoder().encode(`\ufeff${redact(decodeFeed(body))}`);
}
