import { z } from "zod";
import { OutboundStopped } from "#events/company";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { defineSetting, setSetting, settingOf } from "./settings.ts";
import { settingsAt } from "./store/company-store.ts";

const stopSchema = z.object({
  ...{ on: z.boolean(), reason: z.string().max(300), since: z.string() },
  /** A crisis holds the public back, all but who speaks for the company. */
  crisis: z.object({ id: z.string(), speakerId: z.string() }).optional(),
});
/** One stop switch for everything outbound, per brand and for all (D7). */
export const outboundStop = defineSetting({
  key: "outbound.stop",
  schema: stopSchema,
  fallback: { on: false, reason: "", since: "1970-01-01T00:00:00.000Z" },
  perBrand: true,
  describe: "Nothing leaves while it is on: replies, acknowledgements and surveys wait.",
});

export interface Stop {
  scope: "all" | "brand";
  brandId: string | null;
  reason: string;
  since: Instant;
  /** Set where a crisis pauses publishing: what agents answer in private goes, and in public what this one says. */
  crisis?: { id: string; speakerId: string };
}

/** Whether a stop holds something back. What no agent wrote is always held. */
export function stopHolds(stop: Stop, of: { audience: "public" | "private"; agentId: string | null }): boolean {
  if (!stop.crisis || of.agentId === null) return true;
  return of.audience === "public" && of.agentId !== stop.crisis.speakerId;
}

/** Why nothing may leave for this brand now, or null. The switch for all wins. */
export async function stopOf(tx: Tx, brandId: string): Promise<Stop | null> {
  return (await stops(tx, [brandId]))[0] ?? null;
}

/** The switches that are on, of the account and of the brands named. */
export async function stops(tx: Tx, brandIds: readonly string[]): Promise<Stop[]> {
  const rows = await settingsAt(tx, [outboundStop.key], [tx.accountId, ...brandIds], tx.now);
  return rows
    .flatMap((row): Stop[] => {
      const value = stopSchema.safeParse(row.value);
      if (!value.success || !value.data.on) return [];
      const all = row.scope === tx.accountId;
      return [
        {
          scope: all ? "all" : "brand",
          brandId: all ? null : row.scope,
          reason: value.data.reason,
          since: Date.parse(value.data.since),
          ...(value.data.crisis && { crisis: value.data.crisis }),
        },
      ];
    })
    .sort((a, b) => (a.scope === b.scope ? 0 : a.scope === "all" ? -1 : 1));
}

export async function setStop(
  tx: Tx,
  stop: {
    brandId: string | null;
    on: boolean;
    reason: string;
    by: string | null;
    crisis?: { id: string; speakerId: string };
  },
): Promise<void> {
  const where = stop.brandId ? { brandId: stop.brandId } : {};
  const present = await settingOf(tx, outboundStop, where);
  const version = await setSetting(
    tx,
    outboundStop,
    {
      ...{ on: stop.on, reason: stop.reason, ...(stop.on && stop.crisis && { crisis: stop.crisis }) },
      since: stop.on && present.value.on ? present.value.since : iso(tx.now),
    },
    stop.by,
    where,
  );
  tx.announce(OutboundStopped, {
    key: tx.accountId,
    entity: "outbound-stop",
    entityId: stop.brandId ?? tx.accountId,
    entityVersion: version,
    payload: { brandId: stop.brandId, on: stop.on, reason: stop.reason, by: stop.by },
  });
}
