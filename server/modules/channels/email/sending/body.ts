import type { SaidBefore } from "../../domain/adapter.ts";

const MAX_QUOTED = 20_000;

/** What stands in a mail: the words, the channel's signature, and the answered mail as a plain quotation. */
export interface Words {
  text: string;
  signature: string;
  quoted: SaidBefore | null;
}

export function plainBody({ text, signature, quoted }: Words): string {
  const below = quoted ? `\n\n${introduction(quoted)}\n${marked(quoted.text)}` : "";
  return `${text.trimEnd()}${signature.trim() === "" ? "" : `\n\n-- \n${signature.trim()}`}${below}\n`;
}

export function htmlBody({ text, signature, quoted }: Words): string {
  const sign = signature.trim() === "" ? "" : `<p>-- <br>${lines(signature.trim())}</p>`;
  const below = quoted
    ? `<p>${asHtml(introduction(quoted))}</p><blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${paragraphs(clip(quoted.text))}</blockquote>`
    : "";
  return `<!doctype html><html><body>${paragraphs(text.trimEnd())}${sign}${below}</body></html>`;
}

/** In the form that every mail program knows as the beginning of a quotation. */
function introduction({ sentAt, authorName, authorId }: SaidBefore): string {
  const name = authorName.replace(/\s+/g, " ").slice(0, 200);
  const at = new Date(sentAt).toISOString();
  return `On ${at.slice(0, 10)} at ${at.slice(11, 16)} UTC, ${name === "" || name === authorId ? authorId : `${name} <${authorId}>`} wrote:`;
}

const clip = (text: string): string =>
  text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED).toWellFormed()}\n[…]` : text;

const marked = (text: string): string =>
  clip(text)
    .split(/\r\n?|\n/)
    .map((line) => (line.startsWith(">") ? `>${line}` : `> ${line}`))
    .join("\n");

const paragraphs = (text: string): string =>
  text
    .split(/(?:\r?\n){2,}/)
    .map((p) => `<p>${lines(p)}</p>`)
    .join("");

const lines = (text: string): string =>
  asHtml(text)
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/ {2}/g, " &nbsp;"))
    .join("<br>");

const asHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
