import { createHash } from "node:crypto";
import { type ParsedMail, simpleParser } from "mailparser";
import { type Instant, instantOf } from "#platform/clock";
import type { ParseContext, ParseResult } from "../../domain/adapter.ts";
import type { Identity, Item, MailFacts } from "../../domain/item.ts";
import type { Frame } from "../mailbox/frames.ts";
import { oneLine } from "../sending/answered.ts";
import { type Address, addresses } from "./addresses.ts";
import { attachmentsOf } from "./attachments.ts";
import { automatedBy } from "./automatic.ts";
import { wordsOfHtml } from "./html-words.ts";
import { messageIdOf, messageIdsOf, partOfMessageId } from "./message-id.ts";
import { type MimePart, readMime } from "./mime.ts";
import { foldQuoted, withoutSignature } from "./quoted.ts";
import { soleSender } from "./raw-headers.ts";
import { type Report, readReport, receiptsOf } from "./report.ts";
import { mendCharsets } from "./rewrite.ts";

const MAX_TEXT = 200_000;
const MOST_NAMED = 100;
const READING = {
  ...{ skipImageLinks: true, skipTextLinks: true, skipTextToHtml: true, skipHtmlToText: true },
};

/** What was read of a mail: its events (null: it names no sender), and its parts for whoever needs them next. */
export interface ReadMail {
  result: ParseResult | null;
  tree: MimePart;
}

/** Takes a mail apart once. */
export async function readMail(
  frame: Frame,
  receivedAt: Instant,
  context: Pick<ParseContext, "selfIds">,
): Promise<ReadMail> {
  const raw = Buffer.from(frame.raw.buffer, frame.raw.byteOffset, frame.raw.byteLength);
  const tree = readMime(raw);
  return { result: await eventsOf(frame, raw, tree, receivedAt, context), tree };
}

async function eventsOf(
  frame: Frame,
  raw: Buffer,
  tree: MimePart,
  receivedAt: Instant,
  context: Pick<ParseContext, "selfIds">,
): Promise<ParseResult | null> {
  const mail = await simpleParser(mendCharsets(raw, tree), READING);
  const from = addresses(mail.from)[0] ?? addresses(mail.headers.get("sender"))[0];
  if (!from) return null;
  const headers = headersOf(mail);
  const automated = frame.loop ? "loop" : automatedBy(headers, from.address);
  const own = context.selfIds.map((id) => id.toLowerCase());
  const domains = own.map((id) => id.slice(id.lastIndexOf("@") + 1));
  const report =
    automated === "bounce" || /^\s*multipart\/report\b/i.test(headers.get("content-type") ?? "")
      ? readReport(raw, tree)
      : null;
  const partOf = (id: string) => partOfMessageId(id, domains);
  const isOurs = (id: string) => partOf(id) !== null;
  const item = toItem({ frame, raw, mail, from, headers, automated, own, report }, receivedAt);
  const at = item.createdAt;
  return {
    events: [
      { type: "item.created", item },
      ...(report ? receiptsOf(report, isOurs, at) : []),
      ...unreachable(report, partOf, at),
    ],
    ignored: [],
    broken: 0,
  };
}

/** Mail to this address came back for good: nothing is sent there before they write again. */
function unreachable(report: Report | null, partOf: (id: string) => string | null, at: Instant): ParseResult["events"] {
  if (report?.status !== "failed" || !report.permanent || report.recipient === null) return [];
  const about = report.about === null ? null : partOf(report.about);
  if (about === null) return [];
  return [{ type: "address.unreachable", address: report.recipient, reason: report.reason, at, about }];
}

interface Read {
  frame: Frame;
  raw: Buffer;
  mail: ParsedMail;
  from: Address;
  headers: ReadonlyMap<string, string>;
  automated: string | null;
  own: readonly string[];
  report: Report | null;
}

