import { decodeText, isHonest } from "./charsets.ts";
import { decodedBody, leavesOf, type MimePart, readMime } from "./mime.ts";

/**
 * The mail with each text part as `change` gives it back (undefined: it stays as it is, byte for byte). A changed part goes on as UTF-8 in
 * base64; nothing else of the mail is touched. `tree`: the same mail, taken apart before.
 */
export function rewriteTexts(
  raw: Buffer,
  change: (text: string, part: MimePart) => string | undefined,
  tree: MimePart = readMime(raw),
): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (const part of leavesOf(tree)) {
    if (!part.type.startsWith("text/") || part.bodyStart < from) continue;
    const text = decodeText(decodedBody(raw, part), part.params.get("charset") ?? "");
    const next = change(text, part);
    if (next === undefined) continue;
    pieces.push(raw.subarray(from, part.headStart), headFor(raw, part), encoded(next));
    from = part.end;
  }
  return pieces.length === 0 ? raw : Buffer.concat([...pieces, raw.subarray(from)]);
}

/** Texts whose charset is a lie are given a true one, and header lines in eight bits a form that every reader knows. */
export function mendCharsets(raw: Buffer, tree: MimePart): Buffer {
  const lies = (part: MimePart) => !isHonest(decodedBody(raw, part), part.params.get("charset") || "utf-8");
  return mendHead(rewriteTexts(raw, (text, part) => (lies(part) ? text : undefined), tree));
}

/** Raw bytes above ASCII in the mail's own head: read as what they are, written as UTF-8. */
function mendHead(raw: Buffer): Buffer {
  const end = readHeadEnd(raw);
  const head = raw.subarray(0, end);
  if (head.every((byte) => byte < 0x80)) return raw;
  return Buffer.concat([Buffer.from(decodeText(head, "")), raw.subarray(end)]);
}

function readHeadEnd(raw: Buffer): number {
  const unix = raw.indexOf("\n\n");
  const dos = raw.indexOf("\r\n\r\n");
  const found = [unix, dos].filter((at) => at >= 0);
  return found.length === 0 ? raw.length : Math.min(...found);
}

/** The part's head with the new encoding in place of the old one. */
function headFor(raw: Buffer, part: MimePart): Buffer {
  const head = raw.toString("latin1", part.headStart, part.bodyStart);
  const kept = head
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .filter((line) => line !== "" && !/^content-(type|transfer-encoding)\s*:/i.test(line));
  const flowed = part.params.get("format")?.toLowerCase() === "flowed" ? "; format=flowed" : "";
  const lines = [
    ...kept,
    `Content-Type: ${part.type}; charset=utf-8${flowed}`,
    "Content-Transfer-Encoding: base64",
    "",
    "",
  ];
  return Buffer.from(lines.join("\r\n"), "latin1");
}

function encoded(text: string): Buffer {
  return Buffer.from(`${Buffer.from(text).toString("base64").replace(/.{76}/g, "$&\r\n")}\r\n`);
}
