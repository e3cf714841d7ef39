import type { StitchLimits } from "#contracts/windows";

/** What stands in the fields: hours, days and minutes, as people write them. */
export type StitchingForm = { fresh: string; shift: string; memory: string; breath: string };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 366 * DAY;

/** Which limit stands in which field, and in what. */
const FIELDS = [
  ["fresh", "freshPostMs", HOUR],
  ["shift", "mediaShiftMs", HOUR],
  ["memory", "memoryMs", DAY],
  ["breath", "burstMs", MINUTE],
] as const;

const UNITS: Record<keyof StitchingForm, number> = { fresh: HOUR, shift: HOUR, memory: DAY, breath: MINUTE };

export function formOfLimits(limits: StitchLimits): StitchingForm {
  const form: StitchingForm = { fresh: "", shift: "", memory: "", breath: "" };
  for (const [field, key, unit] of FIELDS) form[field] = String(Math.round((limits[key] / unit) * 1_000) / 1_000);
  return form;
}

/** Null where it is no span: a number from 0 to a year, with a point or a comma. */
export function limitOf(field: keyof StitchingForm, text: string): number | null {
  const said = text.trim().replace(",", ".");
  if (!/^\d{1,6}(?:\.\d{1,4})?$/.test(said)) return null;
  const ms = Math.round(Number(said) * UNITS[field]);
  return ms > YEAR ? null : ms;
}

/** The limits a form tells, or null while a field in it is none. */
export function limitsOf(form: StitchingForm): StitchLimits | null {
  const limits: StitchLimits = { freshPostMs: 0, mediaShiftMs: 0, memoryMs: 0, burstMs: 0 };
  for (const [field, key] of FIELDS) {
    const ms = limitOf(field, form[field]);
    if (ms === null) return null;
    limits[key] = ms;
  }
  return limits;
}

export const sameLimits = (a: StitchLimits | null, b: StitchLimits | null): boolean =>
  a === b || (a !== null && b !== null && FIELDS.every(([, key]) => a[key] === b[key]));
