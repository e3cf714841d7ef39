import type { Tx } from "#platform/db";
import { standing, step } from "../domain/episode.ts";
import type { Policies } from "../policies.ts";
import { findConversations, saveConversations } from "../store/conversation-store.ts";
import { findEpisodes, lastEpisodes } from "../store/episode-store.ts";
import { type Placement, savePlacements } from "../store/placement-store.ts";
import { coursesOf } from "./course-of.ts";
import type { Draft } from "./draft.ts";
import { draftsOfPlaced, type Understood } from "./gather-drafts.ts";
import { unique } from "./load-world.ts";
import { needUnmoved } from "./need-unmoved.ts";
import { stoodThen, verdictOn, verdictThere, type WindowsOf } from "./verdict.ts";
import { openWorkbench } from "./workbench.ts";

/**
 * Looks again at messages whose labels changed (`labels`), because their text was edited, or whose course did: they stay where they are, but what was nothing may
 * have become work, and the other way round. Nothing happens when the verdict is the same: then it was a repetition.
 */
export async function relabel(
  tx: Tx,
  placed: readonly Placement[],
  labels: ReadonlyMap<string, Understood>,
  policies: Policies,
  windows: WindowsOf,
): Promise<void> {
  const theirs = placed.filter((p) => p.role === "customer" && p.conversationId !== null && p.deletedAt === null);
  if (theirs.length === 0) return;
  const drafts = new Map(
    (await draftsOfPlaced(tx, theirs, policies)).map((d) => [
      d.message.id,
      { ...d, labels: labels.get(d.message.id) ?? d.labels },
    ]),
  );
  const then = new Map(
    (await findEpisodes(tx, "id", unique(theirs.flatMap((p) => p.episodeId ?? [])))).map((e) => [e.id, e]),
  );
  const spoken = (p: Placement) => ({ messageId: p.messageId, conversationId: p.conversationId, at: p.sentAt });
  const course = await coursesOf(
    tx,
    unique(theirs.map((p) => p.brandId)).map((id) => policies.of(id).rules),
    theirs.map(spoken),
  );
  const verdictOf = (p: Placement, d: Draft) =>
    verdictThere(
      verdictOn(
        policies.of(p.brandId).rules,
        { ...d, course: course(spoken(p)) },
        stoodThen(p, p.episodeId === null ? undefined : then.get(p.episodeId)),
      ),
      p.evidence,
    );
  const changed = theirs.filter(
    (p) => drafts.has(p.messageId) && verdictOf(p, drafts.get(p.messageId)!).actionable !== p.actionable,
  );
  if (changed.length === 0) return;

  const ids = unique(changed.map((p) => p.conversationId!));
  const conversations = new Map((await findConversations(tx, ids, true)).map((c) => [c.id, c]));
  await needUnmoved(tx, changed);
  const last = new Map((await lastEpisodes(tx, ids)).map((e) => [e.conversationId, e]));
  const bench = await openWorkbench(tx, conversations, last);
  for (const p of changed) {
    const draft = drafts.get(p.messageId)!;
    const verdict = verdictOf(p, draft);
    Object.assign(p, {
      actionable: verdict.actionable,
      rule: verdict.ruleId,
      reasons: verdict.reasons,
      policyVersion: policies.of(p.brandId).version,
      version: p.version + 1,
    });
    const now = standing(bench.lastOf(p.conversationId!), p.sentAt, p.medium, windows(p.brandId, p.channelId));
    bench.putIn(p);
    if (p.episodeId !== null) bench.reconsider(tx, p);
    else {
      const work = bench.work(
        tx,
        p,
        step(now, {
          role: "customer",
          actionable: verdict.actionable,
          thanksOnly: draft.labels.thanksOnly,
          backfilled: p.backfilled,
        }),
        { labels: draft.labels, verdict, text: draft.message.text },
      );
      p.episodeId = work.episodeId;
      work.announce();
    }
  }
  await saveConversations(tx, await bench.finish(tx));
  await savePlacements(tx, changed);
  await bench.save(tx);
}
