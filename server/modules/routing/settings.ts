import { z } from "zod";
import { defineSetting, settingOf } from "#modules/company";
import { SECOND } from "#platform/clock";
import type { Tx } from "#platform/db";
import { type Policy, usualPolicy } from "./domain/model.ts";

const seconds = (fallback: number) => z.int().min(0).max(3_600).default(fallback);
const usual = (ms: number) => Math.round(ms / SECOND);
const { wrapUpMs, wrapUpMostMs, maxTransfers, authorCap, alikeCap } = usualPolicy;

const shape = z.object({
  /** Seconds to write done work up, by kind of work. */
  wrapUpSeconds: z
    .object({
      ...{ phone: seconds(usual(wrapUpMs.phone)), chat: seconds(usual(wrapUpMs.chat)) },
      ...{ dm: seconds(0), public: seconds(0), email: seconds(0) },
    })
    .prefault({}),
  wrapUpMostSeconds: seconds(usual(wrapUpMostMs)),
  maxTransfers: z.int().min(1).max(50).default(maxTransfers),
  supervisorQueueId: z.guid().nullable().default(null),
  authorCap: z.int().min(1).max(1_000).default(authorCap),
  alikeCap: z.int().min(1).max(1_000).default(alikeCap),
});

/** What an account decides of how work is handed out. */
export const routingRules = defineSetting({
  key: "routing.rules",
  schema: shape,
  fallback: shape.parse({}),
  perBrand: false,
  describe:
    "How work is handed out: time to write it up after a call or a chat, after how many transfers supervisors decide (and in which queue), and how much one author, or one text by many, may have in front.",
});

/** The rules as the engine knows them. One statement. */
export async function rulesOf(tx: Tx): Promise<Policy> {
  const { value } = await settingOf(tx, routingRules);
  const { wrapUpSeconds, wrapUpMostSeconds, ...rest } = value;
  const ms = Object.fromEntries(Object.entries(wrapUpSeconds).map(([name, s]) => [name, s * SECOND]));
  return { ...rest, wrapUpMs: ms as Policy["wrapUpMs"], wrapUpMostMs: wrapUpMostSeconds * SECOND };
}
