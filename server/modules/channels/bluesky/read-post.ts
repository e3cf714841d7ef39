import type { ParseContext } from "../domain/adapter.ts";
import type { AttachmentRef, Entity, Identity, Item, Why } from "../domain/item.ts";
import { count, field, instant, list, optionalText, text } from "../domain/read-json.ts";
import { blobUri, permalinkOf, postUri } from "./at-uri.ts";
import { utf16Offsets } from "./offsets.ts";

const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/;

/** Who wrote a post, as far as whoever showed it to us said so. */
export interface PostAuthor {
  did: string;
  handle: string;
  name: string;
  followers?: number;
  avatarUrl?: string;
}

export interface SeenPost {
  author: PostAuthor;
  rkey: string;
  cid: string;
  /** The record `app.bsky.feed.post`, from a stranger. */
  record: unknown;
  at: number;
  /** For which reason beside its own words it was kept. */
  found?: "thread" | "keyword" | undefined;
}

/** A post in our words. */
export function readPost(seen: SeenPost, { selfIds }: ParseContext): Item {
  const { author, rkey, cid, record, at } = seen;
  const externalId = postUri(author.did, rkey);
  const said = text(record, "text");
  const reply = field(record, "reply");
  const rootId = optionalText(field(reply, "root"), "uri");
  const parentId = optionalText(field(reply, "parent"), "uri");
  const entities = facetEntities(record, said);
  const mentioned = entities.filter((e) => e.type === "mention").map((e) => e.value);
  const quoted = quotedOf(field(record, "embed"));
  const language = list(record, "langs").find((l): l is string => typeof l === "string" && LANGUAGE.test(l));
  const isSelf = selfIds.includes(author.did);
  return {
    externalId,
    // The hash of the record: another one after every change.
    revision: cid,
    kind: parentId ? "comment" : "post",
    visibility: "public",
    thread: { key: `post:${rootId ?? externalId}`, rootId: rootId ?? externalId, ...(parentId && { parentId }) },
    author: identityOf(author, isSelf),
    addressedTo: mentioned,
    text: said,
    ...(language && { language }),
    entities,
    attachments: imagesOf(author.did, field(record, "embed")),
    permalink: permalinkOf(author.did, rkey),
    // `createdAt` is the author's claim.
    createdAt: instant(record, "createdAt") ?? at,
    why: isSelf ? [] : whyOf({ mentioned, parentId, rootId, quoted, found: seen.found }, selfIds),
  };
}

export function identityOf(author: PostAuthor, isSelf: boolean): Identity {
  return {
    id: author.did,
    scope: "atproto",
    handle: author.handle,
    name: author.name,
    ...(author.followers !== undefined && { followers: author.followers }),
    ...(author.avatarUrl && { avatarUrl: author.avatarUrl }),
    profileUrl: `https://bsky.app/profile/${author.did}`,
    ...(isOwnDomain(author.handle) && { verifiedLinks: [{ kind: "site", domain: author.handle.toLowerCase() }] }),
    isSelf,
  };
}

/**
 * A handle is a domain that points back to the account: the network has verified both ways. Not of handles that the service gives, and not
 * of "handle.invalid", which it shows where one of the ways fails. Source: atproto.com/specs/handle.
 */
function isOwnDomain(handle: string): boolean {
  return (
    handle.length <= 253 &&
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(handle) &&
    !/(?:^|\.)bsky\.social$|\.invalid$/i.test(handle)
  );
}

interface Reasons {
  mentioned: readonly string[];
  parentId: string | undefined;
  rootId: string | undefined;
  quoted: string | undefined;
  found: "thread" | "keyword" | undefined;
}

function whyOf(of: Reasons, selfIds: readonly string[]): Why[] {
  const ours = (uri: string | undefined) => uri !== undefined && selfIds.some((id) => uri.startsWith(`at://${id}/`));
  const why: Why[] = [];
  if (of.mentioned.some((did) => selfIds.includes(did))) why.push("mention");
  if (ours(of.parentId)) why.push("reply");
  if (ours(of.quoted)) why.push("quote");
  if (why.length > 0) return why;
  return ours(of.rootId) || of.found === "thread" ? ["own-thread"] : ["keyword"];
}

const FEATURE: Readonly<Record<string, { type: Entity["type"]; value: string }>> = {
  "app.bsky.richtext.facet#mention": { type: "mention", value: "did" },
  "app.bsky.richtext.facet#link": { type: "url", value: "uri" },
  "app.bsky.richtext.facet#tag": { type: "hashtag", value: "tag" },
};

/** Facets count UTF-8 bytes, we UTF-16 units. One that cuts a character or points outside is left out. */
function facetEntities(record: unknown, said: string): Entity[] {
  const offsetOf = utf16Offsets(said);
  return list(record, "facets")
    .slice(0, 1_000)
    .flatMap((facet) => {
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

/** The post that this one quotes: app.bsky.embed.record, or recordWithMedia around one. */
export function quotedOf(embed: unknown): string | undefined {
  const record = field(embed, "record");
  return optionalText(record, "uri") ?? optionalText(field(record, "record"), "uri");
}

/** DIDs that a post's facets mention. */
export function mentionsOf(record: unknown): string[] {
  return list(record, "facets").flatMap((facet) =>
    list(facet, "features").flatMap((f) => optionalText(f, "did") ?? []),
  );
}

function imagesOf(did: string, embed: unknown): AttachmentRef[] {
  const images = list(embed, "images").length > 0 ? list(embed, "images") : list(field(embed, "media"), "images");
  return images.slice(0, 4).flatMap((image) => {
    const blob = field(image, "image");
    const externalId = text(field(blob, "ref"), "$link");
    if (externalId === "") return [];
    const [mime, alt, bytes] = [optionalText(blob, "mimeType"), optionalText(image, "alt"), count(blob, "size")];
    return [
      {
        externalId,
        url: blobUri(did, externalId),
        ...(mime && { mime }),
        ...(alt && { alt }),
        ...(bytes !== undefined && { bytes }),
      },
    ];
  });
}
