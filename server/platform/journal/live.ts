import type { Tx } from "../db.ts";
import type { EventType, JournalEvent } from "./event.ts";

/** A thing of which it matters where it stands: `of` names the kind, and a module's `LiveWhere` knows where such things stand. */
export interface LiveSpot {
  readonly of: string;
  readonly id: string;
}
/** A right (where `at` stands; without it, wherever it was given), one agent, or being signed in. */
export type LiveNeed = "any" | { readonly agentId: string } | { readonly verb: string; readonly at?: LiveSpot };

/** What a screen is told, without content, and who may be told. */
export interface LiveNotice {
  kind: string;
  id: string;
  version: number;
  conversationId?: string;
  /** Any one of them is enough. It is asked when the notice is sent, of the rights of that moment, and where the thing stands then. */
  needs: LiveNeed | readonly LiveNeed[];
}

/** Where things stand now, in the words in which rights are given. What is not in the answer stands nowhere: only rights for the whole account cover it. */
export type LiveWhere = Readonly<
  Record<
    string,
    (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, Readonly<Record<string, string | null>>>>
  >
>;

/** How an event reaches screens. Each module lists its own in its door. */
export interface LiveMapping {
  readonly on: EventType<unknown>;
  present(event: JournalEvent): readonly LiveNotice[];
  /** Whose rights the event changes: one subject's, or of any number of agents. Streams of theirs ask anew before they hear more. */
  rights?(event: JournalEvent): "many" | { agentId: string } | null;
}

export function live<P>(
  on: EventType<P>,
  present: (event: JournalEvent<P>) => readonly LiveNotice[],
  rights?: (event: JournalEvent<P>) => "many" | { agentId: string } | null,
): LiveMapping {
  return { on, present, ...(rights && { rights }) } as LiveMapping;
}
