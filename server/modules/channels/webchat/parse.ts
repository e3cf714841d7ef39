import { findEntities } from "#shared/entities";
import type { ParseContext, ParseResult, RawInput } from "../domain/adapter.ts";
import type { AttachmentRef, Entity, Identity, InboundEvent, Item } from "../domain/item.ts";
import { count, field, instant, isFields, list, mapTexts, optionalText, parseJson, text } from "../domain/read-json.ts";
import { threadOf } from "./envelope.ts";

/** Reads what the chat's door wrote down; also what an older or a newer door did. */
export function parseWebchat(input: RawInput, context: ParseContext): ParseResult {
  const body = parseJson(input.body);
  if (!isFields(body) || !Array.isArray(field(body, "events"))) return { events: [], ignored: [], broken: 1 };
  const events: InboundEvent[] = [];
  const ignored = new Map<string, number>();
  let broken = 0;
  for (const one of list(body, "events")) {
    const found = readEvent(one, context, input.receivedAt);
    if (found === null) broken += 1;
    else if (typeof found === "string") ignored.set(found, (ignored.get(found) ?? 0) + 1);
    else events.push(...found);
  }
  return { events, ignored: [...ignored].map(([reason, n]) => ({ reason, count: n })), broken };
}

function readEvent(one: unknown, context: ParseContext, receivedAt: number): InboundEvent[] | string | null {
  if (!isFields(one)) return null;
  const at = instant(one, "at") ?? receivedAt;
  switch (text(one, "event")) {
    case "said": {
      const item = readSaid(one, context, at);
      return item === null ? null : [{ type: "item.created", item }];
    }
    case "receipt": {
      const status = text(one, "status");
      if (status !== "delivered" && status !== "read") return "unknown-receipt";
      return list(one, "ids").flatMap((id): InboundEvent[] =>
        typeof id === "string" && id !== "" ? [{ type: "receipt", externalId: id, status, at }] : [],
      );
    }
    case "erased": {
      const authorId = text(one, "visitorId");
      return authorId === "" ? null : [{ type: "author.gone", authorId, at, by: "author" }];
    }
    case "":
      return null;
    default:
      return readUnknown(one, context, at);
  }
}

/** Something that visitors will be able to do one day: shown as a placeholder where it says who did it, else counted. */
function readUnknown(one: unknown, context: ParseContext, at: number): InboundEvent[] | string {
  const item = readSaid(one, context, at);
  if (item === null) return "unknown-type";
  return [{ type: "item.created", item: { ...item, unsupported: text(one, "event").slice(0, 60) } }];
}

function readSaid(one: unknown, { channelId }: ParseContext, at: number): Item | null {
  const visitor = field(one, "visitor");
  const [id, externalId] = [text(visitor, "id"), text(one, "id")];
  if (id === "" || externalId === "") return null;
  const invite = text(one, "invite");
  const words = text(one, "text");
  // Where codes are read, they are read in what was said.
  const said = invite === "" ? words : `${words}\n\n${invite}`.trimStart();
  const language = optionalText(one, "locale");
  return {
    externalId,
    revision: "1",
    kind: "chat",
    visibility: "private",
    thread: { key: threadOf(id, count(one, "chat") ?? 1) },
    author: readVisitor(visitor, id, channelId),
    addressedTo: [],
    text: said,
    entities: entitiesOf(said),
    attachments: list(one, "files").flatMap(readFile),
    createdAt: at,
    why: ["dm"],
    ...(language && /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(language) && { language }),
  };
}

function readVisitor(visitor: unknown, id: string, channelId: string): Identity {
  const subject = text(visitor, "subject");
  const email = text(visitor, "email");
  // People need something to call them by.
  const name = text(visitor, "name") || `Visitor ${id.slice(-4)}`;
  const former = list(visitor, "former").filter((f): f is string => typeof f === "string" && f !== "");
  return {
    id,
    scope: channelId,
    // Only an address that somebody answers for is a name of theirs.
    handle: subject === "" ? "" : email,
    name,
    isSelf: false,
    ...(subject !== "" && {
      verified: true,
      signedIn: { subject, former: former.slice(0, 20), ...(email !== "" && { email }) },
    }),
  };
}

function readFile(file: unknown): AttachmentRef[] {
  const hash = text(file, "hash");
  if (!/^[0-9a-f]{64}$/.test(hash)) return [];
  const [bytes, name, mime, externalId] = [
    count(file, "bytes"),
    text(file, "name"),
    text(file, "mime"),
    text(file, "id"),
  ];
  return [{ blob: hash, name, mime, ...(externalId && { externalId }), ...(bytes !== undefined && { bytes }) }];
}

const KIND = { link: "url", mention: null, hashtag: null, email: null } as const;
function entitiesOf(said: string): Entity[] {
  return findEntities(said).flatMap(({ kind, start, end, value }) => {
    const type = KIND[kind];
    return type ? [{ type, start, end, value }] : [];
  });
}

const TEXTS: ReadonlySet<string> = new Set(["text", "name"]);
export function redactWebchat(body: Uint8Array, redact: (text: string) => string): Uint8Array | null {
  return mapTexts(body, TEXTS, redact);
}
