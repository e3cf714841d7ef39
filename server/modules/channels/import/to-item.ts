import { findEntities } from "#shared/entities";
import type { Entity, Item, ItemKind, Visibility, Why } from "../domain/item.ts";
import type { ChannelRow } from "../store/channel-store.ts";
import { bareHandle, type ReadMessage } from "./import-row.ts";

/** Thread and parent that only other messages can tell are found when all of the import is stored. */
export const TODO = { thread: 1, parent: 2, figures: 4 } as const;

export interface HistoryItem {
  item: Item;
  /** Bits of `TODO`. */
  todo: number;
  /** With `TODO.parent`: whom we wrote to. */
  answers: string | null;
}

const OWN_PLACES = new Set(["forum", "review", "app", "chat", "email", "phone", "sms", "wa", "web", "community"]);
const KIND_OF_NETWORK: Readonly<Record<string, ItemKind>> = {
  email: "email",
  chat: "chat",
  sms: "sms",
  phone: "call",
  review: "review",
  app: "review",
};
const KINDS: Readonly<Record<string, ItemKind>> = { mail: "email" };
const PRIVATE_KINDS = new Set<ItemKind>(["email", "chat", "sms", "call", "voicemail", "dm"]);

/** Names of different sets never meet: a name inside of a set is another name. */
export function inSet(set: string | null, name: string): string {
  if (set !== null) return `set:${encodeURIComponent(set)}/${name}`;
  return name.startsWith("set:") ? `set:/${name}` : name;
}

/** The other way round, for the export. */
export function outOfSet(name: string): { set: string | null; name: string } {
  const parts = /^set:([^/]*)\/(.*)$/s.exec(name);
  if (!parts) return { set: null, name };
  return { set: parts[1] === "" ? null : decodeURIComponent(parts[1]!), name: parts[2]! };
}

/** A line of an import in our words, as it was said first: edits and deletion stand beside it. */
export function toItem(row: ReadMessage, channel: ChannelRow, agent: { id: string } | null): HistoryItem {
  const kind = kindOf(row);
  const visibility = (row.visibility ?? (isPrivate(row, kind) ? "private" : "public")) as Visibility;
  const ours = row.by !== "customer";
  const parentId = row.replyTo === null ? null : inSet(row.set, row.replyTo);
  const externalId = inSet(row.set, row.id);
  const line = visibility === "private";
  const other = ours ? (row.to === null ? null : bareHandle(row.to)) : row.from;
  let todo = 0;
  let key: string;
  if (row.thread !== null) key = inSet(row.set, row.thread);
  else if (line && other !== null) key = inSet(row.set, `${row.channel}/${other}`);
  else if (parentId !== null) {
    key = "";
    todo |= TODO.thread;
  } else key = externalId;
  // Words of ours that name whom they are for, and not what they answer: the last words of the customer before them.
  const linear = line && kind !== "email";
  const seeks = row.by === "company" && parentId === null && other !== null && !linear;
  if (seeks) todo |= TODO.parent;
  if (seeks && !line && row.thread === null) {
    key = "";
    todo |= TODO.thread;
  }
  const handle = row.from || (ours ? channel.handle : "");
  const item: Item = {
    externalId,
    revision: "",
    kind,
    visibility,
    thread: {
      key,
      ...(row.root !== null && { rootId: inSet(row.set, row.root) }),
      ...(parentId !== null && { parentId }),
      ...(row.subject !== "" && { subject: row.subject }),
    },
    author: {
      id: ours ? channel.externalId : (row.fromId ?? handle),
      scope: row.scope ?? (row.set === null ? "" : `set:${encodeURIComponent(row.set)}`),
      handle,
      name: row.name,
      isSelf: ours,
      ...(row.followers !== null && { followers: row.followers }),
      ...(row.by === "system" && { isBot: true }),
      ...(agent !== null ? { agentId: agent.id } : row.agent !== null && { agent: row.agent }),
    },
    addressedTo: row.to === null ? [] : [bareHandle(row.to)],
    text: row.text,
    ...(row.lang !== null && { language: row.lang }),
    entities: entitiesOf(row.text),
    attachments: row.files ?? [],
    ...(row.stars !== null && { rating: { value: row.stars, max: 5 } }),
    ...(row.url !== null && { permalink: row.url }),
    createdAt: row.at,
    why: whyOf(row, line, kind),
    ...((row.automated ?? (row.by === "system" ? "system" : null)) !== null && {
      automated: row.automated ?? "system",
    }),
  };
  return { item, todo, answers: seeks ? other : null };
}

function kindOf(row: ReadMessage): ItemKind {
  if (row.kind !== null) return KINDS[row.kind] ?? (row.kind as ItemKind);
  const usual = KIND_OF_NETWORK[row.channel];
  if (usual) return usual;
  if (row.private === true || row.visibility === "private" || row.channel === "wa") return "dm";
  return row.replyTo === null ? "post" : "comment";
}

function isPrivate(row: ReadMessage, kind: ItemKind): boolean {
  return row.private ?? PRIVATE_KINDS.has(kind);
}

/**
 * What came to the company, unless the line says how it came: at our own places everything, on open networks what calls somebody or
 * names whom it is for; the rest was found because it speaks of us.
 */
function whyOf(row: ReadMessage, line: boolean, kind: ItemKind): Why[] {
  if (row.why !== null) return row.why as Why[];
  if (row.by !== "customer") return [];
  if (line) return ["dm"];
  if (kind === "review") return ["review"];
  if (row.replyTo !== null) return ["reply"];
  const calls =
    row.to !== null || OWN_PLACES.has(row.channel) || /(?:^|[^\p{L}\p{N}_.])[@＠][\p{L}\p{N}_]/u.test(row.text);
  return [calls ? "mention" : "keyword"];
}

const ENTITY = { link: "url", mention: "mention", hashtag: "hashtag", email: null } as const;

export function entitiesOf(text: string): Entity[] {
  if (!/[@#/＠＃]|\.[^\s.]/.test(text)) return [];
  return findEntities(text).flatMap(({ kind, start, end, value }) => {
    const type = ENTITY[kind];
    return type ? [{ type, start, end, value }] : [];
  });
}
