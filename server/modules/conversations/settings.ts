import { z } from "zod";
import { defineSetting } from "#modules/company";
import { STITCH_SETTINGS } from "./domain/evidence.ts";
import { REOPEN_WINDOWS } from "./domain/medium.ts";

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

export const stitchSetting = defineSetting({
  key: "conversations.stitching",
  schema: z.object({ freshPostMs: span, mediaShiftMs: span, memoryMs: span, burstMs: span }),
  fallback: { ...STITCH_SETTINGS },
  perBrand: false,
  describe:
    "How late a fresh post may join an unfinished matter, a private message a public one, and thanks, references and follow-ups their matter, in milliseconds.",
});
