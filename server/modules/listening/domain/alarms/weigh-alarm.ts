import type { Instant } from "#platform/clock";

/**
 * What is known of a rise, each part by itself and of a time: there is no score that adds them up. Counts are posts between `from` and
 * `to`, noise not counted in the negative and the positive ones.
 */
export interface AlarmParts {
  from: Instant;
  to: Instant;
  posts: number;
  /** Posts that were usual and those there were in the quarter of an hour in which it was seen. */
  expected: number;
  seen: number;
  /** Spreads of the series above the usual. */
  strength: number;
  authors: number;
  negative: number;
  positive: number;
  noise: number;
  /** Reposts and quotes. */
  passedOn: number;
  /** Followers of the authors whose number is known, each author once, as the posts said it. */
  reach: { authors: number; followers: number; most: number; verified: number };
  /** Authors by the risk their words carry. */
  risks: Readonly<Record<string, number>>;
}

export type AlarmSeverity = 0 | 1 | 2 | 3;
/** Why an alarm is as grave as it is: codes that the screen says in words. */
export type AlarmReason = "rise" | "many-angry" | "spreading" | "far-reaching" | "danger";

/** Of less than this no share is told. */
export const FEW_POSTS = 10;
const ANGRY_SHARE = 0.5;
const SPREAD_SHARE = 0.3;
const FAR = 1_000_000;
const DANGEROUS = ["safety", "legal", "press"];
const DANGEROUS_AUTHORS = 3;

/**
 * How grave a rise is (operations, §5): 0 a rise; 1 many people and half of it angry; 2 that, and it is passed on or reaches far; 3
 * several people's words speak of danger, the law or the press. `many`: so many authors are many.
 */
export function weighAlarm(p: AlarmParts, many: number): { severity: AlarmSeverity; reasons: AlarmReason[] } {
  const reasons: AlarmReason[] = ["rise"];
  const judged = p.posts - p.noise;
  const angry = p.authors >= many && judged >= FEW_POSTS && p.negative / judged >= ANGRY_SHARE;
  const spreading = p.posts >= FEW_POSTS && p.passedOn / p.posts >= SPREAD_SHARE;
  const far = p.reach.followers >= FAR;
  const danger = DANGEROUS.some((risk) => (p.risks[risk] ?? 0) >= DANGEROUS_AUTHORS);
  if (angry) reasons.push("many-angry");
  if (spreading) reasons.push("spreading");
  if (far) reasons.push("far-reaching");
  if (danger) reasons.push("danger");
  const severity = danger ? 3 : angry && (spreading || far) ? 2 : angry ? 1 : 0;
  return { severity, reasons };
}

/** Whether there is enough to speak of: one person's fifty posts are no talk of the town. */
export function isTalk(p: Pick<AlarmParts, "posts" | "authors">, leastPosts: number, leastAuthors: number): boolean {
  return p.posts >= leastPosts && p.authors >= leastAuthors;
}
