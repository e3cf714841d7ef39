import { type I18n, i18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import type { FaultCode } from "#contracts/common";
import type { FieldFault, Problem } from "../api/problem.ts";
import { type Said, sayServer } from "../text/said/known-phrases.ts";

type Params = NonNullable<FieldFault["params"]>;
type Sentence = (page: I18n, params: Params) => string;

const limit = (params: Params): number => Number(params.limit ?? 0);
const figure = (page: I18n, params: Params): string => page.number(limit(params));

/** A sentence for each rule a field can break: a new one of the contract is asked for here by the compiler. */
const SENTENCES: Readonly<Record<FaultCode, Sentence>> = {
  required: (page) => t(page)`This is needed.`,
  "wrong-type": (page, { expected = "" }) => t(page)`This is of the wrong kind; ${expected} is expected.`,
  "wrong-format": (page) => t(page)`This does not have the right form.`,
  "not-among": (page, { options = "" }) => t(page)`This is none of: ${options}.`,
  "unknown-field": (page, { fields = "" }) => t(page)`This is not known here: ${fields}.`,
  "not-valid": (page) => t(page)`This does not fit here.`,
  "too-short": (page, params) =>
    t(
      page,
    )`${plural(limit(params), { one: "At least # character is needed.", other: "At least # characters are needed." })}`,
  "too-long": (page, params) =>
    t(page)`${plural(limit(params), { one: "At most # character fits.", other: "At most # characters fit." })}`,
  "too-few": (page, params) =>
    t(page)`${plural(limit(params), { one: "At least # is needed.", other: "At least # are needed." })}`,
  "too-many": (page, params) => t(page)`${plural(limit(params), { one: "At most # fits.", other: "At most # fit." })}`,
  "too-small": (page, params) => t(page)`The least is ${figure(page, params)}.`,
  "too-large": (page, params) => t(page)`The most is ${figure(page, params)}.`,
  "not-a-multiple": (page, params) => t(page)`It goes in steps of ${figure(page, params)}.`,
  "no-whole-number": (page) => t(page)`This has to be a whole number.`,
  "no-email": (page) => t(page)`This is no e-mail address.`,
  "no-address": (page) => t(page)`This is no web address.`,
  "no-date": (page) => t(page)`This is no date.`,
  "no-time": (page) => t(page)`This is no time of day.`,
};

const isKnown = (code: string | undefined): code is FaultCode => code !== undefined && Object.hasOwn(SENTENCES, code);

/** Why a field is not taken, in the page's language: by its code, else by the server's sentence. */
export function sayFault({ code, message, params = {} }: FieldFault): Said {
  return isKnown(code) ? { words: SENTENCES[code](i18n, params), foreign: false } : sayServer(message, code);
}

/** The field's name as the contract has it ("body/rules/2/name" is "rules 2 name"); empty where the fault is of the whole. */
export const fieldOf = ({ path }: FieldFault): string => {
  const names = path.split(/[/.]/).filter((part) => part !== "");
  return (names[0] === "body" || names[0] === "querystring" ? names.slice(1) : names).join(" ");
};

/** Whether every fault has a code, so that the faults alone say what the detail says. */
export const allCoded = (faults: readonly FieldFault[]): boolean =>
  faults.length > 0 && faults.every(({ code }) => isKnown(code));

/** All of them in one line: "name: At least 1 character is needed." */
export const sayFaults = (faults: readonly FieldFault[]): string =>
  faults.map((fault) => [fieldOf(fault), sayFault(fault).words].filter((part) => part !== "").join(": ")).join(" ");

/** What a form says beside one of its fields. */
export const sayFaultOf = (problem: Problem | null | undefined, field: string): string | undefined => {
  const fault = problem?.faultOf(field);
  return fault && sayFault(fault).words;
};
