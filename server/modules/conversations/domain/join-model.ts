import type { Priority } from "#contracts/policy";
import type { Instant } from "#platform/clock";
import type { Moment } from "./episode.ts";
import type { Role } from "./stitch.ts";

/** A message as the joins see it. Where it stands is `stands`, taken further by the merges in force. */
export interface JoinedMessage {
  id: string;
  customerId: string | null;
  role: Role;
  /** Where it is now, and in which episode. */
  conversationId: string;
  episodeId: string | null;
  /** What it was before the first act that touched it; the same as now where none has. */
  home: { conversationId: string; episodeId: string | null; role: Role };
  /** The conversation it was put into by itself, else its home. */
  stands: string;
  /** Whether an act has touched it before. */
  touched: boolean;
  /** How it moves the clock, in the role it has now. */
  moment: Moment;
  actionable: boolean | null;
  backfilled: boolean;
}

/** An episode as the joins see it. */
export interface JoinedEpisode {
  id: string;
  conversationId: string;
  homeId: string | null;
  ordinal: number;
  past: boolean;
  state: "open" | "done";
  openedAt: Instant;
  openedBy: string;
  /** Opened by hand: then the customer waits from here. */
  askedAt: Instant | null;
  /** The one that goes on for it since both were in one conversation. */
  absorbedBy: string | null;
  /** The one that did, and was done before the two were parted: together again, it is part of that again. */
  doneWith: string | null;
  priority: Priority;
  ownPriority: Priority | null;
  madeByAct: string | null;
}

export const isAbsorbed = (e: { state: "open" | "done"; absorbedBy?: string | null }): boolean =>
  e.state === "done" && e.absorbedBy != null;

export interface JoinWorld {
  messages: readonly JoinedMessage[];
  episodes: readonly JoinedEpisode[];
  /** Principal customers of the conversations concerned. */
  customers: ReadonlyMap<string, string>;
  /** The conversation that holds what stands in one, by the merges in force from now on. */
  root(conversationId: string): string;
}

/** What is so after an act, for each thing that is not as it was. */
export interface Settled {
  messages: {
    id: string;
    conversationId: string;
    episodeId: string | null;
    role: Role;
    was: JoinedMessage;
  }[];
  episodes: (JoinedEpisode & { was: JoinedEpisode })[];
  /** Begun, because a message that waits stands in no open episode any more: by that message. */
  begun: JoinedEpisode[];
  /** Begun by an act before, and of no use any more: they never were. */
  void: JoinedEpisode[];
}
