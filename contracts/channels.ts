import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";

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
  version: z.int(),
});
export type ChannelView = z.infer<typeof channelView>;
export const channelList = z.object({
  channels: z.array(channelView),
  stopped: z.array(
    z.object({ scope: z.enum(["all", "brand"]), brandId: id.nullable(), since: instant, reason: z.string() }),
  ),
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
