import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { audienceOf } from "./domain/medium.ts";
import {
  addFigures,
  changesBetween,
  NO_FIGURES,
  type ReplayChange,
  type ReplayEnd,
  type ReplayFigures,
  type ReplayWord,
  replay,
} from "./domain/replay.ts";
import type { Windows } from "./domain/windows.ts";
import { allWindowsOf } from "./placing/verdict.ts";
import { conversationsSaidIn, marksOfWork, type StoredWord, wordsOf } from "./store/replay-store.ts";

/** One run reads so much and no more; of a busier time it looks at what was said last. */
export const REPLAY_MOST = { conversations: 2_000, wordsEach: 200, words: 60_000 } as const;

export interface WindowReplay {
  /** Conversations looked at, and whether there were more. */
  looked: number;
  cut: boolean;
  before: ReplayFigures;
  after: ReplayFigures;
  /** What would be joined or parted, the newest first. */
  changes: (ReplayChange & { conversationId: string })[];
  /** Conversations whose bursts would be others, the greatest difference first. */
  bursts: { conversationId: string; before: number; after: number }[];
}

/** Runs a span of a brand's past under other windows, beside those in force. Reads only: three statements, nothing is decided anew. */
export async function replayWindows(
  tx: Tx,
  ask: { brandId: string; from: Instant; to: Instant; windows: Windows },
): Promise<WindowReplay> {
  const { brandId, from, to } = ask;
  const present = await allWindowsOf(tx, brandId);
  const ids = await conversationsSaidIn(tx, brandId, from, to, REPLAY_MOST.conversations + 1);
  const looked = ids.slice(0, REPLAY_MOST.conversations);
  const stored = await wordsOf(tx, looked, to, REPLAY_MOST.wordsEach, REPLAY_MOST.words);
  const marks = Map.groupBy(await marksOfWork(tx, looked), (m) => m.conversationId);
  const result: WindowReplay = {
    looked: 0,
    cut: ids.length > looked.length || stored.length === REPLAY_MOST.words,
    ...{ before: NO_FIGURES, after: NO_FIGURES, changes: [], bursts: [] },
  };
  for (const [conversationId, own] of Map.groupBy(stored, (w) => w.conversationId)) {
    const acts = marks.get(conversationId) ?? [];
    const words = [...own.map(wordOf), ...acts.flatMap(byHand)];
    const ends = acts.flatMap((a): ReplayEnd[] => (a.doneAt === null ? [] : [{ at: a.doneAt }]));
    const [was, would] = [replay(words, ends, present), replay(words, ends, ask.windows)];
    result.looked++;
    result.before = addFigures(result.before, was, from, to);
    result.after = addFigures(result.after, would, from, to);
    result.changes.push(...changesBetween(was, would, from, to).map((c) => ({ ...c, conversationId })));
    const count = (of: typeof was) => of.bursts.filter((at) => at >= from && at < to).length;
    if (count(was) !== count(would)) result.bursts.push({ conversationId, before: count(was), after: count(would) });
  }
  result.changes.sort((a, b) => b.at - a.at || (a.messageId < b.messageId ? 1 : -1));
  const moved = (b: WindowReplay["bursts"][number]) => Math.abs(b.after - b.before);
  result.bursts.sort((a, b) => moved(b) - moved(a) || (a.conversationId < b.conversationId ? -1 : 1));
  return result;
}

function wordOf(w: StoredWord): ReplayWord {
  const { id, at, medium, channelId, asks, backfilled } = w;
  const who = w.role === "customer" || w.role === "us" ? w.role : "other";
  return {
    id,
    at,
    who,
    medium,
    channelId,
    audience: audienceOf(w.visibility),
    asks: who === "customer" && asks,
    backfilled,
  };
}

/** Work that somebody began without a message that waited is as good as one. */
function byHand(m: Awaited<ReturnType<typeof marksOfWork>>[number]): ReplayWord[] {
  if (m.askedAt === null) return [];
  return [
    {
      ...{ id: m.openedBy, at: m.askedAt, who: "customer", medium: m.medium, channelId: m.channelId, asks: true },
      ...{ audience: audienceOf(m.visibility), backfilled: false },
    },
  ];
}
