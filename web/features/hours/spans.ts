const UNITS: readonly [RegExp, number][] = [
  [/^(m|min|mins|minute|minutes)$/i, 60_000],
  [/^(h|hour|hours|std)$/i, 3_600_000],
  [/^(d|day|days)$/i, 86_400_000],
];

/** "90", "90 min", "4 h", "1 d 2 h" or "1:30" (hours and minutes) in milliseconds; a bare number is minutes. Null: none of these. */
export function parseSpan(text: string): number | null {
  const said = text.trim();
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(said);
  if (clock) return (Number(clock[1]) * 60 + Number(clock[2])) * 60_000;
  if (/^\d{1,6}$/.test(said)) return Number(said) * 60_000;
  const parts = [...said.matchAll(/(\d{1,6})\s*([a-z]+)/gi)];
  if (parts.length === 0 || said.replace(/(\d{1,6})\s*([a-z]+)/gi, "").trim() !== "") return null;
  let ms = 0;
  for (const [, count, unit] of parts) {
    const size = UNITS.find(([name]) => name.test(unit ?? ""))?.[1];
    if (size === undefined) return null;
    ms += Number(count) * size;
  }
  return ms;
}

/** "15 min", "4 h", "1 h 30 min": what {@link parseSpan} reads again. Hours are not made days: an opening day has fewer than 24. */
export function writeSpan(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return [h > 0 ? `${h} h` : "", m > 0 || h === 0 ? `${m} min` : ""].filter(Boolean).join(" ");
}
