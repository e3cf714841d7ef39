import { settingOf } from "#modules/company";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { StitchSettings } from "./domain/evidence.ts";
import { type StitchChange, stitchChanges, stitchHistory } from "./domain/replay-stitching.ts";
import { pastMessages } from "./placing/past-messages.ts";
import { stitchSetting } from "./settings.ts";
import { placedBetween } from "./store/placement-store.ts";
import { marksOfWork } from "./store/replay-store.ts";

/** One run stitches so many messages; of a busier time those that were said last. */
export const STITCH_REPLAY_MOST = 10_000;

export interface StitchReplay {
  /** Messages looked at, and whether there were more. */
  looked: number;
  cut: boolean;
  /** Conversations the messages make under the limits in force, and under the others. */
  before: number;
  after: number;
  /** The newest first, each with where both sides stand today. */
  changes: (StitchChange & { conversationId: string | null; otherConversationId: string | null })[];
}

/**
 * Stitches a span of a brand's past anew under other limits, and under those in force beside it. What people moved by hand is stitched as if
 * they had not; what they ended is ended. Reads only.
 */
export async function replayStitching(
  tx: Tx,
  ask: { brandId: string; from: Instant; to: Instant; limits: StitchSettings },
): Promise<StitchReplay> {
  const { value: present } = await settingOf(tx, stitchSetting);
  const placed = await placedBetween(tx, ask.brandId, ask.from, ask.to, STITCH_REPLAY_MOST + 1);
  const looked = placed.slice(0, STITCH_REPLAY_MOST);
  const standing = new Map(looked.map((p) => [p.messageId, p.conversationId]));
  const ends = Map.groupBy(
    (await marksOfWork(tx, [...new Set([...standing.values()].filter((id) => id !== null))])).filter(
      (m) => m.doneAt !== null,
    ),
    (m) => m.conversationId,
  );
  const endsOf = (messageId: string) => (ends.get(standing.get(messageId) ?? "") ?? []).map((m) => m.doneAt!);
  const messages = await pastMessages(tx, looked);
  const run = (settings: StitchSettings) => stitchHistory(messages, settings, endsOf);
  const [was, would] = [run(present), run(ask.limits)];
  const groups = (of: typeof was) => new Set(of.flatMap((s) => s.group ?? [])).size;
  const changes = stitchChanges(was, would).map((c) => ({
    ...c,
    conversationId: standing.get(c.messageId) ?? null,
    otherConversationId: standing.get(c.otherId) ?? null,
  }));
  return {
    ...{ looked: looked.length, cut: placed.length > looked.length, before: groups(was), after: groups(would) },
    changes: changes.toSorted((a, b) => b.at - a.at || (a.messageId < b.messageId ? 1 : -1)),
  };
}
