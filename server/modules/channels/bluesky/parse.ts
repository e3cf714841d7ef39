import type { ParseContext, ParseResult, RawInput } from "../domain/adapter.ts";
import type { InboundEvent } from "../domain/item.ts";
import { count, field, instant, isFields, mapTexts, optionalText, parseJson, text } from "../domain/read-json.ts";
import { POST, postUri, readPostUri } from "./at-uri.ts";
import { type PostAuthor, readPost } from "./read-post.ts";

/**
 * One thing per line. Streams give `commit`, `identity` and `account` (Jetstream version 1 by `kind`, version 2 by `$type: message`;
 * frames of subscribeRepos are put into the form of version 1); what was pulled are lines of kind `post`.
 */
export function parseBluesky(input: RawInput, context: ParseContext): ParseResult {
  const events: InboundEvent[] = [];
  const ignored = new Map<string, number>();
  let broken = 0;
  for (const line of linesOf(input.body)) {
    const read = readLine(parseJson(line), context, input.receivedAt);
    if (read === null) broken += 1;
    else if (typeof read === "string") ignored.set(read, (ignored.get(read) ?? 0) + 1);
    else events.push(read);
  }
  return { events, ignored: [...ignored].map(([reason, n]) => ({ reason, count: n })), broken };
}

function* linesOf(body: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < body.length; ) {
    const end = body.indexOf(10, from);
    const line = body.subarray(from, end < 0 ? body.length : end);
    if (line.some((byte) => byte > 32)) yield line;
    from = end < 0 ? body.length : end + 1;
  }
}

/** An event; or why it carries none; or null when it could not be read. */
function readLine(frame: unknown, context: ParseContext, receivedAt: number): InboundEvent | string | null {
  if (!isFields(frame)) return null;
  if (text(frame, "kind") === "post") return readSeen(frame, context, receivedAt);
  const payload = text(frame, "$type") === "message" ? field(frame, "payload") : frame;
  const micros = count(frame, "time_us");
  const at = (micros === undefined ? instant(payload, "time") : Math.floor(micros / 1_000)) ?? receivedAt;
  const inner = (kind: string) =>
    field(payload, kind) ?? (text(payload, "$type").endsWith(`#${kind}`) ? payload : undefined);
  const did = text(payload, "did");
  const commit = inner("commit");
  if (isFields(commit)) return readCommit(did, commit, frame, context, at);
  if (!did.startsWith("did:")) return "no-commit";
  const identity = inner("identity");
  if (isFields(identity)) {
    const [handle, name] = [optionalText(identity, "handle"), optionalText(identity, "name")];
    if (!handle) return "identity-without-handle";
    return { type: "author.changed", author: { id: did, scope: "atproto", handle, ...(name && { name }) }, at };
  }
  const account = inner("account");
  if (isFields(account)) {
    if (field(account, "active") !== false || !GONE.has(text(account, "status"))) return "account-is-there";
    return {
      type: "author.gone",
      authorId: did,
      at,
      by: BY_AUTHOR.has(text(account, "status")) ? "author" : "network",
    };
  }
  return "no-commit";
}

/** States of an account in which nothing of it may be shown (com.atproto.sync.subscribeRepos#account). */
export const GONE: ReadonlySet<string> = new Set(["deleted", "deactivated", "takendown", "suspended"]);
const BY_AUTHOR = new Set(["deleted", "deactivated"]);

function readCommit(
  did: string,
  commit: object,
  frame: unknown,
  context: ParseContext,
  at: number,
): InboundEvent | string | null {
  const collection = text(commit, "collection");
  if (collection !== POST) return collection === "" ? null : "other-collection";
  const rkey = text(commit, "rkey");
  if (!did.startsWith("did:") || rkey === "") return null;
  const operation = text(commit, "operation");
  if (operation === "delete") return { type: "item.deleted", externalId: postUri(did, rkey), at, by: "author" };
  const record = field(commit, "record");
  const cid = text(commit, "cid");
  if (!isFields(record) || cid === "") return null;
  const author = authorOf(field(frame, "author"), did);
  const item = readPost({ author, rkey, cid, record, at, found: foundBy(frame) }, context);
  // The network has no edits today; a rewritten record is one all the same.
  return operation === "update"
    ? { type: "item.edited", item: { ...item, editedAt: at } }
    : { type: "item.created", item };
}

/** A post as notifications, search or a repository show it. */
function readSeen(line: unknown, context: ParseContext, receivedAt: number): InboundEvent | null {
  const name = readPostUri(text(line, "uri"));
  const cid = text(line, "cid");
  const record = field(line, "record");
  if (!name || cid === "" || !isFields(record)) return null;
  const author = authorOf(field(line, "author"), name.did);
  const at = instant(line, "indexedAt") ?? receivedAt;
  return {
    type: "item.created",
    item: readPost({ author, rkey: name.rkey, cid, record, at, found: foundBy(line) }, context),
  };
}

function authorOf(author: unknown, did: string): PostAuthor {
  const [followers, avatarUrl] = [count(author, "followersCount"), optionalText(author, "avatar")];
  return {
    ...{ did, handle: text(author, "handle"), name: text(author, "displayName") },
    ...(followers !== undefined && { followers }),
    ...(avatarUrl?.startsWith("https://") && { avatarUrl }),
  };
}

function foundBy(line: unknown): "thread" | "keyword" | undefined {
  const found = text(line, "found");
  return found === "thread" || found === "keyword" ? found : undefined;
}

const TEXTS: ReadonlySet<string> = new Set(["text", "alt", "displayName", "description"]);

/** Line by line: the form stays. */
export function redactBluesky(body: Uint8Array, redact: (text: string) => string): Uint8Array | null {
  const lines: Uint8Array[] = [];
  for (const line of linesOf(body)) {
    const clean = mapTexts(line, TEXTS, redact);
    if (!clean) return null;
    lines.push(clean, NEWLINE);
  }
  return Buffer.concat(lines);
}
const NEWLINE = new Uint8Array([10]);
