import { z } from "zod";
import { defineSetting } from "#modules/company";

/** By channel, in the currency that the network charges in. */
export const moneyCapSetting = defineSetting({
  key: "channels.money",
  schema: z.record(z.uuid(), z.object({ cap: z.number().min(0).max(1_000_000) })),
  fallback: {},
  perBrand: false,
  describe:
    "What the calls of a channel may cost in a month, by the channel's id. At the cap listening stops, a fifth beyond it answers stop too.",
});
