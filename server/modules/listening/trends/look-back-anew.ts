import type { Tx } from "#platform/db";
import { followAnew } from "../store/watch-store.ts";
import { followSoon } from "./follow-monitors.ts";

/** After history came in: every monitor looks back over it, as a new one does. Its trends follow within seconds; nobody is alarmed by the past. */
export async function lookBackAnew(tx: Tx): Promise<void> {
  if ((await followAnew(tx)) > 0) await followSoon(tx);
}
