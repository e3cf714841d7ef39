import type { Tx } from "#platform/db";
import { reopenRaw } from "../store/raw-store.ts";

/** A parser was mended: the kept raw copies of a channel are parsed again. What was read well the first time changes nothing. */
export async function reparseChannel(
  tx: Tx,
  channelId: string,
  which: "quarantined" | "all" = "quarantined",
): Promise<number> {
  return reopenRaw(tx, channelId, which);
}
