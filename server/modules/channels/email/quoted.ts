/** "On Tuesday Alice wrote:" in the languages that mail programs speak most; the line may be broken once. */
const INTRODUCTIONS = [
  /^(on|am|le|el|il|op|em|den|dnia)\b[^\n]{0,300}(\n[^\n]{0,200})?\b(wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał\(a\)|napisał)\b[^\n]{0,80}:[^\S\n]{0,40}$/imu,
  /^[^\S\n]{0,40}-{2,}[^\S\n]{0,40}(original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale)[^\S\n]{0,40}-{2,}[^\S\n]{0,40}$/imu,
];

export interface Folded {
  /** What was said now. */
  said: string;
  /** What was quoted below it; empty when nothing was. */
  quoted: string;
}

/**
 * Parts a mail's words from the quotation under them. Kept simple and careful: only a block that begins with an introduction, or runs of `>`
 * at the very end, is folded; answers between quoted lines stay whole.
 */
export function foldQuoted(text: string): Folded {
  const lines = text.replace(/\r\n?/g, "\n");
  for (const introduction of INTRODUCTIONS) {
    const at = introduction.exec(lines)?.index;
    if (at === undefined) continue;
    const below = lines.slice(at).split("\n").slice(1);
    // After the introduction somebody wrote on, between the quoted lines: that belongs to what was said.
    const quote = below.findIndex((l) => l.startsWith(">"));
    const wroteOn = quote >= 0 && below.slice(quote).some((l) => l.trim() !== "" && !l.startsWith(">"));
    if (!wroteOn && lines.slice(0, at).trim() !== "")
      return { said: lines.slice(0, at).trimEnd(), quoted: lines.slice(at).trim() };
  }
  const all = lines.trimEnd().split("\n");
  let end = all.length;
  while (end > 0 && (all[end - 1]!.startsWith(">") || all[end - 1]!.trim() === "")) end--;
  const quoted = all.slice(end).join("\n").trim();
  return end === 0 || quoted === ""
    ? { said: lines.trimEnd(), quoted: "" }
    : { said: all.slice(0, end).join("\n").trimEnd(), quoted };
}
