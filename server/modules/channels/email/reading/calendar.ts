/** What an invitation says, for a mail that says nothing else (RFC 5545): its title and when it begins, as it stands there. */
export function wordsOfCalendar(ics: string): string {
  const lines = ics
    .slice(0, 200_000)
    .replace(/\r?\n[ \t]/g, "")
    .split(/\r?\n/);
  const field = (name: string) =>
    lines
      .find((line) => line.toUpperCase().startsWith(`${name}:`) || line.toUpperCase().startsWith(`${name};`))
      ?.replace(/^[^:]*:/, "")
      .replace(/\\n/gi, " ")
      .replace(/\\(.)/g, "$1")
      .trim() ?? "";
  const start = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2}))?/.exec(field("DTSTART"));
  const when = start ? `${start[1]}-${start[2]}-${start[3]}${start[4] ? ` ${start[4]}:${start[5]}` : ""}` : "";
  return [field("SUMMARY"), when, field("LOCATION")].filter((s) => s !== "").join(", ");
}
