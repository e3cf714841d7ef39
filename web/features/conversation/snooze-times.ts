const HOUR = 3_600_000;

export type SnoozeChoice = { id: "hour" | "tomorrow" | "monday"; at: number };

/** Nine o'clock by the agent's own clock, some days from now. */
function nineAfter(now: number, days: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, 9, 0, 0, 0).getTime();
}

/** The usual times to put work away until. On a Sunday tomorrow is Monday: it is offered once. */
export function snoozeChoices(now: number): SnoozeChoice[] {
  const weekday = new Date(now).getDay();
  const toMonday = ((8 - weekday) % 7 || 7) as number;
  const choices: SnoozeChoice[] = [
    { id: "hour", at: now + HOUR },
    { id: "tomorrow", at: nineAfter(now, 1) },
  ];
  if (toMonday !== 1) choices.push({ id: "monday", at: nineAfter(now, toMonday) });
  return choices;
}

/** A time for a `datetime-local` field, in the agent's own zone. */
export function forField(at: number): string {
  const d = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** What a `datetime-local` field says, as epoch ms; null when it is no time or not ahead of now. */
export function fromField(said: string, now: number): number | null {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(said) ? new Date(said).getTime() : Number.NaN;
  return Number.isNaN(at) || at <= now ? null : at;
}
