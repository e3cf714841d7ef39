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
