import type { Millis } from "#platform/clock";
import { BURST_GAP_MS } from "./bursts.ts";
import { type Medium, REOPEN_WINDOWS, type ReopenWindows } from "./medium.ts";

/** What one channel does otherwise than its medium; what is left out is as the medium has it. */
export interface ChannelWindows {
  reopenMs?: Millis | undefined;
  burstMs?: Millis | undefined;
}

/** A gap longer than this begins a new burst, for each medium. */
export type BurstGaps = Readonly<Record<Medium, Millis>>;

/** How far apart things may lie and still be one, as a brand has written it: by medium, and for single channels. */
export interface Windows {
  reopen: ReopenWindows;
  burst: BurstGaps;
  /** By channel id. */
  channels: Readonly<Record<string, ChannelWindows>>;
}

export const BURST_GAPS: BurstGaps = {
  public: BURST_GAP_MS,
  dm: BURST_GAP_MS,
  email: BURST_GAP_MS,
  chat: BURST_GAP_MS,
  phone: BURST_GAP_MS,
};
export const WINDOWS: Windows = { reopen: REOPEN_WINDOWS, burst: BURST_GAPS, channels: {} };

function own(windows: Pick<Windows, "channels">, channelId: string): ChannelWindows {
  return Object.hasOwn(windows.channels, channelId) ? windows.channels[channelId]! : {};
}

const all = (ms: Millis): Record<Medium, Millis> => ({ public: ms, dm: ms, email: ms, chat: ms, phone: ms });

/** The reopen windows that count for what is said on a channel. */
export function reopenWindowsOn(windows: Windows, channelId: string | null): ReopenWindows {
  const ms = channelId === null ? undefined : own(windows, channelId).reopenMs;
  return ms === undefined ? windows.reopen : all(ms);
}

/** The longest pause inside one burst on this medium of this channel. */
export function burstGapOn(windows: Pick<Windows, "burst" | "channels">, medium: Medium, channelId: string): Millis {
  return own(windows, channelId).burstMs ?? windows.burst[medium];
}
