import type { NotTakenCode } from "#contracts/hours";
import { AppError } from "#platform/errors";

export const MAX_TEXT = 512 * 1024;
const MAX_EVENTS = 1_000;
/** Rules that repeat daily or weekly cost tens of milliseconds each when they begin long ago. */
const MAX_FREQUENT = 50;
const MAX_LINE = 4_000;

const KEPT = new Set(["DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RECURRENCE-ID", "SUMMARY", "STATUS"]);
const RULE_PARTS =
  /^(FREQ|INTERVAL|COUNT|UNTIL|BYMONTH|BYMONTHDAY|BYDAY|BYSETPOS|BYYEARDAY|BYWEEKNO|WKST)=[A-Z0-9,+-]+$/;
const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

/** Why an event is not taken; `most`: the days that one may last. */
export interface NotTaken {
  title: string | null;
  code: NotTakenCode;
  most: number | null;
}
const SAYS: Readonly<Record<NotTakenCode, string>> = {
  "no-start": "it has no start that can be read.",
  "before-1970": "it begins before 1970.",
  "two-rules": "it has more than one rule by which it repeats.",
  "strange-rule": "it repeats by a rule that cannot be read here.",
  "no-length": "it has no length.",
  "too-long": "it lasts longer than MOST days.",
};
/** In English, for whoever reads the API. */
export const sayNotTaken = ({ title, code, most }: NotTaken): string =>
  `${title ?? "An event without a name"}: ${SAYS[code].replace("MOST", String(most))}`;

export interface CleanIcal {
  /** What the parser is given: events only, of each the lines that say when it is and what it is called. */
  text: string;
  name: string | null;
  notTaken: NotTaken[];
}

const refuse = (why: string) => new AppError("invalid-request", why);

/**
 * Takes from a file (RFC 5545) what tells of days and nothing else, before a parser sees it: attachments, alarms, people and links are
 * left out, ids are made anew (one may be `__proto__`), times without a zone are given the calendar's, and what repeats in a way that
 * holidays do not is named instead of guessed at.
 */
export function cleanIcal(text: string, zone: string): CleanIcal {
  if (text.length > MAX_TEXT)
    throw refuse("This file is larger than 512 KB. Export only the holidays, or fewer years.");
  if (text.includes("\0")) throw refuse("This file holds a NUL byte; it is not a calendar file.");
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r?\n[ \t]/g, "")
    .split(/\r?\n/);
  if (!lines.some((line) => /^BEGIN:VCALENDAR\s*$/i.test(line)))
    throw refuse("This is not a calendar file: it has no line BEGIN:VCALENDAR.");
  const events: Line[][] = [];
  const zones: string[] = [];
  let name: string | null = null;
  const open: string[] = [];
  for (const raw of lines) {
    const line = lineOf(raw);
    if (!line) continue;
    if (line.name === "BEGIN") {
      open.push(line.value.trim().toUpperCase());
      if (open.length > 8) throw refuse("This file is nested too deep for a calendar.");
      if (open.at(-1) === "VEVENT" && events.push([]) > MAX_EVENTS)
        throw refuse(`This file has more than ${MAX_EVENTS} events. Export only the holidays, or fewer years.`);
    } else if (line.name === "END") {
      if (open.pop() !== line.value.trim().toUpperCase())
        throw refuse("This file is cut or broken: its parts do not end.");
    } else if (open.at(-1) === "VEVENT") events.at(-1)?.push(line);
    else if (open.at(-1) === "VCALENDAR" && line.name === "X-WR-CALNAME")
      name = line.value.trim().slice(0, 120) || null;
    else if (open.at(-1) === "VTIMEZONE" && line.name === "TZID") zones.push(line.value);
  }
  if (open.length > 0) throw refuse("This file is cut or broken: its parts do not end.");
  return { ...written(events, zone), name };
}

interface Line {
  name: string;
  params: string;
  value: string;
}