function toItem({ frame, raw, mail, from, headers, automated, own, report }: Read, receivedAt: Instant): Item {
  const id = messageIdOf(mail.messageId) ?? `sha256:${createHash("sha256").update(raw).digest("hex")}`;
  const ours = own.includes(from.address);
  // Anybody can write our address as the sender: in the mailbox itself it counts only if a server that we trust vouches for it.
  const isSelf = ours && (frame.role === "sent" || frame.folder === "" || frame.vouched === true);
  const externalId = ours && !isSelf ? `unproven:${id}`.slice(0, 950) : id;
  const thread = threadOf(mail, headers, id, frame.answers, report?.about ?? null);
  const tooLarge = frame.size > raw.length && frame.folder !== "";
  const { attachments, text: inside } = report ? { attachments: [], text: "" } : attachmentsOf(mail);
  const words = (textOf(mail) || inside).slice(0, MAX_TEXT);
  const folded = automated === "bounce" ? words.trimEnd() : foldQuoted(words).said;
  const said = isSelf ? withoutSignature(folded) : folded;
  const clientId = isSelf ? partOfMessageId(id, [from.address.slice(from.address.lastIndexOf("@") + 1)]) : null;
  const language = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*/.exec(headers.get("content-language") ?? "")?.[0];
  const machine = automated ?? (ours && !isSelf ? "own-address" : null);
  const encrypted = /^\s*(multipart\/encrypted|application\/(x-)?pkcs7-mime)\b/i.test(
    headers.get("content-type") ?? "",
  );
  const unsupported = tooLarge
    ? "too-large"
    : encrypted && said.trim() === ""
      ? "encrypted-mail"
      : said.trim() === "" && attachments.length === 0
        ? "empty-mail"
        : undefined;
  return {
    externalId,
    revision: "1",
    kind: "email",
    visibility: "private",
    thread: { ...thread, subject: (mail.subject ?? "").slice(0, 1_000) },
    author: identity(from, isSelf),
    addressedTo: [...new Set([...addresses(mail.to), ...addresses(mail.cc)].map((a) => withoutToken(a.address, own)))],
    mail: {
      to: mailboxes(addresses(mail.to), own),
      cc: mailboxes(addresses(mail.cc), own),
      // Only where there is no second way to read who wrote it.
      ...(frame.sender && !isSelf && soleSender(raw) === from.address && { sender: frame.sender }),
    },
    text: said,
    ...(language && { language }),
    entities: [],
    attachments,
    createdAt: statedTime(headers.get("date")) ?? frame.at ?? receivedAt,
    why: ["dm"],
    ...(clientId && { clientId }),
    ...(machine && { automated: machine }),
    ...(unsupported && { unsupported }),
  };
}

/**
 * The first mail of the thread names it: References carries it first (RFC 5322 §3.6.4), so it is the same whatever arrives first. What it
 * answers: our own reply address before In-Reply-To before the last of References.
 */
function threadOf(
  mail: ParsedMail,
  headers: ReadonlyMap<string, string>,
  id: string,
  answers: string | undefined,
  about: string | null,
): Item["thread"] {
  const given = Array.isArray(mail.references) ? mail.references.join(" ") : (mail.references ?? "");
  const references = messageIdsOf(given);
  const answered = messageIdsOf(mail.inReplyTo ?? headers.get("in-reply-to") ?? "");
  const all = [...new Set([...references, ...answered])].filter((r) => r !== id).slice(0, 200);
  const root = all[0] ?? about ?? id;
  const parentId = answers ?? about ?? answered.find((r) => r !== id) ?? all.at(-1);
  return { key: `mail:${root}`, rootId: root, ...(parentId && { parentId }) };
}

/** Read by ourselves: where it cannot read the header, the library takes the present, and a mail would differ at every reading. */
function statedTime(date = ""): number | null {
  const plain = date.replace(/\s+/g, " ").slice(0, 100);
  return instantOf(plain) ?? instantOf(plain.replace(/\([^()]*\)/g, ""));
}

function textOf({ text, html }: ParsedMail): string {
  // A part that only says "see the HTML" says nothing.
  if (text && text.trim() !== "") return text;
  return typeof html === "string" ? wordsOfHtml(html) : "";
}

function identity(from: Address, isSelf: boolean): Identity {
  return { id: from.address, scope: "email", handle: from.address, name: from.name || from.address, isSelf };
}

/** Each once, as people see them; addresses alone where a mail names very many. */
function mailboxes(all: readonly Address[], own: readonly string[]): MailFacts["to"] {
  const found = new Map<string, string>();
  for (const { address, name } of all) {
    const plain = withoutToken(address, own);
    if (found.size < MOST_NAMED && !found.has(plain)) found.set(plain, oneLine(name).slice(0, 200).toWellFormed());
  }
  return [...found].map(([address, name]) => ({ address, name }));
}

/** An answer to a reply address of ours is an answer to us. */
function withoutToken(address: string, own: readonly string[]): string {
  const plain = address.replace(/\+r-[a-z2-7]{40,60}(?=@)/, "");
  return own.includes(plain) ? plain : address;
}

/** Of repeated lines the first, which the last server has written. */
function headersOf(mail: ParsedMail): Map<string, string> {
  const found = new Map<string, string>();
  for (const { key, line } of mail.headerLines ?? [])
    if (!found.has(key))
      found.set(
        key,
        line
          .slice(line.indexOf(":") + 1)
          .replace(/\s+/g, " ")
          .trim(),
      );
  return found;
}
