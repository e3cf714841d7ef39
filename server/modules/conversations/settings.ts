import { z } from "zod";
import { defineSetting } from "#modules/company";
import { STITCH_SETTINGS } from "./domain/evidence.ts";
import { REOPEN_WINDOWS } from "./domain/medium.ts";
import { BURST_GAPS } from "./domain/windows.ts";

const span = z
  .int()
  .min(0)
  .max(366 * 86_400_000);

export const reopenWindowsSetting = defineSetting({
  key: "conversations.reopen-windows",
  schema: z.object({ public: span, dm: span, email: span, chat: span, phone: span }),
  fallback: { ...REOPEN_WINDOWS },
  perBrand: true,
  describe:
    "How long after the work is done a customer's return counts as the same work coming back, for each medium, in milliseconds.",
});

export const burstGapsSetting = defineSetting({
  key: "conversations.burst-gaps",
  schema: z.object({ public: span, dm: span, email: span, chat: span, phone: span }),
  fallback: { ...BURST_GAPS },
  perBrand: true,
  describe:
    "How long a pause may be inside one burst, for each medium, in milliseconds. Bursts are derived at reading: a change shows at once.",
});

const channelId = z.uuid();
export const channelWindowsSetting = defineSetting({
  key: "conversations.channel-windows",
  schema: z
    .record(channelId, z.object({ reopenMs: span.optional(), burstMs: span.optional() }))
    .refine((all) => Object.keys(all).length <= 500, "At most 500 channels."),
  fallback: {},
  perBrand: false,
  describe:
    "Reopen window and longest pause inside a burst of single channels, in milliseconds, where they differ from their medium's.",
});

export const stitchSetting = defineSetting({
  key: "conversations.stitching",
  schema: z.object({ freshPostMs: span, mediaShiftMs: span, memoryMs: span, burstMs: span }),
  fallback: { ...STITCH_SETTINGS },
  perBrand: false,
  describe:
    "How late a fresh post may join an unfinished matter, a private message a public one, and thanks, references and follow-ups their matter, in milliseconds.",
});
