import {
  divides,
  forwards,
  introduces,
  isHeadOfQuoted,
  isMobileSignature,
  isRule,
  mayBeginIntroduction,
} from "./quote-marks.ts";

export interface Folded {
  /** What was said now. */
  said: string;
  /** What was quoted below it, and the telephone's own words; empty when nothing was. */
  quoted: string;
}

/** Marks in text made of HTML where the mail program itself says that a quotation begins. */
export const QUOTE_BEGINS = "\uE0F1";

/** Longer texts are looked at this far for their quotations; what lies behind stays as it is. */
const MOST_LINES = 20_000;

/**
 * Parts a mail's words from the quotation under them. Careful: answers between quoted lines stay whole, what was forwarded stays, and
 * where nothing would be left nothing is folded. No word is lost: `said` and `quoted` hold the whole.
 */
export function foldQuoted(text: string): Folded {
  const lines = text.replace(/\r\n?/g, "\n").trimEnd().split("\n");
  const start = quotationIn(lines);
  const above = start === null ? lines : lines.slice(0, start.at);
  const below = start === null ? [] : lines.slice(start.at);
  if (start !== null && isBlank(above)) {
    const answer = answerBelow(below, start.lines);
    return answer ?? whole(lines);
  }
  if (start?.marked && answersBetween(below, start.lines)) return whole(lines);
  const [said, telephone] = withoutMobileSignature(above);
  if (isBlank(said)) return whole(lines);
  return { said: clean(said).trimEnd(), quoted: clean([...telephone, ...below]).trim() };
}

const isBlank = (lines: readonly string[]): boolean => lines.every((l) => l.trim() === "" || l.trim() === QUOTE_BEGINS);
const clean = (lines: readonly string[]): string => lines.join("\n").replaceAll(QUOTE_BEGINS, "");
const whole = (lines: readonly string[]): Folded => ({ said: clean(lines).trimEnd(), quoted: "" });

interface Start {
  at: number;
  /** Lines of the introduction itself. */
  lines: number;
  /** The quoted lines bear marks, so that one without a mark is an answer. */
  marked: boolean;
}

function quotationIn(lines: readonly string[]): Start | null {
  const most = Math.min(lines.length, MOST_LINES);
  for (let at = 0; at < most; at++) {
    const line = lines[at]!;
    if (line.trim() === "") continue;
    if (forwards(line)) return null;
    if (line.includes(QUOTE_BEGINS)) return { at, lines: 1, marked: false };
    const introduction = introductionAt(lines, at);
    if (introduction) return introduction;
    if (divides(line)) return { at, lines: 1, marked: quotedBehind(lines, at + 1) };
    if (isHeadOfQuoted(lines, at)) return { at: withRuleAbove(lines, at), lines: 1, marked: false };
  }
  return trailingMarks(lines);
}

/** One line, or up to three that a mail program has broken. */
function introductionAt(lines: readonly string[], at: number): Start | null {
  let joined = "";
  for (let n = 1; n <= 3 && at + n <= lines.length; n++) {
    const line = lines[at + n - 1]!.trim();
    if (line === "" || (n > 1 && line.startsWith(">"))) return null;
    joined = n === 1 ? line : `${joined} ${line}`;
    const found = introduces(joined);
    const marked = found !== null && quotedBehind(lines, at + n);
    if (found === "sure" || (found === "maybe" && marked)) return { at, lines: n, marked };
    if (n === 1 && !mayBeginIntroduction(line)) return null;
  }
  return null;
}

/** The next line with words bears a mark. */
function quotedBehind(lines: readonly string[], from: number): boolean {
  for (let i = from; i < Math.min(lines.length, from + 4); i++)
    if (lines[i]!.trim() !== "") return lines[i]!.trimStart().startsWith(">");
  return false;
}

function withRuleAbove(lines: readonly string[], at: number): number {
  for (let i = at - 1; i >= Math.max(0, at - 2); i--) if (isRule(lines[i]!)) return i;
  return at;
}

function trailingMarks(lines: readonly string[]): Start | null {
  let end = lines.length;
  while (end > 0 && (lines[end - 1]!.startsWith(">") || lines[end - 1]!.trim() === "")) end--;
  return lines.slice(end).some((l) => l.startsWith(">")) && end > 0 ? { at: end, lines: 0, marked: true } : null;
}

/** Somebody wrote on between, or below, the quoted lines. */
function answersBetween(below: readonly string[], introduction: number): boolean {
  return below.slice(introduction).some((l) => l.trim() !== "" && !l.startsWith(">") && !isMobileSignature(l));
}

/** Nothing above, one run of quoted lines, and the answer under it, as some still write. */
function answerBelow(below: readonly string[], introduction: number): Folded | null {
  let end = introduction;
  while (end < below.length && (below[end]!.startsWith(">") || below[end]!.trim() === "")) end++;
  const rest = below.slice(end);
  const one = below.slice(introduction, end).some((l) => l.startsWith(">")) && !rest.some((l) => l.startsWith(">"));
  if (!one || isBlank(rest)) return null;
  const [said, telephone] = withoutMobileSignature(rest);
  if (isBlank(said)) return null;
  return { said: clean(said).trim(), quoted: clean([...below.slice(0, end), ...telephone]).trim() };
}

function withoutMobileSignature(lines: readonly string[]): [string[], string[]] {
  let end = lines.length;
  while (end > 0 && lines[end - 1]!.trim() === "") end--;
  const last = lines[end - 1];
  if (last === undefined || !isMobileSignature(last)) return [[...lines], []];
  return [lines.slice(0, end - 1), lines.slice(end - 1)];
}

/** What stands above the line that ends a mail's own words ("-- "); for our own mails, whose signature is the channel's. */
export function withoutSignature(text: string): string {
  const at = /(^|\n)-- ?\n/.exec(text.replace(/\r\n?/g, "\n"));
  const above = at ? text.replace(/\r\n?/g, "\n").slice(0, at.index) : text;
  return above.trim() === "" ? text : above.trimEnd();
}
