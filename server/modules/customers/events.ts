import { eventType } from "#platform/journal/event";

/** A handle was met for the first time; it is its own customer until a join says otherwise. */
export const HandleMet = eventType<{ handleId: string; customerId: string; network: string }>("HandleMet");
/** Name, handle or followers of a handle changed. */
export const HandleChanged = eventType<{ handleId: string; customerId: string }>("HandleChanged");
