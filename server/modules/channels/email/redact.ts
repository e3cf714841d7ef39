import { readFrames, writeFrames } from "./mailbox/frames.ts";
import { decodeWords, encodeWords } from "./reading/encoded-words.ts";
import { wordsOfHtml } from "./reading/html-words.ts";
import { leavesOf, readMime } from "./reading/mime.ts";
import { foldQuoted } from "./reading/quoted.ts";
import { headersOfRaw } from "./reading/raw-headers.ts";
import { rewriteTexts } from "./reading/rewrite.ts";

type Redact = (text: string) => string;

/** The raw mails with `redact` applied to every text in them; null where a text lies in something that cannot be rewritten. */
export function redactEmail(body: Uint8Array, redact: Redact): Uint8Array | null {
  const frames = readFrames(body);
  if (!frames) return redactMail(Buffer.from(body.buffer, body.byteOffset, body.byteLength), redact);
  const clean: typeof frames = [];
  for (const frame of frames) {
    const raw = redactMail(Buffer.from(frame.raw.buffer, frame.raw.byteOffset, frame.raw.byteLength), redact);
    if (!raw) return null;
    // The size was the mailbox's; a head without its mail must go on saying so.
    clean.push({ ...frame, size: frame.size > frame.raw.length ? frame.size : raw.length, raw });
  }
  return writeFrames(clean);
}

function redactMail(raw: Buffer, redact: Redact): Buffer | null {
  if (leavesOf(readMime(raw)).some(({ type }) => type === "message/rfc822" || /ms-tnef$/.test(type))) return null;
  const clean = redactSubject(
    rewriteTexts(raw, (text, part) => {
      const next = part.type === "text/html" ? redactHtml(text, redact) : redactText(text, redact);
      return next === text ? undefined : next;
    }),
    redact,
  );
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
