import { type Entity, findEntities } from "./entities.ts";

/**
 * What strangers wrote, made safe to show. No HTML is ever rendered: markup becomes plain text, and text becomes pieces
 * that a page puts into elements of its own.
 */

/** Elements whose content is no text. */
const silent = new Set(["script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "head"]);
const breaking = new Set(
  "address article aside blockquote br dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul".split(
    " ",
  ),
);
const named: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  laquo: "«",
  raquo: "»",
  bull: "•",
  middot: "·",
  copy: "©",
  reg: "®",
  trade: "™",
  euro: "€",
  pound: "£",
  yen: "¥",
  deg: "°",
  times: "×",
  shy: "",
  zwnj: "\u200c",
  zwj: "\u200d",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  szlig: "ß",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  ccedil: "ç",
  ntilde: "ñ",
};

/** `&amp;`, `&#8364;`, `&#x20ac;` as the signs they stand for; once, so that "&amp;lt;" stays "&lt;". */
export function decodeReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/gu, (whole, decimal, hex, name) => {
    if (name) return Object.hasOwn(named, name) ? (named[name] as string) : whole;
    const point = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    const valid = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
    return valid ? String.fromCodePoint(point) : "\ufffd";
  });
}

const tagAt =
  /<(?:(?<close>\/)?(?<name>[a-zA-Z][a-zA-Z0-9-]{0,40})(?<rest>(?:[^<>"']|"[^"<]{0,4000}"|'[^'<]{0,4000}')*)>|!--|[!?])/uy;

/** The end of a comment, a declaration or a silent element; the end of the text when it is never closed. */
function endOf(html: string, lower: string, from: number, closing: string): number {
  const at = lower.indexOf(closing, from);
  if (at < 0) return html.length;
  const end = html.indexOf(">", at);
  return end < 0 ? html.length : end + 1;
}

/** Text of an HTML fragment: line breaks where elements break lines, nothing of scripts, styles and comments. Linear. */
export function htmlToText(html: string): string {
  const lower = html.toLowerCase().length === html.length ? html.toLowerCase() : html;
  // What is never closed is looked for once only.
  const unclosed = new Set<string>();
  let out = "";
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf("<", at);
    if (next < 0) break;
    out += decodeReferences(html.slice(at, next)).replace(/[\t\n\f\r ]+/gu, " ");
    tagAt.lastIndex = next;
    const tag = tagAt.exec(html);
    if (!tag) {
      out += "<";
      at = next + 1;
      continue;
    }
    at = next + tag[0].length;
    const name = tag.groups?.name?.toLowerCase();
    if (name === undefined) at = endOf(html, lower, at, tag[0] === "<!--" ? "-->" : ">");
    else if (breaking.has(name)) out += "\n";
    else if (name === "td" || name === "th") out += "\t";
    else if (silent.has(name) && !tag.groups?.close && !unclosed.has(name)) {
      const end = endOf(html, lower, at, `</${name}`);
      if (end === html.length && !lower.endsWith(">")) unclosed.add(name);
      at = end;
    }
  }
  return tidy(out + decodeReferences(html.slice(at)).replace(/[\t\n\f\r ]+/gu, " "));
}

const tidy = (text: string) =>
  safeText(text)
    .split("\n")
    .map((line) => line.replace(/[ \t]+/gu, " ").trim())
    .join("\n")
    .replace(/\n{3,}/gu, "\n\n")
    .trim();

/** Signs that would turn the rest of a line round or hide it: bidirectional overrides and isolates, and controls. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
const unsafe = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;

/** Text that can be shown beside other text: whole characters, plain line ends, no controls, no turned lines. */
export function safeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replace(unsafe, "");
}

/** A piece of a message for display; `href` is always http or https (or mailto for an address). */
export type DisplayPiece =
  | { kind: "text"; text: string }
  | { kind: "link" | "email"; text: string; href: string }
  | { kind: "mention" | "hashtag"; text: string; value: string };

/** A text as pieces in order; put together their `text`s are the safe text. */
export function displayPieces(text: string): DisplayPiece[] {
  const safe = safeText(text);
  const pieces: DisplayPiece[] = [];
  let from = 0;
  for (const entity of findEntities(safe)) {
    if (entity.start > from) pieces.push({ kind: "text", text: safe.slice(from, entity.start) });
    pieces.push(pieceOf(entity, safe.slice(entity.start, entity.end)));
    from = entity.end;
  }
  if (from < safe.length) pieces.push({ kind: "text", text: safe.slice(from) });
  return pieces;
}

function pieceOf({ kind, value }: Entity, text: string): DisplayPiece {
  if (kind === "mention" || kind === "hashtag") return { kind, text, value };
  const href = safeHref(kind === "email" ? `mailto:${value}` : value);
  return href === undefined ? { kind: "text", text } : { kind, text, href };
}

/** An address a page may link to, or undefined: http, https and mailto, without a user name that poses as a host. */
export function safeHref(address: string): string | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (!["http:", "https:", "mailto:"].includes(url.protocol) || url.username || url.password) return undefined;
  return url.href;
}
