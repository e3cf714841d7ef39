import type { Result } from "#platform/result";
import type { Item } from "./model.ts";

export type Refused =
  | "ended"
  | "held-by-another"
  | "timed-out"
  | "not-offered-to-you"
  | "no-room"
  | "too-many-parked"
  | "conflict"
  | "not-here"
  | "too-many-guests"
  | "not-a-guest"
  | "no-wrap-up"
  | "extended-already"
  | "not-yours";
export type Outcome = Result<{ item: Item }, Refused>;

export const no = (why: Refused): Outcome => ({ ok: false, why });
