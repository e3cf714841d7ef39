/** What became of one command of an agent, as the agent knows it. */
export interface Entry {
  kind: "note" | "reply" | "undo" | "resolve" | "assign" | "take" | "presence";
  /** Stands in the text of a note or reply, and nowhere else. */
  nonce: string;
  /** `acknowledged`: a 2xx was seen. `refused`: it was said to have no effect. `unknown`: the agent gave up waiting. */
  state: "acknowledged" | "refused" | "unknown";
  status: number;
  conversationId: string;
  /** The id of what was made, from the answer. */
  id: string | null;
  at: number;
  /** Why it was refused. */
  detail: string;
}

/** The agents' memory of one seed, against which the tables are held. */
export type Ledger = Entry[];
