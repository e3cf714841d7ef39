import { z } from "zod";
import { type Calendar, dueAt, isOpen, nextOpening } from "#modules/company";
import { DAY, instantOf, SECOND } from "#platform/clock";
import { type MediumClassName, mediumClasses } from "../domain/medium-class.ts";
import { choices, priorities } from "../domain/model.ts";
import type { QueueTime } from "../domain/rehearse/model.ts";

/** Fields of history lines and drafts (docs/formats/route.md), read into milliseconds and instants. */
const media = Object.keys(mediumClasses) as [MediumClassName, ...MediumClassName[]];
/** No longer than ten years: longer is a wrong unit. */
const LONGEST_S = 315_360_000;

export const name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), "has characters that no name has");
const names = z.array(name).max(1_000);
export const medium = z.enum(media);
export const priority = z.enum(priorities);
export const seconds = z
  .number()
  .min(0)
  .max(LONGEST_S)
  .transform((s) => Math.round(s * SECOND));
export const instant = z.string().transform((text, context) => {
  const at = /T.*(?:Z|[+-]\d\d:\d\d)$/.test(text) ? instantOf(text) : null;
  if (at === null) context.addIssue({ code: "custom", message: "is a time with its zone, like 2026-11-17T09:00:00Z" });
  return at ?? z.NEVER;
});
const target = seconds.refine((ms) => ms > 0, "is longer than nothing");
const level = z.int().min(0).max(100);
export const kind = z.enum(["hard", "soft"]);
export const needs = z.array(z.strictObject({ skill: name, level, kind: kind.default("hard") })).max(50);
export const skills = z.record(name, level).transform((all) => new Map(Object.entries(all)));
export const budget = z.int().min(1).max(1_000);
export const count = z.int().min(0).max(1_000);
export const perMedium = <T extends z.ZodType>(of: T) => z.partialRecord(medium, of);
export const limits = perMedium(count);
export const teams = names;

const clockTime = z.string().regex(/^(?:[01]\d|2[0-4]):[0-5]\d$/, "is a time of day like 08:30");
const date = z.iso.date();
const openings = z.array(z.tuple([clockTime, clockTime])).max(20);
const special = z.strictObject({
  ...{ date, name: z.string().default(""), hours: openings.nullable().default(null), closed: openings.default([]) },
  sourceId: z.string().nullable().default(null),
});
const weekday = z.enum(["1", "2", "3", "4", "5", "6", "7"]);
const rule = z.strictObject({
  ...{ from: date, zone: z.string().max(64), week: z.partialRecord(weekday, openings) },
  ...{ holidays: z.array(date).max(5_000).optional(), days: z.array(special).max(5_000).optional() },
});
export const hours = z.union([z.literal("always"), z.array(rule).min(1).max(100)]).transform((said, context) => {
  if (said === "always") return null;
  const calendar = said as unknown as Calendar;
  try {
    if (nextOpening(0, calendar) !== null) return queueTime(calendar);
    context.addIssue({ code: "custom", message: "never opens" });
  } catch {
    context.addIssue({ code: "custom", message: "names a zone or a day that is not there" });
  }
  return z.NEVER;
});

export function queueTime(calendar: Calendar): QueueTime {
  return {
    isOpen: (at) => isOpen(at, calendar),
    nextOpening: (at) => nextOpening(at, calendar),
    between: (from, to) => to - from,
    after: (from, ms) => {
      try {
        return dueAt(from, ms, calendar);
      } catch (error) {
        if (error instanceof RangeError) return from + 3_660 * DAY;
        throw error;
      }
    },
  };
}

/** What a queue is made of beside its targets; all of it may be left out. */
export const queueParts = {
  rings: z
    .array(z.number().gt(0).lt(1))
    .length(3)
    .refine((all) => all.every((part, n) => part > (all[n - 1] ?? 0)), "rises: each ring opens after the one before")
    .optional(),
  overflow: z.array(names).length(3).optional(),
  choice: z.enum(choices).optional(),
  auto_serve: z.boolean().optional(),
  out_of_hours: z.enum(["hold", "work"]).optional(),
  hours: hours.optional(),
  needs: needs.optional(),
};
export const targets = z.strictObject({ urgent: target, high: target, normal: target, low: target });
export const behaviour = z
  .strictObject({
    accept_s: seconds.refine((ms) => ms >= 1, "is longer than nothing").optional(),
    declines: z.number().min(0).max(0.9).optional(),
    misses: z.number().min(0).max(0.9).optional(),
    returns_s: seconds.refine((ms) => ms >= SECOND, "is a second or more").optional(),
  })
  .refine((b) => (b.declines ?? 0) + (b.misses ?? 0) <= 0.9, "of ten offers one at least has to be taken");
/** A call fills all of a person whatever is said, so it has no weight to change. */
export const weight = z.int().min(1).max(100);
export const mediaDraft = z.strictObject({
  ...Object.fromEntries(
    media.map((m) => [
      m,
      z.strictObject({ cap: count.optional(), ...(m !== "phone" && { weight: weight.optional() }) }).optional(),
    ]),
  ),
}) as z.ZodType<Partial<Record<MediumClassName, { weight?: number; cap?: number }>>>;

/** Fields told under other names; those left out are left out. */
export function renamed(parts: {
  auto_serve?: boolean | undefined;
  out_of_hours?: "hold" | "work" | undefined;
  hours?: QueueTime | null | undefined;
}) {
  return defined({ autoServe: parts.auto_serve, outOfHours: parts.out_of_hours, time: parts.hours });
}
export function defined<T extends object>(of: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as never;
}
export const asBehaviour = (b: z.infer<typeof behaviour>) =>
  defined({ accept: b.accept_s, declines: b.declines, misses: b.misses, returns: b.returns_s });

/** "handle_s: expected number": the first thing that is wrong with a line. */
export function firstFault(error: z.ZodError): string {
  const [issue] = error.issues;
  const where = issue?.path.join(".") ?? "";
  return `${where === "" ? "" : `"${where}": `}${issue?.message ?? "is not as the format has it"}`;
}
