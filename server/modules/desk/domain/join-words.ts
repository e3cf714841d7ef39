/** Which figures are computed anew when conversations are put together or apart: by what happens to episodes and their messages. */
export function figuresTouched(of: { moved: number; episodes: readonly { what: string }[] }): string[] {
  if (of.moved === 0) return [];
  const changed = of.episodes.filter((e) => e.what !== "as-it-is");
  const counted = changed.some((e) => e.what !== "moves" && e.what !== "goes-on");
  return [
    ...(changed.length > 0 ? ["conversations-worked", "first-response", "next-response"] : []),
    ...(counted ? ["episodes-opened", "backlog"] : []),
    "media-shift-share",
    "thanked-share",
  ];
}

/** How long ago in the words of a person: "2 s ago", "5 min ago". */
export function ago(ms: number): string {
  if (ms < 60_000) return `${Math.max(0, Math.round(ms / 1_000))} s ago`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min ago`;
  if (ms < 86_400_000) return `${Math.round(ms / 3_600_000)} h ago`;
  return `${Math.round(ms / 86_400_000)} days ago`;
}

const DID = {
  merge: (into: string, from: string) => `merged ${from} into ${into}`,
  split: (into: string, from: string) => `split ${into} off ${from}`,
  move: (into: string, from: string) => `moved messages of ${from} to ${into}`,
  link: (into: string, from: string) => `linked ${from} with ${into}`,
};

/** "Bea merged C-20481 into C-20477 2 s ago." */
export function sayAct(act: {
  kind: keyof typeof DID;
  by: string | null;
  into: string;
  from: string;
  at: number;
  undone: { by: string | null; at: number } | null;
  now: number;
}): string {
  const who = act.by ?? "A program";
  const did = DID[act.kind](act.into, act.from);
  if (act.undone)
    return `${act.undone.by ?? "A program"} took back ${ago(act.now - act.undone.at)} that ${who} ${did}.`;
  return `${who} ${did} ${ago(act.now - act.at)}.`;
}
