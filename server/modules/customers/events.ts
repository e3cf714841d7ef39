import { eventType } from "#platform/journal/event";

/** A handle was met for the first time; it is its own customer until a join says otherwise. */
export const HandleMet = eventType<{ handleId: string; customerId: string; network: string }>("HandleMet");
/** Name, handle or followers of a handle changed. */
export const HandleChanged = eventType<{ handleId: string; customerId: string }>("HandleChanged");
/** A handle belongs to another customer now, by a join. `rung`: how sure it is; `actId`: what a person did, null where evidence did it. */
export const HandleJoined = eventType<{
  handleId: string;
  customerId: string;
  fromCustomerId: string;
  actId: string | null;
  rung: string;
  code: string;
  confidence: number;
}>("HandleJoined");
/** A handle is its own customer again: a person parted it or took a join back, or what joined it holds no more. */
export const HandleParted = eventType<{
  handleId: string;
  customerId: string;
  fromCustomerId: string;
  actId: string | null;
}>("HandleParted");
/** A person took back what a person or the evidence had decided. `of` is that act or statement. */
export const JoinUndone = eventType<{ of: string; customerId: string; by: string }>("JoinUndone");
/** Something speaks for two handles being one customer (or for one pretending to be the other), too little to join; or it was decided. */
export const JoinSuggested = eventType<{
  suggestionId: string;
  handleIds: string[];
  customerIds: string[];
  kind: string;
  state: "open" | "accepted" | "refused";
}>("JoinSuggested");
