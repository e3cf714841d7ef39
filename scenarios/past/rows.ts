/** One line of the import format (docs/formats/import.md), as far as the town's past uses it. */
export interface MessageLine {
  type: "message";
  id: string;
  /** RFC 3339. */
  at: string;
  channel: string;
  private: boolean;
  by: "customer" | "company";
  from: string;
  name: string;
  to?: string;
  reply_to?: string;
  thread?: string;
  text: string;
  agent?: string;
  lang?: string;
  followers?: number;
  kind: "post" | "comment" | "dm" | "mail" | "chat" | "review" | "call";
  stars?: number;
  edits?: { at: string; text: string }[];
  deleted_at?: string;
}
/** The work on a message's conversation ended then. */
export interface OutcomeLine {
  type: "outcome";
  message: string;
  channel: string;
  at: string;
  outcome: string;
  agent?: string;
  /** The kind of trouble, from which the demo knows why it ended so; the import reads past it. */
  about: string;
}
export type Line = MessageLine | OutcomeLine;
export const iso = (at: number): string => new Date(at).toISOString();
