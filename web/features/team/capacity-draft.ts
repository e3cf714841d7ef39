import type { Kind, NewProfile, Profile } from "./capacity-query.ts";

/** A profile as it is typed: caps are texts, an empty one is the usual cap. */
export interface ProfileDraft {
  readonly name: string;
  /** Tenths, as screens show it. */
  readonly budget: string;
  readonly caps: Readonly<Partial<Record<Kind, string>>>;
  readonly apart: readonly (readonly Kind[])[];
}
export type DraftFault = "name" | "budget" | "caps" | "nothing";

export function draftOf(profile: Profile | null): ProfileDraft {
  if (!profile) return { name: "", budget: "10", caps: {}, apart: [] };
  const caps = Object.entries(profile.limits).map(([kind, cap]) => [kind, String(cap)]);
  return {
    ...{ name: profile.name, budget: String(profile.budget / 10), caps: Object.fromEntries(caps) },
    apart: profile.apart,
  };
}

const whole = (text: string, least: number, most: number): number | null => {
  const n = Number(text);
  return text.trim() !== "" && Number.isInteger(n) && n >= least && n <= most ? n : null;
};

/** What would be sent, or what is wrong first. */
export function profileFrom(draft: ProfileDraft, kinds: readonly Kind[]): NewProfile | DraftFault {
  const name = draft.name.trim();
  if (name === "" || name.length > 80) return "name";
  const budget = Math.round(Number(draft.budget) * 10);
  if (!(budget >= 10 && budget <= 200)) return "budget";
  const limits: Partial<Record<Kind, number>> = {};
  for (const kind of kinds) {
    const text = draft.caps[kind] ?? "";
    if (text.trim() === "") continue;
    const cap = whole(text, 0, 50);
    if (cap === null) return "caps";
    limits[kind] = cap;
  }
  if (kinds.every((kind) => limits[kind] === 0)) return "nothing";
  return { name, budget, limits, apart: draft.apart.filter((group) => group.length > 1).map((group) => [...group]) };
}

/** Puts two kinds apart, or together again. */
export function toggleApart(apart: ProfileDraft["apart"], a: Kind, b: Kind): ProfileDraft["apart"] {
  const isPair = (group: readonly Kind[]) => group.length === 2 && group.includes(a) && group.includes(b);
  return apart.some(isPair) ? apart.filter((group) => !isPair(group)) : [...apart, [a, b]];
}

/** A day as a person picks it is the whole day here. */
export const startOf = (day: string): string | null => (day === "" ? null : new Date(`${day}T00:00:00`).toISOString());
export const endOf = (day: string): string | null =>
  day === "" ? null : new Date(`${day}T23:59:59.999`).toISOString();
