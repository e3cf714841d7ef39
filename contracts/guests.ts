import { z } from "zod";
import { expectedVersion, id } from "./common.ts";

/** Asks a colleague in; the owner stays the one owner. */
export const askGuest = z.object({
  agentId: id,
  kind: z.enum(["consult", "conference"]),
  note: z.string().max(2_000).default(""),
  expectedVersion,
});
/** To a guest, who takes it from here; the note is for them. */
export const handOver = z.object({ note: z.string().max(2_000).default(""), expectedVersion });
export const wrapUp = z.object({ act: z.enum(["finish", "extend"]), expectedVersion });
/** Why an agent is not to work on a conversation. */
export const barAgent = z.object({ reason: z.string().trim().min(1).max(500), expectedVersion });
export const bringForward = z.object({ key: z.string().min(8).max(80), all: z.boolean() });
export const broughtForward = z.object({ count: z.int() });
