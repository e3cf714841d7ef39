import type { Instant } from "#platform/clock";
import { timeOfUuid } from "#platform/ids";

/** Which page of a conversation: what was said before a message, or behind one. Null: the newest. */
export type Cut = { before: string } | { after: string } | null;

/** The id behind which everything of an instant and later lies: ids begin with their time. */
export function idAt(at: Instant): string {
  const hex = Math.max(0, Math.trunc(at)).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}

/** As it is asked for: before a message, behind one, or from an instant on. */
export function cutOf(asked: {
  before?: string | undefined;
  after?: string | undefined;
  from?: string | undefined;
}): Cut {
  if (asked.before !== undefined) return { before: asked.before };
  if (asked.after !== undefined) return { after: asked.after };
  return asked.from === undefined ? null : { after: idAt(Date.parse(asked.from)) };
}

/** Which notes can lie on the page. */
export function notesCut(cut: Cut): { before?: Instant; from?: Instant } {
  if (cut === null) return {};
  return "before" in cut ? { before: timeOfUuid(cut.before) } : { from: timeOfUuid(cut.after) };
}

interface Paged {
  messageId: string;
  sentAt: Instant;
}
export interface Edges {
  /** The message at which the page before this one ends; null: this is the first page. */
  earlier: string | null;
  later: string | null;
  /** What is no message lies on this page when it is of [from, to). */
  from: Instant;
  to: Instant;
}

/** The page's ends. `page` is newest first; `more`: there was more than fitted in the direction that was read. */
export function edgesOf(cut: Cut, page: readonly Paged[], more: boolean): Edges {
  const [newest, oldest] = [page[0], page.at(-1)];
  const forward = cut !== null && "after" in cut;
  const begins = forward ? timeOfUuid(cut.after) > 0 : more;
  const ends = forward ? more : cut !== null;
  return {
    earlier: begins && oldest ? oldest.messageId : null,
    later: ends && newest ? newest.messageId : null,
    from: !begins ? 0 : forward ? timeOfUuid(cut.after) : (oldest?.sentAt ?? 0),
    to: !ends
      ? Number.POSITIVE_INFINITY
      : cut !== null && "before" in cut
        ? timeOfUuid(cut.before)
        : (newest?.sentAt ?? 0),
  };
}
