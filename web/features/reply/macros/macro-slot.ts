import type { RefObject } from "react";
import type { ConversationView } from "#contracts/desk";
import type { WrittenComposer } from "../use-composer.ts";

/** What a macro does once its words are away, with the name of the outcome or the queue. */
export type MacroThen =
  | { kind: "resolve"; outcome: string; name: string }
  | { kind: "move"; queueId: string; name: string }
  | { kind: "snooze"; minutes: number };

/** Where macros are used: the composer of one conversation. */
export type MacroSlot = {
  view: ConversationView;
  composer: WrittenComposer;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Does it; null where the work is not the agent's. */
  onThen: ((then: MacroThen) => void) | null;
};
