/** Milliseconds since 1970-01-01T00:00Z. Every time inside the program is one; zones belong to calendars and screens. */
export type Instant = number;
/** A length of time in milliseconds. */
export type Millis = number;

export const SECOND: Millis = 1_000;
export const MINUTE: Millis = 60_000;
export const HOUR: Millis = 3_600_000;
export const DAY: Millis = 86_400_000;

export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands until it is moved: days pass in milliseconds. */
export class ManualClock implements Clock {
  #at: Instant;
  constructor(at: Instant) {
    this.#at = at;
  }
  now(): Instant {
    return this.#at;
  }
  advance(by: Millis): Instant {
    this.#at += by;
    return this.#at;
  }
  set(at: Instant): void {
    this.#at = at;
  }
}

/** RFC 3339 in UTC with milliseconds, the form on every wire. */
export function iso(at: Instant): string {
  return new Date(at).toISOString();
}

/** Parses RFC 3339; null when it is none or lies outside of years 1970 to 9999. */
export function instantOf(text: string): Instant | null {
  const at = Date.parse(text);
  return Number.isFinite(at) && at >= 0 && at < 253_402_300_800_000 ? at : null;
}
