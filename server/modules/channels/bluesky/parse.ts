import type { ParseContext, ParseResult, RawInput } from "../domain/adapter.ts";
import type { AttachmentRef, Entity, InboundEvent, Item, Why } from "../domain/item.ts";
import { count, field, instant, isFields, list, optionalText, parseJson, text } from "../domain/read-json.ts";
import { utf16Offsets } from "./offsets.ts";

const POST = "app.bsky.feed.post";
const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/;

/** Jetstream frames, one per line, of version 1 (`kind`, `commit`) or 2 (`$type: message`, `payload`). Only posts become events. */
export function parseBluesky(input: RawInput, context: ParseContext): ParseResult {
  const lines = new TextDecoder("utf-8")
    .decode(input.body)
    .split("\n")
    .filter((line) => line.trim() !== "");
  const events: InboundEvent[] = [];
  const ignored = new Map<string, number>();
  let broken = 0;
  for (const line of lines) {
    const frame = parseJson(new TextEncoder().encode(line));
    const commit = commitOf(frame);
    const read = commit ? readCommit(commit, context, input.receivedAt) : isFields(frame) ? "no-commit" : null;
    if (read === null) broken += 1;
    else if (typeof read === "string") ignored.set(read, (ignored.get(read) ?? 0) + 1);
    else events.push(read);
  }
  return { events, ignored: [...ignored].map(([reason, n]) => ({ reason, count: n })), broken };
}

interface Commit {
  did: string;
  operation: string;
  collection: string;
  rkey: string;
  cid: string;
  record: unknown;
  at: number | undefined;
}

/** Both versions of the stream say the same in other places. */
function commitOf(frame: unknown): Commit | null {
  const payload = text(frame, "$type") === "message" ? field(frame, "payload") : frame;
  const inner = field(payload, "commit") ?? (text(payload, "$type").endsWith("#commit") ? payload : undefined);
  if (!isFields(inner)) return null;
  const micros = count(frame, "time_us");
  return {
    did: text(payload, "did"),
    operation: text(inner, "operation"),
    collection: text(inner, "collection"),
    rkey: text(inner, "rkey"),
    cid: text(inner, "cid"),
    record: field(inner, "record"),
    at: micros === undefined ? instant(payload, "time") : Math.floor(micros / 1_000),
  };
}

function readCommit(commit: Commit, context: ParseContext, receivedAt: number): InboundEvent | string | null {
  if (commit.collection !== POST) return commit.collection === "" ? null : "other-collection";
  if (!commit.did.startsWith("did:") || commit.rkey === "") return null;
  const externalId = `at://${commit.did}/${POST}/${commit.rkey}`;
  const at = commit.at ?? receivedAt;
  if (commit.operation === "delete") return { type: "item.deleted", externalId, at, by: "author" };
  if (!isFields(commit.record) || commit.cid === "") return null;
  const item = readPost(commit, commit.record, externalId, context, at);
  // The network has no edits today; a rewritten record is one all the same.
  return commit.operation === "update"
    ? { type: "item.edited", item: { ...item, editedAt: at } }
    : { type: "item.created", item };
}

function readPost(commit: Commit, record: unknown, externalId: string, { selfIds }: ParseContext, at: number): Item {
  const said = text(record, "text");
  const reply = field(record, "reply");
  const rootId = optionalText(field(reply, "root"), "uri");
  const parentId = optionalText(field(reply, "parent"), "uri");
  const entities = facetEntities(record, said);
  const mentioned = entities.filter((e) => e.type === "mention").map((e) => e.value);
  const quoted = quotedOf(field(record, "embed"));
  const language = list(record, "langs").find((l): l is string => typeof l === "string" && LANGUAGE.test(l));
  return {
    externalId,
    // The hash of the record: another one after every change.
    revision: commit.cid,
    kind: parentId ? "comment" : "post",
    visibility: "public",
    thread: { key: `post:${rootId ?? externalId}`, rootId: rootId ?? externalId, ...(parentId && { parentId }) },
    author: {
      id: commit.did,
      scope: "atproto",
      // The stream names no handles: a DID is resolved later, and handles change.
      handle: "",
      name: "",
      profileUrl: `https://bsky.app/profile/${commit.did}`,
      isSelf: selfIds.includes(commit.did),
    },
    addressedTo: mentioned,
    text: said,
    ...(language && { language }),
    entities,
    attachments: imagesOf(field(record, "embed")),
    permalink: `https://bsky.app/profile/${commit.did}/post/${commit.rkey}`,
    // `createdAt` is the author's claim.
    createdAt: instant(record, "createdAt") ?? at,
    why: whyOf({ mentioned, parentId, quoted }, selfIds),
  };
}

function whyOf(
  of: { mentioned: string[]; parentId: string | undefined; quoted: string | undefined },
  selfIds: readonly string[],
): Why[] {
  const ours = (uri: string | undefined) => uri !== undefined && selfIds.some((id) => uri.startsWith(`at://${id}/`));
  const why: Why[] = [];
  if (of.mentioned.some((did) => selfIds.includes(did))) why.push("mention");
  if (ours(of.parentId)) why.push("reply");
  if (ours(of.quoted)) why.push("quote");
  return why.length > 0 ? why : ["keyword"];
}

const FEATURE: Readonly<Record<string, { type: Entity["type"]; value: string }>> = {
  "app.bsky.richtext.facet#mention": { type: "mention", value: "did" },
  "app.bsky.richtext.facet#link": { type: "url", value: "uri" },
  "app.bsky.richtext.facet#tag": { type: "hashtag", value: "tag" },
};

/** Facets count UTF-8 bytes, we UTF-16 units. One that cuts a character or points outside is left out. */
function facetEntities(record: unknown, said: string): Entity[] {
  const offsetOf = utf16Offsets(said);
  return list(record, "facets").flatMap((facet) => {
    const start = offsetOf(count(field(facet, "index"), "byteStart"));
    const end = offsetOf(count(field(facet, "index"), "byteEnd"));
    if (start === undefined || end === undefined || start >= end) return [];
    return list(facet, "features").flatMap((feature): Entity[] => {
      const name = text(feature, "$type");
      const known = Object.hasOwn(FEATURE, name) ? FEATURE[name] : undefined;
      const value = known ? text(feature, known.value) : "";
      return known && value !== "" ? [{ type: known.type, start, end, value }] : [];
    });
  });
}

function quotedOf(embed: unknown): string | undefined {
  const record = field(embed, "record");
  return optionalText(record, "uri") ?? optionalText(field(record, "record"), "uri");
}

function imagesOf(embed: unknown): AttachmentRef[] {
  const images = list(embed, "images").length > 0 ? list(embed, "images") : list(field(embed, "media"), "images");
  return images.slice(0, 4).flatMap((image) => {
    const blob = field(image, "image");
    const externalId = text(field(blob, "ref"), "$link");
    if (externalId === "") return [];
    const [mime, alt, bytes] = [optionalText(blob, "mimeType"), optionalText(image, "alt"), count(blob, "size")];
    return [{ externalId, ...(mime && { mime }), ...(alt && { alt }), ...(bytes !== undefined && { bytes }) }];
  });
}
