import { DAY, type Instant } from "#platform/clock";

/** A live message older than this is not believed: its sender's clock is wrong, or lies. */
const LIVE_REACH = 7 * DAY;
/** Month partitions reach back this far; older history is filed at their beginning (its `sentAt` stays). */
const HISTORY_REACH = 370 * DAY;

export interface MessageTimes {
  /** What clocks and screens use. */
  sentAt: Instant;
  /** The time inside the message's id. */
  idAt: Instant;
  /** The sender's claim where it was not believed, else null. */
  claimedAt: Instant | null;
}

/** Senders may claim 1970 or 2099: live input is clamped to the week before it came, history only to not lie in the future. */
export function messageTimes(claimed: Instant, receivedAt: Instant, history: boolean): MessageTimes {
  const believable = Number.isFinite(claimed) ? claimed : receivedAt;
  const earliest = history ? 0 : receivedAt - LIVE_REACH;
  const sentAt = Math.min(Math.max(believable, earliest), receivedAt);
  return {
    sentAt,
    idAt: Math.max(sentAt, receivedAt - HISTORY_REACH),
    claimedAt: sentAt === claimed || !Number.isFinite(claimed) ? null : clampToStorable(claimed),
  };
}

function clampToStorable(at: Instant): Instant {
  return Math.min(Math.max(at, 0), 253_402_300_799_000);
}
