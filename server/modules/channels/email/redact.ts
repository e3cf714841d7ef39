import { type Frame, readFrames, writeFrames } from "./mailbox/frames.ts";
import type { MailsRead } from "./parse.ts";
import { decodeWords, encodeWords } from "./reading/encoded-words.ts";
import { wordsOfHtml } from "./reading/html-words.ts";
import { leavesOf, type MimePart, readMime } from "./reading/mime.ts";
import { foldQuoted } from "./reading/quoted.ts";
import { headersOfRaw } from "./reading/raw-headers.ts";
import { rewriteTexts } from "./reading/rewrite.ts";

type Redact = (text: string) => string;

/**
 * The raw mails with `redact` applied to every text in them; null where a text lies in something that cannot be rewritten. `read`: what
 * the parser has read of the same bytes.
 */
export function redactEmail(body: Uint8Array, redact: Redact, read?: unknown): Uint8Array | null {
  const { alone, mails } = (read as MailsRead | undefined) ?? readAgain(body);
  const clean: Frame[] = [];
  for (const { frame, tree } of mails) {
    const raw = redactMail(bytesOf(frame.raw), tree, redact);
    if (!raw) return null;
    // The size was the mailbox's; a head without its mail must go on saying so.
    clean.push({ ...frame, size: frame.size > frame.raw.length ? frame.size : raw.length, raw });
  }
  return alone ? (clean[0]?.raw ?? null) : writeFrames(clean);
}

const bytesOf = (raw: Uint8Array): Buffer => Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);

function readAgain(body: Uint8Array): MailsRead {
  const framed = readFrames(body);
  const one: Frame = { folder: "", role: "in", uid: 0, at: null, size: body.length, raw: body };
  return {
    alone: framed === null,
    mails: (framed ?? [one]).map((frame) => ({ frame, tree: readMime(bytesOf(frame.raw)) })),
  };
}

function redactMail(raw: Buffer, tree: MimePart, redact: Redact): Buffer | null {
  if (leavesOf(tree).some(({ type }) => type === "message/rfc822" || /ms-tnef$/.test(type))) return null;
  let changed = false;
  const texts = rewriteTexts(
    raw,
    (text, part) => {
      const next = part.type === "text/html" ? redactHtml(text, redact) : redactText(text, redact);
      if (next === text) return undefined;
      changed = true;
      return next;
    },
    tree,
  );
  const clean = redactSubject(texts, redact);
  if (!changed) return clean;
  // Looked at once more: what is still found stands where it could not be reached.
  let rest = false;
  rewriteTexts(clean, (text, part) => {
    const words = part.type === "text/html" ? wordsOfHtml(text) : text;
    rest ||= redact(words) !== words;
    return undefined;
  });
  return rest ? null : clean;
}

/** A text may be stored without its quotation, and what it lost then is lost here, too. */
function redactText(text: string, redact: Redact): string {
  const { said } = foldQuoted(text);
  const kept = redact(said);
  const lines = text.replace(/\r\n?/g, "\n");
  const cut = kept !== said && lines.includes(said) ? lines.replace(said, () => kept) : text;
  return redact(cut);
}

/** A number may be broken by markup: then only its words stay. */
function redactHtml(html: string, redact: Redact): string {
  const clean = redact(html);
  const words = wordsOfHtml(clean);
  const kept = redactText(words, redact);
  if (kept === words) return clean;
  return `<pre>${kept.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</pre>`;
}

function redactSubject(raw: Buffer, redact: Redact): Buffer {
  const given = headersOfRaw(raw).get("subject");
  if (given === undefined) return raw;
  const subject = decodeWords(given);
  const kept = redact(subject);
  if (kept === subject) return raw;
  const text = raw.toString("latin1");
  return Buffer.from(
    text.replace(/^(subject:)[^\n]*(?:\r?\n[ \t][^\n]*)*/im, (_, name) => `${name} ${encodeWords(kept)}\r`),
    "latin1",
  );
}