function lineOf(raw: string): Line | null {
  const found = /^([A-Za-z0-9-]{1,60})((?:;(?:"[^"]*"|[^":])*)?):(.*)$/s.exec(raw.slice(0, MAX_LINE));
  return found && { name: found[1]!.toUpperCase(), params: found[2]!.toUpperCase(), value: found[3]! };
}

function written(events: readonly Line[][], zone: string): { text: string; notTaken: NotTaken[] } {
  const notTaken: NotTaken[] = [];
  const ids = new Map<string, string>();
  const out = ["BEGIN:VCALENDAR", "VERSION:2.0"];
  let frequent = 0;
  let made = 0;
  for (const event of events) {
    const one = (name: string) => event.find((line) => line.name === name);
    const title = (one("SUMMARY")?.value ?? "").replace(/\\(.)/g, "$1").trim().slice(0, 80) || null;
    const code = faultOf(event);
    if (code) {
      notTaken.push({ title, code, most: null });
      continue;
    }
    if (/FREQ=(DAILY|WEEKLY)/i.test(one("RRULE")?.value ?? "") && ++frequent > MAX_FREQUENT)
      throw refuse(`This file repeats more than ${MAX_FREQUENT} events by day or week. Export only the holidays.`);
    // Of two without a UID neither is a change of the other.
    const said = one("UID")?.value ?? `none ${made++}`;
    const id = ids.get(said) ?? `e${ids.size}`;
    ids.set(said, id);
    const kept = event.filter((line) => KEPT.has(line.name));
    out.push(...asEvent(id, kept, zone));
    // The parser does not read RDATE: each date of one is an event of its own.
    for (const { params, value } of event.filter((line) => line.name === "RDATE"))
      for (const date of value.split(",").slice(0, 400)) {
        const start = { name: "DTSTART", params, value: date };
        const rest = kept.filter((line) => line.name === "SUMMARY" || line.name === "DURATION");
        out.push(...asEvent(`r${made++}`, [start, ...rest], zone));
      }
  }
  return { text: [...out, "END:VCALENDAR", ""].join("\r\n"), notTaken };
}

function faultOf(event: readonly Line[]): NotTakenCode | null {
  const start = event.find((line) => line.name === "DTSTART");
  if (!start || !/^\d{8}(T\d{6}Z?)?$/.test(start.value)) return "no-start";
  if (Number(start.value.slice(0, 4)) < 1970) return "before-1970";
  const rules = event.filter((line) => line.name === "RRULE");
  if (rules.length > 1) return "two-rules";
  const parts = rules[0]?.value.trim().toUpperCase().split(";") ?? [];
  const freq = parts.find((part) => part.startsWith("FREQ="))?.slice(5);
  if (rules.length > 0 && (!freq || !FREQUENCIES.includes(freq) || !parts.every((part) => RULE_PARTS.test(part))))
    return "strange-rule";
  return null;
}

function asEvent(id: string, lines: readonly Line[], zone: string): string[] {
  return ["BEGIN:VEVENT", `UID:${id}`, ...lines.map((line) => asLine(line, zone)), "END:VEVENT"];
}

function asLine({ name, params, value }: Line, zone: string): string {
  const text = name === "SUMMARY" ? value.slice(0, 400) : value.trim();
  if (name === "SUMMARY" || name === "STATUS" || name === "RRULE" || name === "DURATION") return `${name}:${text}`;
  if (/^\d{8}(,\d{8})*$/.test(text)) return `${name};VALUE=DATE:${text}`;
  if (/Z$/.test(text)) return `${name}:${text}`;
  const own = /;TZID="?([^";:]+)/.exec(params)?.[1];
  return `${name};TZID=${own ? zoneNamed(own, zone) : zone}:${text}`;
}

/** IANA names are compared without regard to case, as they arrive in capitals here; another kind of name means the calendar's own zone. */
function zoneNamed(name: string, fallback: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name.replace(/^\//, "") }).resolvedOptions().timeZone;
  } catch {
    return fallback;
  }
}
