export type SaidEntity = { type: "mention" | "url" | "hashtag" | "emoji"; start: number; end: number; value: string };
export type SaidPart =
  | { kind: "text"; text: string }
  | { kind: "link"; text: string; href: string }
  | { kind: "name"; text: string }
  | { kind: "redacted"; text: string }
  | { kind: "word"; text: string };

/** What redaction leaves in the place of what it took out (shared/redact). */
const REDACTED = /\[(?:card|code|IBAN|phone|e-mail|ID number|secret)(?: …\d{4})?\]/gu;

/** Only addresses of the web are links; anything else stays text, whatever the network called it. */
export function safeHref(value: string): string | null {
  const said = /^[a-z][a-z0-9+.-]*:/i.test(value) ? value : `https://${value}`;
  try {
    const url = new URL(said);
    return (url.protocol === "https:" || url.protocol === "http:") && url.hostname !== "" ? url.href : null;
  } catch {
    return null;
  }
}

type Span = { start: number; end: number; part: (text: string) => SaidPart };

/**
 * A text cut into plain stretches, links, names, removed places and, when `words` is given, the words that made a label.
 * Offsets come from strangers: what is out of bounds or overlaps is passed over.
 */
export function saidParts(
  text: string,
  entities: readonly SaidEntity[],
  redactions: number,
  words: readonly { start: number; end: number }[] = [],
): SaidPart[] {
  const spans: Span[] = [];
  if (redactions > 0) {
    for (const hit of text.matchAll(REDACTED)) {
      spans.push({
        start: hit.index,
        end: hit.index + hit[0].length,
        part: (said) => ({ kind: "redacted", text: said }),
      });
    }
  }
  for (const word of words) spans.push({ ...word, part: (said) => ({ kind: "word", text: said }) });
  for (const entity of entities) {
    if (entity.type === "emoji") continue;
    const href = entity.type === "url" ? safeHref(entity.value) : null;
    if (entity.type === "url" && href === null) continue;
    const { start, end } = entity;
    spans.push({
      start,
      end,
      part: (said) => (href === null ? { kind: "name", text: said } : { kind: "link", text: said, href }),
    });
  }
  const parts: SaidPart[] = [];
  let from = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (!Number.isInteger(span.start) || span.start < from || span.end <= span.start || span.end > text.length)
      continue;
    if (span.start > from) parts.push({ kind: "text", text: text.slice(from, span.start) });
    parts.push(span.part(text.slice(span.start, span.end)));
    from = span.end;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}
