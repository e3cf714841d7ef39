import type { CustomerBurst, CustomerConversation } from "#contracts/customer-page";

type Episode = CustomerConversation["episodes"][number];

/** One thing on the line of time: what was said, or that work began or ended. */
export type LineItem =
  | { kind: "burst"; at: string; key: string; burst: CustomerBurst; conversation: CustomerConversation | null }
  | { kind: "opened" | "done"; at: string; key: string; episode: Episode; conversation: CustomerConversation };

/**
 * Bursts and episodes of all conversations, the newest first. While there is more to load, work of before what is shown waits with
 * what was said then.
 */
export function lineOfTime(
  bursts: readonly CustomerBurst[],
  conversations: readonly CustomerConversation[],
  more: boolean,
): LineItem[] {
  const byId = new Map(conversations.map((one) => [one.id, one]));
  const oldest = bursts.reduce<string | null>((min, b) => (min === null || b.from < min ? b.from : min), null);
  const shown = (at: string) => !more || oldest === null || at >= oldest;
  const said = bursts.map((burst): LineItem => {
    const first = burst.messages[0]?.id ?? burst.from;
    const conversation = byId.get(burst.conversationId) ?? null;
    return { kind: "burst", at: burst.to, key: `burst ${first}`, burst, conversation };
  });
  const work = conversations.flatMap((conversation) =>
    conversation.episodes.flatMap((episode): LineItem[] => [
      ...(shown(episode.openedAt)
        ? [{ kind: "opened" as const, at: episode.openedAt, key: `opened ${episode.id}`, episode, conversation }]
        : []),
      ...(episode.doneAt !== null && shown(episode.doneAt)
        ? [{ kind: "done" as const, at: episode.doneAt, key: `done ${episode.id}`, episode, conversation }]
        : []),
    ]),
  );
  // Work begins with what was said: at the same time it stands below it, as newest is above.
  const rank = { done: 0, burst: 1, opened: 2 };
  return [...said, ...work].sort(
    (a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : rank[a.kind] - rank[b.kind]) || (a.key < b.key ? -1 : 1),
  );
}

/** Pages that came one after the other as one; a burst that was cut at a page's edge stays in two. */
export function withPages<P extends { bursts: readonly CustomerBurst[]; earlier: string | null }>(
  first: P,
  earlier: readonly P[],
): { bursts: CustomerBurst[]; earlier: string | null } {
  const all = [first, ...earlier];
  const seen = new Set<string>();
  const bursts = all
    .flatMap((page) => page.bursts)
    .filter((burst) => {
      const key = burst.messages[0]?.id ?? burst.from;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  return { bursts, earlier: all.at(-1)!.earlier };
}
