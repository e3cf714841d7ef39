import { z } from "zod";

/** A whole number in a query string. */
export const seqInput = z
  .string()
  .regex(/^\d{1,15}$/, "a whole number from 0")
  .transform(Number);

export function limitInput(max: number, usual: number) {
  return z
    .string()
    .regex(/^\d{1,6}$/, "a whole number")
    .transform(Number)
    .refine((n) => n >= 1 && n <= max, `from 1 to ${max}`)
    .default(usual);
}

/** RFC 3339 → epoch ms. */
export const instantInput = z.iso.datetime({ offset: true }).transform((s) => Date.parse(s));

export const textInput = z.string();

/** A page of a list whose cursor counts the things before it. `keep` picks; at most `limit` are kept. */
export function pageOf<T>(list: readonly T[], since: number, limit: number, keep: (item: T) => boolean) {
  const items: T[] = [];
  let next = Math.min(since, list.length);
  while (next < list.length && items.length < limit) {
    const item = list[next++] as T;
    if (keep(item)) items.push(item);
  }
  return { items, next, more: next < list.length };
}
