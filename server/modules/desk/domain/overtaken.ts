import type { Instant } from "#platform/clock";

/** An entry of a conversation, as far as it tells who spoke when. */
export interface Said {
  role: string;
  agentId: string | null;
  receivedAt: Instant;
}
/** Who spoke since words were written that have not left: they were written without knowing of it. */
export type Overtaken = "customer" | "colleague" | null;

/** `newest`: the newest entries, at most `most` of them. Where all of these are new, what lies behind them is not known: it may be the customer. */
export function overtaken(newest: readonly Said[], written: { by: string; at: Instant }, most: number): Overtaken {
  const since = newest.filter((one) => one.receivedAt > written.at);
  if (since.some((one) => one.role === "customer")) return "customer";
  if (since.some((one) => one.role === "us" && one.agentId !== null && one.agentId !== written.by)) return "colleague";
  return since.length >= most ? "customer" : null;
}
