import type { ChatConfig, ChatMessage, ChatSession } from "#contracts/webchat";
import type { Link } from "./connection.ts";
import { type Receipts, waitsSince } from "./log.ts";
import type { Outgoing } from "./outbox.ts";
import type { Upload } from "./uploads.ts";

/** All that the screen is made of. */
export interface ChatState {
  phase: "starting" | "ready" | "gone";
  link: Link;
  config: ChatConfig | null;
  visitor: ChatSession["visitor"];
  consents: boolean;
  lines: readonly ChatMessage[];
  waiting: readonly Outgoing[];
  uploads: readonly Upload[];
  receipts: Receipts;
  readUpTo: number;
  typing: string | null;
  place: { position: number; waitMs: number | null } | null;
  ended: boolean;
  /** The chat is open before the visitor, and the page is in sight. */
  open: boolean;
  greeting: string | null;
  sound: boolean;
  /** Another one is another visitor: what the former one was about to say goes. */
  era: number;
}

export const startState: ChatState = {
  ...{
    phase: "starting",
    link: "idle",
    config: null,
    visitor: { name: "", email: "", verified: false },
    consents: false,
    lines: [],
    waiting: [],
  },
  ...{ uploads: [], receipts: { delivered: 0, read: 0 }, readUpTo: 0, typing: null, place: null, ended: false },
  ...{ open: false, greeting: null, sound: false, era: 0 },
};

/** The visitor's question waits for an answer since then. */
export const unansweredSince = (state: ChatState): number | null => (state.ended ? null : waitsSince(state.lines));
