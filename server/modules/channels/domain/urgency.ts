/** Whose call to a network it is; each may use what the one before must leave. */
export type Urgency = "listening" | "reply" | "crisis";
