export type FollowedWhat = "wrote" | "answered" | "done" | "opened";
export interface FollowedNews {
  what: FollowedWhat;
  at: number;
  /** Which agent did it; null: the customer, or nobody by hand. */
  by: string | null;
}
interface Facts {
  /** The newest message of the conversation, by whom: `agentId` where it is ours. */
  last: { at: number; ours: boolean; agentId: string | null } | null;
  episodes: readonly { openedAt: number; doneAt: number | null; doneBy: string | null }[];
}

/** What happened last in a conversation somebody follows: somebody wrote, work began or ended. What the follower did is no news to them. */
export function followedNews(me: string, { last, episodes }: Facts): FollowedNews | null {
  const all: FollowedNews[] = [];
  if (last) all.push({ what: last.ours ? "answered" : "wrote", at: last.at, by: last.ours ? last.agentId : null });
  for (const { openedAt, doneAt, doneBy } of episodes) {
    all.push({ what: "opened", at: openedAt, by: null });
    if (doneAt !== null) all.push({ what: "done", at: doneAt, by: doneBy });
  }
  const weight = { done: 3, answered: 2, wrote: 1, opened: 0 };
  // A message that opens work is told as the message.
  return (
    all
      .filter((one) => one.by === null || one.by !== me)
      .sort((a, b) => b.at - a.at || weight[b.what] - weight[a.what])[0] ?? null
  );
}
