const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
const SILENT = /^(?:script|style|head|template|title)$/;
const BLOCK = /^(?:p|div|br|li|tr|h[1-6]|blockquote|table|ul|ol|hr)$/;
const HTML_LIMIT = 200_000;

/** The readable text of an HTML message, for understanding only (never for display: sanitising is not its work). Linear. */
export function plainText(html: string): string {
  const source = html.length > HTML_LIMIT ? html.slice(0, HTML_LIMIT) : html;
  let out = "";
  let silent = "";
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf("<", at);
    if (open < 0) {
      if (!silent) out += source.slice(at);
      break;
    }
    if (!silent) out += source.slice(at, open);
    const close = source.indexOf(">", open);
    if (close < 0) break;
    const tag = /^<(\/?)([a-zA-Z][a-zA-Z0-9]{0,15})/.exec(source.slice(open, open + 20));
    if (tag) {
      const name = tag[2]!.toLowerCase();
      if (silent) silent = tag[1] && name === silent ? "" : silent;
      else if (!tag[1] && SILENT.test(name)) silent = name;
      if (BLOCK.test(name)) out += "\n";
    }
    at = close + 1;
  }
  return entities(out)
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/ ?\n[\n ]*/g, "\n")
    .trim();
}

function entities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,5});/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return Object.hasOwn(NAMED, name.toLowerCase()) ? NAMED[name.toLowerCase()]! : whole;
    const code = name[1] === "x" || name[1] === "X" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}
