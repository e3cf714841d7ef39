import { findEntities } from "#shared/entities";
import type { ParseContext, ParseResult, RawInput } from "../domain/adapter.ts";
import type { AttachmentRef, Entity, Identity, InboundEvent, Item, Why } from "../domain/item.ts";
import { count, field, instant, isFields, list, mapTexts, optionalText, parseJson, text } from "../domain/read-json.ts";

/** Webhook bodies and feed pages carry the same events (API §4, §5): one parser for both. */
export function parsePlayground(input: RawInput, context: ParseContext): ParseResult {
  const body = parseJson(input.body);
  if (!isFields(body) || !Array.isArray(field(body, "events"))) return { events: [], ignored: [], broken: 1 };
  const network = text(body, "network");
  const events: InboundEvent[] = [];
  const ignored = new Map<string, number>();
  let broken = 0;
  for (const event of list(body, "events")) {
    const read = readEvent(event, network, context, input.receivedAt);
    if (read === null) broken += 1;
    else if (typeof read === "string") ignored.set(read, (ignored.get(read) ?? 0) + 1);
    else events.push(...read);
  }
  return { events, ignored: [...ignored].map(([reason, n]) => ({ reason, count: n })), broken };
}

const SILENT = new Set(["like.created", "like.deleted", "follow.created", "follow.deleted", "profile.updated"]);

/** Events; or why it carries none; or null when it could not be read. */
function readEvent(
  event: unknown,
  network: string,
  context: ParseContext,
  receivedAt: number,
): InboundEvent[] | string | null {
  if (!isFields(event)) return null;
  const type = text(event, "type");
  if (SILENT.has(type)) return type;
  const [what, act] = type.split(".");
  if ((what !== "post" && what !== "dm") || !act) return type === "" ? null : "unknown-type";
  const object = field(event, what);
  const at = instant(event, "at") ?? receivedAt;
  const externalId = text(object, "id");
  if (externalId === "") return null;
  const gone = {
    type: "item.deleted" as const,
    externalId,
    at: instant(object, "deletedAt") ?? at,
    by: "author" as const,
  };
  if (act === "deleted") return [gone];
  const item = what === "post" ? readPost(object, network, context, at) : readDm(object, network, context, at);
  if (!item) return null;
  // An act we do not know on a thing we know: the thing is kept as it is now.
  const found: InboundEvent[] = [{ type: act === "edited" ? "item.edited" : "item.created", item }];
  // Rendered after its deletion: the event says what was, the object that it is gone.
  return field(object, "deletedAt") == null ? found : [...found, gone];
}

/** A post of the network in our words; null when it has no id or author. */
export function readPost(post: unknown, network: string, context: ParseContext, at: number): Item | null {
  const externalId = text(post, "id");
  const author = readProfile(field(post, "author"), network, context);
  if (externalId === "" || !author) return null;
  const rootId = text(post, "rootId") || externalId;
  const parentId = optionalText(post, "parentId");
  const mentions = list(post, "mentions");
  const mentionsUs = mentions.some(
    (m) => context.selfIds.includes(text(m, "profileId")) || context.selfIds.includes(text(m, "handle")),
  );
  const why: Why[] = mentionsUs ? ["mention"] : parentId ? ["reply"] : ["subscription"];
  return {
    ...common(post, externalId, author, at),
    kind: parentId ? "comment" : "post",
    visibility: "public",
    thread: { key: `post:${rootId}`, rootId, ...(parentId && { parentId }) },
    addressedTo: mentions.map((m) => text(m, "profileId")).filter((id) => id !== ""),
    why,
  };
}

/** A direct message; its answers stay in the thread of the two. */
export function readDm(dm: unknown, network: string, context: ParseContext, at: number): Item | null {
  const externalId = text(dm, "id");
  const author = readProfile(field(dm, "from"), network, context);
  const threadId = text(dm, "threadId");
  if (externalId === "" || threadId === "" || !author) return null;
  const parentId = optionalText(dm, "privateReplyTo");
  return {
    ...common(dm, externalId, author, at),
    kind: "dm",
    visibility: "private",
    thread: { key: `dm:${threadId}`, ...(parentId && { parentId }) },
    addressedTo: [text(field(dm, "to"), "id")].filter((id) => id !== ""),
    why: ["dm"],
  };
}

function common(object: unknown, externalId: string, author: Identity, at: number) {
  const said = text(object, "text");
  const editedAt = instant(object, "editedAt");
  const permalink = optionalText(object, "url");
  const language = optionalText(object, "language");
  return {
    externalId,
    revision: String(count(object, "revision") ?? 1),
    author,
    text: said,
    entities: entitiesOf(said),
    attachments: mediaOf(object),
    createdAt: instant(object, "createdAt") ?? at,
    ...(editedAt !== undefined && { editedAt }),
    ...(permalink && { permalink }),
    ...(language && { language }),
  };
}

function mediaOf(object: unknown): AttachmentRef[] {
  return list(object, "media").flatMap((media): AttachmentRef[] => {
    const [externalId, url] = [text(media, "id"), text(media, "url")];
    if (externalId === "" || url === "") return [];
    const [mime, name, alt] = [optionalText(media, "mime"), optionalText(media, "name"), optionalText(media, "alt")];
    const bytes = count(media, "bytes");
    return [
      {
        externalId,
        url,
        ...(mime && { mime }),
        ...(name && { name }),
        ...(alt && { alt }),
        ...(bytes !== undefined && { bytes }),
      },
    ];
  });
}

const KIND = { link: "url", mention: "mention", hashtag: "hashtag", email: null } as const;

function entitiesOf(said: string): Entity[] {
  return findEntities(said).flatMap(({ kind, start, end, value }) => {
    const type = KIND[kind];
    return type ? [{ type, start, end, value }] : [];
  });
}

function readProfile(profile: unknown, network: string, { selfIds }: ParseContext): Identity | null {
  const id = text(profile, "id");
  if (id === "") return null;
  const handle = text(profile, "handle");
  const followers = count(profile, "followers");
  const profileUrl = optionalText(profile, "url");
  return {
    id,
    scope: network,
    handle,
    name: text(profile, "name") || handle,
    ...(followers !== undefined && { followers }),
    ...(profileUrl && { profileUrl }),
    verified: field(profile, "verified") === true,
    isSelf: selfIds.includes(id),
  };
}

const TEXTS: ReadonlySet<string> = new Set(["text", "bio", "name", "alt"]);

export function redactPlayground(body: Uint8Array, redact: (text: string) => string): Uint8Array | null {
  return mapTexts(body, TEXTS, redact);
}
