import { decodeText } from "./charsets.ts";

/** `=?utf-8?B?…?=` and `=?iso-8859-1?Q?…?=` as words (RFC 2047); the space between two of them is none. */
export function decodeWords(header: string): string {
  return header
    .slice(0, 20_000)
    .replace(/(\?=)\s+(?==\?)/g, "$1")
    .replace(/=\?([\w.+-]{1,40})(?:\*[\w-]{1,20})?\?([BbQq])\?([^?\s]{0,5000})\?=/g, (_, charset, how, text) =>
      decodeText(how.toLowerCase() === "b" ? Buffer.from(text, "base64") : fromQ(text), charset),
    );
}

function fromQ(text: string): Buffer {
  const plain = text
    .replaceAll("_", " ")
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, "latin1");
}

export function encodeWords(text: string): string {
  // An encoded word holds at most 75 signs (RFC 2047 §2), and no letter is cut.
  const words: string[] = [];
  let word = "";
  for (const sign of text) {
    if (Buffer.byteLength(word + sign) > 42) {
      words.push(word);
      word = "";
    }
    word += sign;
  }
  return [...words, word].map((w) => `=?utf-8?B?${Buffer.from(w).toString("base64")}?=`).join("\r\n ");
}
