/** A point in time: milliseconds since 1970-01-01T00:00:00Z. On the wire it is RFC 3339 with milliseconds. */
export type Instant = number;
/** A length of time in milliseconds. */
export type DurationMs = number;

export const SECOND: DurationMs = 1000;
export const MINUTE: DurationMs = 60 * SECOND;
export const HOUR: DurationMs = 60 * MINUTE;
export const DAY: DurationMs = 24 * HOUR;
