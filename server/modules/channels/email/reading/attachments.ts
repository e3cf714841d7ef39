import type { ParsedMail } from "mailparser";
import type { AttachmentRef } from "../../domain/item.ts";
import { wordsOfCalendar } from "./calendar.ts";
import { wordsOfHtml } from "./html-words.ts";
import { readTnef } from "./tnef.ts";

const MOST = 100;

/** The files of a mail, taken out of winmail.dat where Outlook has put them; with words that stand in a file only. */
export function attachmentsOf(mail: ParsedMail): { attachments: AttachmentRef[]; text: string } {
  const html = typeof mail.html === "string" ? mail.html : "";
  const attachments: AttachmentRef[] = [];
  let text = "";
  for (const file of (mail.attachments ?? []).slice(0, MOST)) {
    const packed = isTnef(file.contentType, file.filename) ? readTnef(file.content) : null;
    if (packed) {
      text ||= packed.text || (packed.html === "" ? "" : wordsOfHtml(packed.html));
      for (const { name, mime, content } of packed.attachments)
        attachments.push({ ...named(name), mime, bytes: content.length, content });
      continue;
    }
    if (file.contentType === "text/calendar") text ||= wordsOfCalendar(file.content.toString("utf8"));
    attachments.push({
      mime: file.contentType,
      bytes: file.size,
      content: file.content,
      ...named(file.filename || nameless(file.contentType)),
      ...(file.checksum && { externalId: file.checksum }),
      ...(isInline(file, html) && { inline: true }),
    });
  }
  return { attachments: attachments.slice(0, MOST), text };
}

const isTnef = (type: string, name: string | undefined): boolean =>
  /^application\/(?:vnd\.)?ms-tnef$/i.test(type) || /^win(?:mail|dat)\.dat$/i.test(name ?? "");

const named = (name: string | undefined): { name?: string } => (name ? { name: name.slice(0, 500) } : {});

function nameless(type: string): string | undefined {
  if (type === "message/rfc822") return "mail.eml";
  return type === "text/calendar" ? "invitation.ics" : undefined;
}

/** Shown inside of the HTML: named there by its Content-ID. */
function isInline(of: ParsedMail["attachments"][number], html: string): boolean {
  if (!of.contentType.startsWith("image/") || !of.cid) return false;
  return of.related === true || html.includes(`cid:${of.cid}`);
}
