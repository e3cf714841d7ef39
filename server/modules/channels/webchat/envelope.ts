import { json } from "#platform/storable";

/** What goes into the raw inbox of a web chat, and what `parse` reads: written by this server, read as if by a stranger. */
export interface SaidEnvelope {
  event: "said";
  id: string;
  at: string;
  chat: number;
  text: string;
  /** The code of the invite that led here, to be said with these words. */
  invite: string;
  locale: string;
  visitor: EnvelopeVisitor;
  files: { id: string; hash: string; name: string; mime: string; bytes: number }[];
}
export interface EnvelopeVisitor {
  id: string;
  name: string;
  email: string;
  /** Named by the host site's signature; empty: nobody says who it is. */
  subject: string;
  former: string[];
}
export interface ReceiptEnvelope {
  event: "receipt";
  ids: string[];
  status: "delivered" | "read";
  at: string;
}
export interface ErasedEnvelope {
  event: "erased";
  visitorId: string;
  at: string;
}
export type Envelope = SaidEnvelope | ReceiptEnvelope | ErasedEnvelope;

export function envelopeBytes(...events: readonly Envelope[]): Uint8Array {
  return new TextEncoder().encode(json({ v: 1, events }));
}

export const threadOf = (visitorId: string, chat: number): string => `chat/${visitorId}/${chat}`;

/** The visitor and the number of the chat in a thread's name. */
export function visitorOfThread(threadKey: string): { visitorId: string; chat: number } | null {
  const found = /^chat\/([0-9a-f-]{36})\/(\d{1,9})$/.exec(threadKey);
  return found ? { visitorId: found[1]!, chat: Number(found[2]) } : null;
}
