/**
 * An auto-escaping template for pages made on the server: html`<p title="${text}">${text}</p>`.
 * Everything put in is escaped, unless it is itself the outcome of `html` (or of `trusted`). Lists are joined; null, undefined, false and true give nothing,
 * so `${ok && html`…`}` works. Attribute values must stand in double quotes.
 */
export class Html {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

export type HtmlValue = Html | string | number | bigint | boolean | null | undefined | readonly HtmlValue[];

export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  let out = parts[0] ?? "";
  for (let i = 0; i < values.length; i++) out += render(values[i]) + (parts[i + 1] ?? "");
  return new Html(out);
}

/** Markup that we wrote ourselves and that holds nothing from outside. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

/** Text made harmless for element content and for attribute values in quotes. NUL and other controls, which HTML cannot hold, become U+FFFD. */
export function escapeHtml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, "\uFFFD")
      .replace(/[&<>"'`]/g, (c) => ENTITIES[c] ?? c)
  );
}

/** An address that may stand in href or src: http, https, mailto, or within this site; anything else becomes "#". */
export function safeUrl(address: string): string {
  const url = address.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them inside addresses, which would hide a scheme or a host
  if (/[\u0000-\u0020\u007f]/.test(url)) return "#";
  if (/^(https?:\/\/|mailto:)/i.test(url)) return url;
  return /^[/?#](?![/\\])/.test(url) && !url.includes("\\") ? url : "#";
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

function render(value: HtmlValue): string {
  if (value instanceof Html) return value.toString();
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(render).join("");
  if (value === null || value === undefined || typeof value === "boolean") return "";
  throw new TypeError("html: a value is neither text, number, list nor html");
}
