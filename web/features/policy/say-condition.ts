import type { PolicyCondition } from "#contracts/policy";
import { type ChoiceKind, type Kind, valuesOf } from "./rules.ts";

/** The words of one language: what each value is called, and the sentence of each kind around its values. */
export type ConditionWords = {
  values: Record<ChoiceKind, Record<string, string>>;
  sentence: Record<Exclude<Kind, "noise" | "thanks-only" | "followers" | "hour">, (list: string) => string>;
  yesNo: Record<"noise" | "thanks-only", readonly [yes: string, no: string]>;
  followers: (count: number) => string;
  /** "It was written from 22:00 until 06:00 in Europe/Berlin, on Friday and Saturday." */
  hours: (from: string, to: string, zone: string, days: string) => string;
  day: (iso: number) => string;
  everyDay: string;
  and: (list: readonly string[]) => string;
  language: (code: string) => string;
  /** The name of a monitor by its id. */
  monitor: (id: string) => string;
  /** The name of a product or place by its id. */
  thing: (id: string) => string;
  quote: (text: string) => string;
  or: (list: readonly string[]) => string;
  /** In place of a list that is still empty. */
  nothing: string;
};

/** What a value is called; one of the account's own is quoted. */
export function nameOf(kind: Kind, value: string, words: ConditionWords): string {
  if (kind === "language") return words.language(value);
  if (kind === "monitor") return words.monitor(value);
  if (kind === "thing") return words.thing(value);
  const names = Object.hasOwn(words.values, kind) ? words.values[kind as ChoiceKind] : {};
  return Object.hasOwn(names, value) ? names[value]! : words.quote(value);
}

/** A condition as a sentence: "It is a complaint or a question." */
export function sayCondition(condition: PolicyCondition, words: ConditionWords): string {
  switch (condition.on) {
    case "noise":
    case "thanks-only":
      return words.yesNo[condition.on][condition.is ? 0 : 1];
    case "followers":
      return words.followers(condition.atLeast);
    case "hour": {
      const { from, to, zone, days } = condition;
      const on =
        days.length === 7 ? words.everyDay : days.length === 0 ? words.nothing : words.and(days.map(words.day));
      return words.hours(from, to, zone.replaceAll("_", " "), on);
    }
    default: {
      const names = valuesOf(condition).map((value) => nameOf(condition.on, value, words));
      return words.sentence[condition.on](names.length === 0 ? words.nothing : words.or(names));
    }
  }
}
