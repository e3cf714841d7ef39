import { z } from "zod";
import { id } from "./common.ts";

export const thingKinds = ["product", "place"] as const;
export const MOST_THINGS = 500;
export const MOST_SYNONYMS = 30;
/** Of all things together. */
export const MOST_NAMES = 5_000;
const name = z.string().trim().min(1).max(80);

/** A product the account sells or a place it has, and how people call it. `brandId` null: of all brands. */
export const thing = z.object({
  id,
  kind: z.enum(thingKinds),
  name,
  /** Words, phrases, #tags, @handles; a final `*` stands for any ending. */
  synonyms: z.array(name).max(MOST_SYNONYMS),
  brandId: id.nullable(),
});
export type ThingView = z.infer<typeof thing>;
export const thingList = z.array(thing).max(MOST_THINGS);
export const thingsView = z.object({ things: thingList, version: z.int(), canManage: z.boolean() });
export const setThings = z.object({ things: thingList, expectedVersion: z.int().min(0) });
/** How many of the newest messages were looked at again, and how many name something of the list now. */
export const thingsLookedBack = z.object({ looked: z.int(), named: z.int() });
