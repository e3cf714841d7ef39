import css from "./listening.module.css";

export type SpannedText = { text: string; spans: readonly { at: number; length: number }[] };

/** A text with the words marked that matched. */
export function Spanned({ text, spans }: SpannedText) {
  const parts: { at: number; text: string; hit: boolean }[] = [];
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.at - b.at)) {
    if (span.at < at || span.at + span.length > text.length) continue;
    if (span.at > at) parts.push({ at, text: text.slice(at, span.at), hit: false });
    parts.push({ at: span.at, text: text.slice(span.at, span.at + span.length), hit: true });
    at = span.at + span.length;
  }
  parts.push({ at, text: text.slice(at), hit: false });
  return (
    <p className={css.said} dir="auto">
      {parts.map((part) =>
        part.hit ? (
          <mark key={part.at} className={css.hit}>
            {part.text}
          </mark>
        ) : (
          <span key={part.at}>{part.text}</span>
        ),
      )}
    </p>
  );
}
