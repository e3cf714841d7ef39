import type { Instant } from "./clock.ts";

/** The usual form: four digits of a year, UTC, and at most milliseconds that count. */
const LENGTH = "2026-01-01 00:00:00+00".length;

/**
 * A timestamptz as PostgreSQL writes it. A row of a message has four of them, and every row is read: the usual form is read by its
 * places, all others (years of five digits, other zones) by the general parser. Below a millisecond nothing counts.
 */
export function instantOf(text: string): Instant {
  const end = text.length - 3;
  // Of the first century Date.UTC thinks otherwise.
  if (
    text.length < LENGTH ||
    text.startsWith("00") ||
    text.charCodeAt(4) !== DASH ||
    text.charCodeAt(10) !== BLANK ||
    text.slice(end) !== "+00"
  )
    return Date.parse(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"));
  return Date.UTC(
    100 * two(text, 0) + two(text, 2),
    two(text, 5) - 1,
    two(text, 8),
    two(text, 11),
    two(text, 14),
    two(text, 17),
    end > 19 ? thousandths(text, end) : 0,
  );
}

const DASH = 45;
const BLANK = 32;
const ZERO = 48;

function two(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - ZERO) + text.charCodeAt(at + 1) - ZERO;
}

/** The digits behind the point, of which PostgreSQL leaves out zeros at the end. */
function thousandths(text: string, end: number): number {
  let value = 0;
  for (let i = 20, worth = 100; i < end && worth >= 1; i++, worth /= 10) value += worth * (text.charCodeAt(i) - ZERO);
  return value;
}
