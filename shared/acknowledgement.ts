import { HOUR, type Instant, MINUTE } from "./instant.ts";

/**
 * Wording of what a program sends by itself when somebody has to wait: it names the company, says that it is automatic, and says when a
 * person will come. Pure, so that the screen, the desk and the outbox hold the same text to the same rules.
 */
export type AcknowledgementFault = "no-company" | "not-automatic" | "no-time" | "too-long" | "looks-human";

/** The words of ours in a text are put in when it is sent. */
const COMPANY = "{company}";
const WHEN = "{when}";
const LONGEST = 280;

/** Says that no person wrote it, in the languages this is offered in; a text in another one has to use one of these as well. */
const AUTOMATIC =
  /automat|autom[aá]tic|automático|automatique|automatisch|automatycz|awtomatig|otomatik|自动|自動|자동|आॅटोमैटिक|автомат|αυτόματ|تلقائي/iu;
/** An automatic text may not sign as a person does, nor ask anything as if somebody read the answer. */
const SIGNED = /(^|\n)\s*(?:[—–-]\s*\p{Lu}\p{Ll}+\s+\p{Lu}\p{Ll}+|\^\p{Lu}{2,3})\s*[,.]?[^\n]*$/u;

export interface AcknowledgementText {
  readonly locale: string;
  /** For one kind of work alone; null or left out: for all that have none of their own. */
  readonly medium?: string | null;
  readonly text: string;
}

/** What is wrong with a text as somebody writes it, with {company} and {when}. */
export function checkAcknowledgement(text: string): AcknowledgementFault[] {
  const faults: AcknowledgementFault[] = [];
  if (!text.includes(COMPANY)) faults.push("no-company");
  if (!text.includes(WHEN)) faults.push("no-time");
  return [...faults, ...common(text)];
}

/** What is wrong with it as it would go out. */
export function checkRendered(text: string, named: { company: string; when: string }): AcknowledgementFault[] {
  const faults: AcknowledgementFault[] = [];
  if (named.company.trim() === "" || !text.includes(named.company)) faults.push("no-company");
  if (named.when.trim() === "" || !text.includes(named.when)) faults.push("no-time");
  return [...faults, ...common(text)];
}

function common(text: string): AcknowledgementFault[] {
  const faults: AcknowledgementFault[] = [];
  if (!AUTOMATIC.test(text)) faults.push("not-automatic");
  if (SIGNED.test(text)) faults.push("looks-human");
  if (text.length > LONGEST) faults.push("too-long");
  return faults;
}

export const acknowledgementFaults: Readonly<Record<AcknowledgementFault, string>> = {
  "no-company": "It has to name the company: write {company} where its name goes.",
  "no-time": "It has to say when a person will come: write {when} where the time goes.",
  "not-automatic": "It has to say that it is automatic.",
  "looks-human": "It may not end with a person's name: no person wrote it.",
  "too-long": `It may have at most ${LONGEST} characters.`,
};

/** A time as customers read it, in their language and the company's zone: "Tuesday 08:00 GMT". `when` far off has its date. */
export function saysWhen(at: Instant, now: Instant, locale: string, zone: string): string {
  const time = { hour: "2-digit", minute: "2-digit", timeZone: zone, timeZoneName: "short" } as const;
  const day = at - now > 6 * 24 * HOUR ? ({ day: "numeric", month: "long" } as const) : ({ weekday: "long" } as const);
  return new Intl.DateTimeFormat(locale, { ...day, ...time }).format(at);
}

/** Never sooner than forecast: up to the next quarter of an hour. */
export const roundUp = (at: Instant): Instant => Math.ceil(at / (15 * MINUTE)) * 15 * MINUTE;

/**
 * The text for a customer's language, else the first there is; of those the one for the kind of work. Nothing where all are for other kinds.
 * Replaced by function: a name with `$&` in it stays a name.
 */
export function renderAcknowledgement(
  texts: readonly AcknowledgementText[],
  { language, medium = null }: { language: string; medium?: string | null },
  put: { company: string; when: (locale: string) => string },
): { text: string; when: string } | null {
  const base = (tag: string) => tag.toLowerCase().split("-")[0];
  const meant = texts.filter((t) => t.medium == null || t.medium === medium);
  const spoken = meant.filter((t) => base(t.locale) === base(language));
  const [first] = meant;
  const fit = spoken.length > 0 || !first ? spoken : meant.filter((t) => t.locale === first.locale);
  const chosen = fit.find((t) => t.medium != null) ?? fit[0];
  if (!chosen) return null;
  const when = put.when(chosen.locale);
  const words: Record<string, string> = { [COMPANY]: put.company, [WHEN]: when };
  return { text: chosen.text.replace(/\{company\}|\{when\}/g, (word) => words[word] as string), when };
}

/** Is an instant inside of the hours in which nothing is sent by itself? "22:00" to "07:00" goes over midnight. */
export function isQuiet(at: Instant, quiet: { from: string; to: string; zone: string } | null): boolean {
  if (!quiet || quiet.from === quiet.to) return false;
  const format = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: quiet.zone } as const;
  const time = new Intl.DateTimeFormat("en-GB", format).format(at);
  return quiet.from < quiet.to ? time >= quiet.from && time < quiet.to : time >= quiet.from || time < quiet.to;
}
