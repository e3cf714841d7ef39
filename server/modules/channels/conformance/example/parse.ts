import type { ParseContext, ParseResult, RawInput } from "../../domain/adapter.ts";
import type { InboundEvent, Item } from "../../domain/item.ts";
import {
  count,
  field,
  instant,
  isFields,
  list,
  mapTexts,
  optionalText,
  parseJson,
  text,
} from "../../domain/read-json.ts";

/** A page of the book: `{ "book": "…", "entries": [ … ] }`. Pure: the same bytes are always the same events. */
export function parseGuestbook(input: RawInput, context: ParseContext): ParseResult {
  const page = parseJson(input.body);
  if (!isFields(page) || !Array.isArray(field(page, "entries"))) return { events: [], ignored: [], broken: 1 };
  const events: InboundEvent[] = [];
  let [strange, broken] = [0, 0];
  for (const entry of list(page, "entries")) {
    const kind = text(entry, "kind");
    if (kind !== "" && kind !== "entry") {
      strange += 1;
      continue;
    }
    const item = readEntry(entry, text(page, "book"), context, input.receivedAt);
    if (item) events.push({ type: "item.created", item });
    else broken += 1;
  }
  return { events, ignored: strange > 0 ? [{ reason: "unknown-kind", count: strange }] : [], broken };
}

/** One entry in our words; null when it has no number or nobody wrote it. */
export function readEntry(entry: unknown, book: string, { selfIds }: ParseContext, at: number): Item | null {
  const number = count(entry, "n");
  const guest = text(field(entry, "by"), "id");
  if (number === undefined || guest === "") return null;
  const under = count(entry, "under");
  const name = text(field(entry, "by"), "name");
  const link = optionalText(entry, "url");
  return {
    externalId: String(number),
    revision: "1",
    kind: under === undefined ? "post" : "comment",
    visibility: "public",
    thread: {
      ...{ key: `entry:${under ?? number}`, rootId: String(under ?? number) },
      ...(under !== undefined && { parentId: String(under) }),
    },
    author: { id: guest, scope: book, handle: name, name, isSelf: selfIds.includes(guest) },
    addressedTo: [],
    text: text(entry, "words"),
    entities: [],
    attachments: [],
    createdAt: instant(entry, "at") ?? at,
    ...(link && { permalink: link }),
    why: under === undefined ? ["subscription"] : ["reply"],
  };
}

const WORDS: ReadonlySet<string> = new Set(["words", "name"]);

export function redactGuestbook(body: Uint8Array, redact: (text: string) => string): Uint8Array | null {
  return mapTexts(body, WORDS, redact);
}
