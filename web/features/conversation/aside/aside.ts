/** What is asked about a conversation beside its messages: one dialog at a time. */
export type Aside = { what: "follow" | "task" | "question" } | { what: "closing"; outcome: string | null } | null;
