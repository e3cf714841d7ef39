import { createHash } from "node:crypto";
import { type ParsedMail, simpleParser } from "mailparser";
import { instantOf } from "#platform/clock";
import { htmlToText } from "#shared/plain-text";
import type { ParseContext, ParseResult, RawInput } from "../domain/adapter.ts";
import type { AttachmentRef, Identity, Item } from "../domain/item.ts";
import { automatedBy } from "./automatic.ts";
import { foldQuoted } from "./quoted.ts";

const MAX_TEXT = 200_000;
const MAX_HTML = 2_000_000;
const READING = {
  skipImageLinks: true,
  skipTextLinks: true,
  skipTextToHtml: true,
  maxHtmlLengthToParse: MAX_HTML,
};

/** One raw mail (RFC 5322). Reads it whatever it is; only a mail without any sender is counted as broken. */
export async function parseEmail(input: RawInput, context: ParseContext): Promise<ParseResult> {
  const body = Buffer.from(input.body);
  // Markup nested beyond what the library walks: then its words are taken by our own reading.
  const mail = await simpleParser(body, READING).catch(() => simpleParser(body, { ...READING, skipHtmlToText: true }));
  const from = addresses(mail.from)[0] ?? addresses(mail.headers.get("sender"))[0];
  if (!from) return { events: [], ignored: [], broken: 1 };
  return { events: [{ type: "item.created", item: toItem(mail, from, input, context) }], ignored: [], broken: 0 };
}

interface Address {
  address: string;
  name: string;
}

function toItem(mail: ParsedMail, from: Address, input: RawInput, { selfIds }: ParseContext): Item {
  const externalId = messageId(mail.messageId) ?? `sha256:${createHash("sha256").update(input.body).digest("hex")}`;
  const references = threadOf(mail);
  const parentId = references.at(-1);
  const { said } = foldQuoted(textOf(mail).slice(0, MAX_TEXT));
  const automated = automatedBy(headersOf(mail), from.address);
  const to = [...addresses(mail.to), ...addresses(mail.cc)].map((a) => a.address);
  const own = selfIds.map((id) => id.toLowerCase());
  const language = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*/.exec(headersOf(mail).get("content-language") ?? "")?.[0];
  return {
    externalId,
    revision: "1",
    kind: "email",
    visibility: "private",
    // The first mail of the thread names it: References carries it first (RFC 5322 §3.6.4).
    thread: {
      key: `mail:${references[0] ?? externalId}`,
      rootId: references[0] ?? externalId,
      ...(parentId && { parentId }),
      subject: (mail.subject ?? "").slice(0, 1_000),
    },
    author: identity(from, own),
    addressedTo: [...new Set(to)],
    text: said,
    ...(language && { language }),
    entities: [],
    attachments: (mail.attachments ?? [])
      .filter((a) => !a.related)
      .slice(0, 100)
      .map(attachment),
    createdAt: statedTime(headersOf(mail).get("date")) ?? input.receivedAt,
    why: ["dm"],
    ...(automated && { automated }),
    ...(said.trim() === "" && (mail.attachments ?? []).length === 0 ? { unsupported: "empty-mail" } : {}),
  };
}

/** Read by ourselves: where it cannot read the header, the library takes the present, and a mail would differ at every reading. */
function statedTime(date = ""): number | null {
  const plain = date.replace(/\s+/g, " ").slice(0, 100);
  return instantOf(plain) ?? instantOf(plain.replace(/\([^()]*\)/g, ""));
}

function textOf({ text, html }: ParsedMail): string {
  return text || (typeof html === "string" ? htmlToText(html.slice(0, MAX_HTML)) : "");
}

function identity(from: Address, own: readonly string[]): Identity {
  return {
    id: from.address,
    scope: "email",
    handle: from.address,
    name: from.name || from.address,
    isSelf: own.includes(from.address),
  };
}

/** Ids of the mails before this one, oldest first: References, then In-Reply-To where it adds one. */
function threadOf(mail: ParsedMail): string[] {
  const references = (Array.isArray(mail.references) ? mail.references : [mail.references ?? ""]).flatMap((r) =>
    r.split(/\s+/),
  );
  const all = [...references, ...(mail.inReplyTo ?? "").split(/\s+/)].flatMap((id) => messageId(id) ?? []);
  return [...new Set(all)].slice(0, 200);
}

function messageId(value: string | undefined): string | undefined {
  const inside = /[^<>\s]{1,900}/.exec(value ?? "")?.[0];
  return inside === undefined ? undefined : `<${inside}>`;
}

/** Groups ("Friends: a@x, b@y;") are taken apart. Addresses are folded to lower case: that is how every mail system treats them. */
function addresses(value: unknown): Address[] {
  const lists = Array.isArray(value) ? value : [value];
  return lists.flatMap((list) => {
    const entries = (list as { value?: unknown } | undefined)?.value;
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: { address?: string; name?: string; group?: unknown[] }) => [
      ...(entry.address
        ? [{ address: entry.address.toLowerCase().slice(0, 320), name: (entry.name ?? "").slice(0, 500) }]
        : []),
      ...(entry.group ? addresses({ value: entry.group }) : []),
    ]);
  });
}

function headersOf(mail: ParsedMail): Map<string, string> {
  return new Map((mail.headerLines ?? []).map(({ key, line }) => [key, line.slice(line.indexOf(":") + 1).trim()]));
}

function attachment(of: ParsedMail["attachments"][number]): AttachmentRef {
  return {
    mime: of.contentType,
    bytes: of.size,
    ...(of.filename && { name: of.filename.slice(0, 500) }),
    ...(of.checksum && { externalId: of.checksum }),
  };
}
