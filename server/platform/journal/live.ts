import type { EventType, JournalEvent } from "./event.ts";

/** What a screen is told, without content, and who may be told. */
export interface LiveNotice {
  kind: string;
  id: string;
  version: number;
  conversationId?: string;
  /** Right needed to hear of it: a verb, in a queue when one is named; or one agent only. */
  needs: { verb: string; queueId?: string } | { agentId: string } | "any";
}

/** How an event reaches screens. Each module lists its own in its door. */
export interface LiveMapping {
  readonly on: EventType<unknown>;
  present(event: JournalEvent): readonly LiveNotice[];
}

export function live<P>(on: EventType<P>, present: (event: JournalEvent<P>) => readonly LiveNotice[]): LiveMapping {
  return { on, present } as LiveMapping;
}
