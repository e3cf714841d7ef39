import { DAY, HOUR, type Instant, MINUTE, type Millis } from "#platform/clock";

export const spans = ["24h", "7d", "30d"] as const;
export type Span = (typeof spans)[number];

/** How long each span is and how long its steps are. */
export const SPANS: Readonly<Record<Span, { long: Millis; step: Millis }>> = {
  "24h": { long: DAY, step: 15 * MINUTE },
  "7d": { long: 7 * DAY, step: 2 * HOUR },
  "30d": { long: 30 * DAY, step: 12 * HOUR },
};

/** The steps of a span that ends with the one in which `now` lies: where the first begins and where the last ends. */
export function stepsOf(span: Span, now: Instant): { from: Instant; to: Instant; step: Millis; count: number } {
  const { long, step } = SPANS[span];
  const to = (Math.floor(now / step) + 1) * step;
  return { from: to - long, to, step, count: long / step };
}
