import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";

/** What is wrong with a channel, told apart because each has another meaning for who works with it. */
export const healthCause = z.enum([
  "sign-in",
  "set-up",
  "half",
  "clock",
  "unreachable",
  "push-silent",
  "push-lossy",
  "behind",
  "expired",
  "expiring",
  "gap",
  "unread",
  "unsure",
  "waiting",
  "budget",
  "money",
]);
export type HealthCause = z.infer<typeof healthCause>;
export const healthView = z.object({
  /** `off`: paused, or a place of the past: nothing is expected of it. */
  state: z.enum(["healthy", "warning", "ill", "off"]),
  troubles: z.array(
    z.object({
      cause: healthCause,
      level: z.enum(["warning", "ill"]),
      /** What was seen, in the network's or the check's own words. */
      says: z.string().nullable(),
      since: instant.nullable(),
      count: z.int().nullable(),
    }),
  ),
});
export type HealthView = z.infer<typeof healthView>;

/** What is left of one limit of calls; of `limit`, `reserveForReplies` are kept from listening, `reserveForCrisis` from other answers. */
export const bucketView = z.object({
  bucket: z.string(),
  limit: z.int(),
  remaining: z.int(),
  /** Null: no window is running, all of it is left. */
  resetAt: instant.nullable(),
  reserveForReplies: z.int(),
  reserveForCrisis: z.int(),
});
export type BucketView = z.infer<typeof bucketView>;
/** What the calls of this month cost, in `currency`; `cap` null: nobody has set one. */
export const moneyView = z.object({
  spent: z.number(),
  cap: z.number().nullable(),
  currency: z.string(),
  /** `2026-11`, in UTC. */
  month: z.string(),
  /** `listening-stopped`: only answers go on; `stopped`: only answers to people in danger. */
  state: z.enum(["ok", "warning", "listening-stopped", "stopped"]),
});
export type MoneyView = z.infer<typeof moneyView>;

/** One half of what makes messages flow, as a live call saw it; `says` names what was seen and the cure. */
export const checkedHalf = z.object({
  half: z.string(),
  state: z.enum(["ok", "failed", "not-tried"]),
  fault: z
    .enum([
      "wrong-secret",
      "missing-half",
      "expired-token",
      "wrong-scope",
      "clock-off",
      "unreachable",
      "private-address",
      "not-encrypted",
      "refused",
    ])
    .nullable(),
  says: z.string(),
  expiresAt: instant.nullable(),
});
export type CheckedHalf = z.infer<typeof checkedHalf>;
export const checkView = z.object({ at: instant, halves: z.array(checkedHalf) });
export type CheckView = z.infer<typeof checkView>;

export const channelView = z.object({
  id,
  network: z.string(),
  name: z.string(),
  handle: z.string(),
  brandId: id,
  /** `archive`: a place of the past, made by an import; nothing is heard or sent there. */
  state: z.enum(["on", "paused", "needs-reauth", "misconfigured", "archive"]),
  trouble: z.string().nullable(),
  troubleSince: instant.nullable(),
  lastInboundAt: instant.nullable(),
  lastReconcileAt: instant.nullable(),
  /** Found only by the reconcile poll in the last 24 hours: pushes that never came. */
  missedByPush24h: z.int(),
  gaps: z.array(
    z.object({ id, stream: z.string(), reason: z.string(), openedAt: instant, filledAt: instant.nullable() }),
  ),
  outbox: z.object({ pending: z.int(), inFlight: z.int(), unknown: z.int(), failed: z.int(), held: z.int() }),
  quarantined: z.int(),
  capabilities: z.record(z.string(), z.unknown()),
  neverTestedLive: z.boolean(),
  health: healthView,
  /** From the network's time of the newest message to ours, in milliseconds. */
  inboundLagMs: z.int().nullable(),
  /** How long ago a stream of this channel was last read to its end, of the one furthest behind, in milliseconds. */
  behindMs: z.int().nullable(),
  /** When the sign-in, or another thing that was looked at, runs out. */
  expiresAt: instant.nullable(),
  budgets: z.array(bucketView),
  /** Null: the network charges nothing. */
  money: moneyView.nullable(),
  /** For whoever manages the channel: the last look at each half, alarms that stand, and the secrets that can be exchanged. */
  managed: z
    .object({
      check: checkView.nullable(),
      alarms: z.array(z.object({ id, cause: z.string(), says: z.string(), openedAt: instant })),
      canCheck: z.boolean(),
      secrets: z.array(z.string()),
    })
    .nullable(),
  version: z.int(),
});
export type ChannelView = z.infer<typeof channelView>;
export const channelList = z.object({
  channels: z.array(channelView),
  stopped: z.array(
    z.object({
      ...{ scope: z.enum(["all", "brand"]), brandId: id.nullable(), since: instant, reason: z.string() },
      /** A crisis holds back what is public, all but its spokesperson's; private answers go. */
      crisis: z.boolean().optional(),
    }),
  ),
  /** Of files that come and go. `scanned`: they are looked through for viruses. */
  files: z.object({ scanned: z.boolean(), waiting: z.int() }),
});
export const setChannelState = z.object({ state: z.enum(["on", "paused"]), expectedVersion });
export const stopSwitch = z.object({
  scope: z.enum(["all", "brand"]),
  brandId: id.nullable().default(null),
  on: z.boolean(),
  reason: z.string().max(300).default(""),
});
/** `started` is false when one is under way already. */
export const backfillStarted = z.object({ started: z.boolean() });

export const gapParams = z.object({ id, gapId: id });

/** What has to be fetched somewhere and given here; the words and places to get it stand in the web, by network and name. */
export const connectNeed = z.object({
  name: z.string(),
  kind: z.enum(["text", "secret", "url", "number", "switch", "choice", "list"]),
  required: z.boolean(),
  choices: z.array(z.string()).nullable(),
  fallback: z.string().nullable(),
  sealed: z.boolean(),
});
export type ConnectNeed = z.infer<typeof connectNeed>;
export const networkView = z.object({
  network: z.string(),
  neverTestedLive: z.boolean(),
  needs: z.array(connectNeed),
  capabilities: z.record(z.string(), z.unknown()),
  requires: z.array(z.string()),
});
export type NetworkView = z.infer<typeof networkView>;
export const networkList = z.object({ networks: z.array(networkView) });
export const networkParams = z.object({ network: z.string().min(1).max(60) });

/** By the name of the need; a list is one entry a line, a switch `true` or `false`. */
export const connectAnswers = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/), z.string().max(8_000))
  .refine((answers) => Object.keys(answers).length <= 40, "At most 40 answers.");
export const tryNetwork = z.object({ brandId: id, answers: connectAnswers });
export const connectChannel = z.object({
  brandId: id,
  network: z.string().min(1).max(60),
  /** What it is called here; the handle unless given. */
  name: z.string().trim().max(100).default(""),
  answers: connectAnswers,
});
export const channelConnected = z.object({ channel: channelView, check: checkView.nullable() });
/** `mend`: tells the network again where to push to, first. */
export const checkChannel = z.object({ mend: z.boolean() });
export const exchangeSecret = z.object({ answers: connectAnswers, expectedVersion });
export const disconnectChannel = z.object({ expectedVersion });
