import { DAY, type Instant, MINUTE, type Millis } from "#platform/clock";
import { failedHalves, signInRefused } from "./connect-check.ts";
import type { ConnectCheck } from "./connector.ts";

/** What is known of a channel when it is judged. Instants are epoch milliseconds; null where it is not known or does not apply. */
export interface HealthFacts {
  state: "on" | "paused" | "needs-reauth" | "misconfigured" | "archive";
  trouble: string | null;
  troubleSince: Instant | null;
  /** When the stream that is furthest behind was last read to its end, and how often that should be. */
  endedAt: Instant | null;
  everyMs: Millis | null;
  /** The network pushes to us. */
  pushes: boolean;
  /** The last push since `missedFirstAt`; null when none came. */
  lastPushAt: Instant | null;
  /** Found only by looking in the last quarter of an hour (the last minute not counted: a push may be late), and the first of it. */
  missed: number;
  missedFirstAt: Instant | null;
  missed24h: number;
  checkedAt: Instant | null;
  halves: readonly ConnectCheck[];
  expiresAt: Instant | null;
  openGaps: number;
  quarantined: number;
  /** Deliveries of which the network has not said whether it took them. */
  unknown: number;
  oldestDueAt: Instant | null;
  budgets: readonly { bucket: string; remaining: number; resetAt: Instant }[];
  money: { spent: number; cap: number } | null;
}

export type Cause =
  | "sign-in"
  | "set-up"
  | "half"
  | "clock"
  | "unreachable"
  | "push-silent"
  | "push-lossy"
  | "behind"
  | "expired"
  | "expiring"
  | "gap"
  | "unread"
  | "unsure"
  | "waiting"
  | "budget"
  | "money";

export interface Trouble {
  cause: Cause;
  level: "warning" | "ill";
  says: string | null;
  since: Instant | null;
  count: number | null;
}
export interface Health {
  state: "healthy" | "warning" | "ill" | "off";
  troubles: Trouble[];
}

/** A network that does not answer is a nuisance for so long, then it is ill. Alarms have to be told within five minutes. */
const UNREACHABLE_ILL: Millis = 3 * MINUTE;
/** A stream may miss its turn a few times, and is behind after this at the earliest. */
const BEHIND_TURNS = 3;
const BEHIND_ILL: Millis = 4 * MINUTE;
const EXPIRES_SOON: Millis = 7 * DAY;
const WAITS_LONG: Millis = 5 * MINUTE;

/** With these nothing leaves on a channel, whoever writes it; with the others something is missed, late or dear. */
const OUT: ReadonlySet<string> = new Set<Cause>(["sign-in", "set-up", "unreachable"]);
export const sendsNothing = (cause: string): boolean => OUT.has(cause);

/** How a channel is, in one word and with every reason; the worst first. */
export function healthOf(facts: HealthFacts, now: Instant): Health {
  if (facts.state === "paused" || facts.state === "archive") return { state: "off", troubles: [] };
  const troubles = [
    ...signIn(facts),
    ...halves(facts, now),
    ...hearing(facts, now),
    ...ends(facts, now),
    ...rest(facts, now),
  ];
  const sorted = troubles.sort((a, b) => Number(b.level === "ill") - Number(a.level === "ill"));
  return { state: sorted[0]?.level ?? "healthy", troubles: sorted };
}

const ill = (
  cause: Cause,
  says: string | null = null,
  since: Instant | null = null,
  count: number | null = null,
): Trouble => ({
  ...{ cause, level: "ill", says, since, count },
});
const warn = (
  cause: Cause,
  says: string | null = null,
  since: Instant | null = null,
  count: number | null = null,
): Trouble => ({
  ...{ cause, level: "warning", says, since, count },
});

function signIn({ state, trouble, troubleSince, halves, checkedAt }: HealthFacts): Trouble[] {
  if (state === "needs-reauth") return [ill("sign-in", trouble, troubleSince)];
  if (state === "misconfigured") return [ill("set-up", trouble, troubleSince)];
  const refused = signInRefused(halves);
  return refused ? [ill("sign-in", refused.says, checkedAt)] : [];
}

function halves(facts: HealthFacts, now: Instant): Trouble[] {
  const troubled = facts.state === "on" && facts.trouble !== null && facts.troubleSince !== null;
  const long = troubled && now - facts.troubleSince! >= UNREACHABLE_ILL;
  const said = signInRefused(facts.halves);
  return [
    ...(troubled ? [(long ? ill : warn)("unreachable", facts.trouble, facts.troubleSince)] : []),
    ...failedHalves(facts.halves)
      .filter((one) => one !== said)
      .flatMap((one): Trouble[] => {
        if (one.fault === "clock-off") return [warn("clock", one.says, facts.checkedAt)];
        // Nobody answered the look itself: the loops that read find it again, and say how long it lasts.
        if (one.fault === "unreachable") return troubled ? [] : [warn("unreachable", one.says, facts.checkedAt)];
        return [ill("half", one.says, facts.checkedAt)];
      }),
  ];
}

function hearing(facts: HealthFacts, now: Instant): Trouble[] {
  const { endedAt, everyMs, pushes, missed, missedFirstAt, lastPushAt } = facts;
  const out: Trouble[] = [];
  if (facts.state === "on" && endedAt !== null && everyMs !== null) {
    const limit = Math.max(BEHIND_ILL, BEHIND_TURNS * everyMs);
    if (now - endedAt >= limit) out.push(ill("behind", null, endedAt));
  }
  if (pushes && missed > 0 && missedFirstAt !== null) {
    const silent = lastPushAt === null || lastPushAt < missedFirstAt;
    out.push((silent ? ill : warn)(silent ? "push-silent" : "push-lossy", null, missedFirstAt, missed));
  } else if (pushes && facts.missed24h > 0) out.push(warn("push-lossy", null, null, facts.missed24h));
  return out;
}

function ends({ expiresAt }: HealthFacts, now: Instant): Trouble[] {
  if (expiresAt === null || expiresAt - now > EXPIRES_SOON) return [];
  return [expiresAt <= now ? ill("expired", null, expiresAt) : warn("expiring", null, expiresAt)];
}

function rest(facts: HealthFacts, now: Instant): Trouble[] {
  const { openGaps, quarantined, unknown, oldestDueAt, money } = facts;
  const empty = facts.budgets.filter((one) => one.remaining <= 0 && one.resetAt > now);
  const late = facts.state === "on" && oldestDueAt !== null && now - oldestDueAt >= WAITS_LONG;
  return [
    ...(late ? [warn("waiting", null, oldestDueAt)] : []),
    ...(openGaps > 0 ? [warn("gap", null, null, openGaps)] : []),
    ...(unknown > 0 ? [warn("unsure", null, null, unknown)] : []),
    ...(quarantined > 0 ? [warn("unread", null, null, quarantined)] : []),
    ...(empty.length > 0 ? [warn("budget", empty.map((one) => one.bucket).join(", "), null)] : []),
    ...(money && money.spent >= money.cap ? [warn("money")] : []),
  ];
}
