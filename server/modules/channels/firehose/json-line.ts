import type { Instant } from "#platform/clock";
import type { ParseContext, StrangersPost } from "../domain/adapter.ts";
import type { InboundEvent } from "../domain/item.ts";
import { count, field, instant, isFields, list, optionalText, text } from "../domain/read-json.ts";

const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/;
const KINDS = ["post", "comment", "review"] as const;
const MAX_TEXT = 20_000;

/** One line of docs/formats/heard-lines.md, from a stranger. Null: it names no post. */
export interface HeardLine {
  readonly id: string;
  readonly deleted: boolean;
  readonly at: Instant | null;
  readonly cursor: string | null;
  readonly post: StrangersPost;
}

const timeOf = (line: unknown, name: string): Instant | null => instant(line, name) ?? count(line, name) ?? null;
const strings = (of: unknown, name: string) => list(of, name).filter((one): one is string => typeof one === "string");
const authorId = (line: unknown) => {
  const author = field(line, "author");
  return typeof author === "string" ? author : text(author, "id") || text(author, "handle");
};

export function readHeardLine(line: unknown, now: Instant): HeardLine | null {
  const id = text(line, "id");
  if (!isFields(line) || id === "" || id.length > 1_000) return null;
  const author = field(line, "author");
  const lang = text(line, "lang");
  const has = strings(line, "has").filter((one) => one === "images" || one === "video" || one === "media");
  const is: NonNullable<StrangersPost["is"]>[number][] = [];
  if (text(line, "reply_to") !== "") is.push("reply");
  for (const one of ["repost", "quote"] as const) if (strings(line, "is").includes(one)) is.push(one);
  if (field(author, "verified") === true) is.push("verified");
  const at = timeOf(line, "at");
  return {
    ...{ id, at, deleted: field(line, "deleted") === true },
    cursor: optionalText(line, "cursor")?.slice(0, 1_000) ?? null,
    post: {
      ...{ text: text(line, "text").slice(0, MAX_TEXT), at: at ?? now, has, is },
      from: text(author, "handle") || authorId(line),
      to: strings(line, "to").slice(0, 50),
      ...(LANGUAGE.test(lang) && { lang }),
      links: strings(line, "links").slice(0, 20),
      followers: count(author, "followers"),
    },
  };
}

/** The same line as what `channels` stores. */
export function eventOfLine(line: unknown, context: ParseContext, receivedAt: Instant): InboundEvent | null {
  const read = readHeardLine(line, receivedAt);
  if (!read) return null;
  const { id, at, deleted, post } = read;
  if (deleted) return { type: "item.deleted", externalId: id, at: at ?? receivedAt, by: "author" };
  const author = field(line, "author");
  const [handle, who] = [text(author, "handle") || authorId(line), authorId(line)];
  if (who === "" || post.text === "") return null;
  const parentId = optionalText(line, "reply_to");
  const rootId = optionalText(line, "root") ?? parentId ?? id;
  const editedAt = timeOf(line, "edited_at");
  const permalink = optionalText(line, "url");
  const kind = KINDS.find((one) => one === text(line, "kind")) ?? (parentId ? "comment" : "post");
  const item = {
    ...{ externalId: id, revision: editedAt === null ? "1" : String(editedAt), kind, visibility: "public" as const },
    thread: { key: `post:${rootId}`, rootId, ...(parentId && { parentId }) },
    author: {
      ...{ id: who, scope: context.channelId, handle, name: text(author, "name").slice(0, 640) },
      ...(post.followers !== undefined && { followers: post.followers }),
      ...(field(author, "verified") === true && { verified: true }),
      ...(field(author, "bot") === true && { isBot: true }),
      isSelf: false,
    },
    ...{ addressedTo: [], text: post.text, attachments: [] },
    ...(post.lang !== undefined && { language: post.lang }),
    entities: [],
    ...(permalink && /^https?:\/\//.test(permalink) && { permalink: permalink.slice(0, 2_000) }),
    createdAt: at ?? receivedAt,
    why: ["keyword" as const],
  };
  return editedAt === null ? { type: "item.created", item } : { type: "item.edited", item: { ...item, editedAt } };
}
