import type { Clock, Instant } from "#platform/clock";
import type { ChannelAccess } from "../../domain/adapter.ts";
import type { RateBudget } from "../../domain/rate-budget.ts";
import type { Identities } from "../identities.ts";
import type { Sessions } from "../session.ts";
import type { Candidate } from "./batch.ts";
import type { Wanted } from "./wanted.ts";

export interface StreamDeps {
  clock: Clock;
  sessions: Sessions;
  identities: Identities;
}

/** What a kind of stream makes of frames. */
export interface FrameReader {
  /** Where to open the line, behind a cursor. */
  address(since: string | undefined): string;
  read(frames: readonly Uint8Array[]): Promise<Frames>;
  /** The author's line, after what was kept has been looked at: false where it is not to be believed. */
  isTrue(kept: Candidate, signal: AbortSignal): Promise<boolean>;
}
export interface Frames {
  candidates: Candidate[];
  /** The cursor behind the last frame; undefined when none of them moves it. */
  next: string | undefined;
  /** When the newest frame was said, where the line tells. */
  at?: Instant;
  gap?: { reason: string; from?: string; to?: string };
  /** The other side ends the line after these frames: why. `anew`: the cursor is of no use there any more. */
  end?: { message: string; anew: boolean };
}

export interface ReaderMade extends StreamDeps {
  access: ChannelAccess;
  wanted: Wanted;
  budget: RateBudget;
  url: string;
}
