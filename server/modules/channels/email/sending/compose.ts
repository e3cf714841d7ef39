import MailComposer from "nodemailer/lib/mail-composer";
import type { Instant } from "#platform/clock";
import { isAddress, MOST_COPIES } from "#shared/mail-address";
import type { OutboundDelivery, OutboundPart, SaidBefore } from "../../domain/adapter.ts";
import { ownMessageId } from "../reading/message-id.ts";
import { replyAddress } from "../reading/reply-token.ts";
import { domainOf, type EmailSettings } from "../settings.ts";
import { answeredBy, answerSubject, nameToAnswer, oneLine, referencesOf, withMark } from "./answered.ts";
import { htmlBody, plainBody } from "./body.ts";

/** A mail before it is bytes. */
export interface Letter {
  from: { name: string; address: string };
  to: string;
  cc: readonly string[];
  /** Whom it bounces to; empty for automatic mail, which must bounce to nobody (RFC 3834 §3.3). */
  envelopeFrom: string;
  replyTo: string | null;
  subject: string;
  messageId: string;
  inReplyTo: string | null;
  references: readonly string[];
  text: string;
  html: string;
  headers: Readonly<Record<string, string>>;
  date: Instant;
  answered: SaidBefore | null;
  files: readonly { name: string; mime: string; content: Uint8Array }[];
}

/** Pure: the letter that a part of a delivery is. The same part is the same Message-ID however often it is made. */
export function composeLetter(
  settings: EmailSettings,
  replyKey: string,
  delivery: OutboundDelivery,
  part: Pick<OutboundPart, "clientId" | "text">,
  now: Instant,
): Letter {
  const { intent } = delivery;
  const answered = answeredBy(delivery);
  const automatic = intent.op === "message" && intent.automatic === true;
  const signed = { text: part.text, signature: signatureOf(settings, delivery), quoted: automatic ? null : answered };
  const reply = settings.plusAddresses ? replyAddress(settings.address, part.clientId, replyKey) : null;
  const subject = intent.op === "message" && intent.subject !== undefined ? oneLine(intent.subject) : null;
  return {
    from: { name: oneLine(settings.fromName || delivery.speaker || ""), address: settings.address },
    to: oneLine(intent.toAuthorId),
    cc: automatic || intent.op !== "message" ? [] : copiesOf(intent.cc ?? [], intent.toAuthorId, settings.address),
    envelopeFrom: automatic ? "" : settings.address,
    replyTo: reply,
    subject: withMark(
      (subject ?? answerSubject(answered?.subject ?? "")).slice(0, 900),
      intent.op === "message" ? intent.subjectMark : undefined,
    ),
    messageId: ownMessageId(part.clientId, domainOf(settings.address)),
    inReplyTo: answered && nameToAnswer(answered),
    references: answered ? referencesOf(answered, delivery.before ?? []) : [],
    text: plainBody(signed),
    html: htmlBody(signed),
    headers: automatic
      ? {
          "Auto-Submitted": answered ? "auto-replied" : "auto-generated",
          Precedence: "bulk",
          "X-Auto-Response-Suppress": "All",
        }
      : {},
    date: now,
    answered,
    files: [],
  };
}

/** Each once, and never ourselves: an answer of ours would come back to us as a question. */
function copiesOf(cc: readonly string[], to: string, own: string): string[] {
  const all = cc.map((address) => oneLine(address).toLowerCase()).filter(isAddress);
  return [...new Set(all)].filter((address) => address !== to.toLowerCase() && address !== own).slice(0, MOST_COPIES);
}

/** `{agent}` stands for whoever the brand's style discloses. */
function signatureOf({ signature }: EmailSettings, { speaker = "" }: OutboundDelivery): string {
  return signature.replaceAll("{agent}", oneLine(speaker));
}

/** As it goes over the wire (RFC 5322): names and subjects are encoded, long lines folded. */
export function writeLetter(letter: Letter): Promise<Buffer> {
  const composer = new MailComposer({
    from: letter.from,
    to: { name: "", address: letter.to },
    ...(letter.cc.length > 0 && { cc: letter.cc.map((address) => ({ name: "", address })) }),
    ...(letter.replyTo && { replyTo: { name: letter.from.name, address: letter.replyTo } }),
    ...{ subject: letter.subject, messageId: letter.messageId, date: new Date(letter.date) },
    ...(letter.inReplyTo && { inReplyTo: letter.inReplyTo }),
    ...(letter.references.length > 0 && { references: [...letter.references] }),
    ...{ text: letter.text, html: letter.html, headers: { ...letter.headers } },
    attachments: letter.files.map(({ name, mime, content }) => ({
      filename: oneLine(name).slice(0, 255),
      contentType: /^[\w.+-]+\/[\w.+-]+$/.test(mime) ? mime : "application/octet-stream",
      content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    })),
    ...{ disableUrlAccess: true, disableFileAccess: true, newline: "\r\n" },
  });
  return composer.compile().build();
}
