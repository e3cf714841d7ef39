import { redactAll } from "#shared/redact";
import type { Label } from "./label.ts";

/** Kinds of personal data a post holds. */
export const PERSONAL = ["card", "cvv", "iban", "phone", "email", "national_id", "password"] as const;
export type Personal = (typeof PERSONAL)[number];

/** How often each kind is right on `labels/personal_dev` and `every_dev` of bench/judge; bar codes look like cards and numbers of taxpayers. */
const SURE: Record<Personal, number> = {
  card: 0.92,
  cvv: 0.95,
  iban: 0.99,
  phone: 0.94,
  email: 0.99,
  national_id: 0.9,
  password: 0.97,
};
/** Cards and codes are out of the text before anybody reads it; these stand in their place. */
const TAKEN_OUT = /\[(?:card(?: …\d{4})?|code)\]/gu;

/**
 * Which kinds of personal data are in a text, and where: never what they are. Handles of ours and others are public and count for none. `words` have
 * places and no text.
 */
export function readPersonal(text: string, language: string): Label<Personal>[] {
  // Nothing of it is made of letters alone but what stands after the word password.
  const by = new Map<Personal, { start: number; end: number }[]>();
  const put = (kind: Personal, start: number, end: number) => by.set(kind, [...(by.get(kind) ?? []), { start, end }]);
  for (const { kind, start, end } of redactAll([text], language === "und" ? undefined : language).found)
    put(kind, start, end);
  for (const m of text.matchAll(TAKEN_OUT)) put(m[0] === "[code]" ? "cvv" : "card", m.index, m.index + m[0].length);
  return PERSONAL.flatMap((value) => {
    const places = by.get(value);
    return places
      ? [{ value, score: SURE[value], words: places.slice(0, 5).map((p) => ({ ...p, text: "", weight: 1 })) }]
      : [];
  });
}
