import css from "./search.module.css";

/** A text with the words marked that answered; spans in order, as the server gives them. */
export function Marked({ text, spans }: { text: string; spans: readonly { at: number; length: number }[] }) {
  const parts: { at: number; text: string; hit: boolean }[] = [];
  let at = 0;
  for (const span of spans) {
    if (span.at < at) continue;
    if (span.at > at) parts.push({ at, text: text.slice(at, span.at), hit: false });
    parts.push({ at: span.at, text: text.slice(span.at, span.at + span.length), hit: true });
    at = span.at + span.length;
  }
  parts.push({ at, text: text.slice(at), hit: false });
  return parts.map((part) =>
    part.hit ? (
      <mark key={part.at} className={css.hit}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
