import { moveDeliveries } from "#modules/channels";
import {
  conversationsById,
  type JoinAct,
  type JoinAsk,
  type Joined,
  type JoinRefused,
  join,
  joinAct,
  noteWork,
  previewUndo,
  standIn,
  undoJoin,
} from "#modules/conversations";
import { handlesOfCustomers, suggestJoin, withdrawSuggestion } from "#modules/customers";
import { agentsById, audit, can } from "#modules/people";
import { rearrangeWork, type Standing } from "#modules/routing";
import type { Tx } from "#platform/db";
import { AppError, notFound, notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { moveRequests } from "./approval/store/step-store.ts";
import { sayAct } from "./domain/join-words.ts";
import { carryPapers } from "./drafts.ts";
import { moveReplies } from "./store/join-papers-store.ts";
import { accessConversation } from "./work-acts.ts";

const personOf = (actor: Actor) => (actor.kind === "agent" ? actor.id : null);

/** What may be joined: what the actor may read where it stands, with a right to the work there. */
export async function accessToJoin(tx: Tx, actor: Actor, conversationId: string): Promise<Standing> {
  const standing = await accessConversation(tx, actor, conversationId);
  if (!can(actor, "work.take", standing.where) && !can(actor, "work.assign", standing.where))
    throw notPermitted("put conversations together or apart here");
  return standing;
}

/** Puts conversations together or apart, with everything that hangs on them: work, replies on their way, notes, drafts. One transaction. */
export async function joinConversations(
  tx: Tx,
  actor: Actor,
  ask: JoinAsk,
  expected: Readonly<Record<string, number>>,
  becauseOf?: string,
): Promise<Joined> {
  for (const id of [ask.sourceId, ask.targetId]) if (id !== null) await accessToJoin(tx, actor, id);
  const by = personOf(actor);
  const done = await join(tx, ask, { by, expected, ...(becauseOf !== undefined && { becauseOf }) });
  if (!done.ok) throw await refusal(tx, done);
  const { joined } = done;
  const act = joined.act!;
  const had = await rearrangeWork(tx, { episodes: joined.episodes, by, restore: [] });
  await noteWork(tx, act.id, had);
  await movePapersOf(tx, joined);
  if (act.kind === "merge") await askWhetherOne(tx, actor, joined);
  await audit(tx, actor, `conversation.${ask.kind}`, "conversation", act.targetId, {
    ...{ actId: act.id, otherId: act.sourceId, messages: joined.moved.length },
  });
  return joined;
}

/** Who merges the matters of two customers thinks that they are one: somebody is asked, and nobody is joined by it. */
async function askWhetherOne(tx: Tx, actor: Actor, joined: Joined): Promise<void> {
  const act = joined.act!;
  const both = await conversationsById(tx, [act.sourceId, act.targetId]);
  const [from, into] = [both.get(act.sourceId), both.get(act.targetId)];
  if (!from || !into || from.customerId === into.customerId) return;
  const handles = await handlesOfCustomers(tx, [from.customerId, into.customerId]);
  const [a, b] = [from, into].map((c) => handles.get(c.customerId)?.[0]);
  if (!a || !b) return;
  const who = actor.kind === "agent" ? actor.name : "a program";
  await suggestJoin(tx, {
    ...{ handleId: a.id, withHandleId: b.id, of: act.id },
    reason: `Conversations merged by ${who}: ${from.number} into ${into.number}.`,
  });
}

/** Takes an act back, whenever: what it moved goes where it would be without it. */
export async function undoConversationJoin(tx: Tx, actor: Actor, actId: string): Promise<Joined> {
  const act = await joinAct(tx, actId);
  if (!act) throw notFound("act");
  // Who split something off may take it back, even where one of the two has no work now, or work in no queue of theirs.
  const mine = act.kind === "split" && act.byAgent !== null && act.byAgent === personOf(actor);
  const own = mine ? [act.targetId, act.sourceId] : [];
  const preview = await previewUndo(tx, actId);
  // What it moved may have been taken further since, to where the actor may not look.
  const from = preview.ok ? preview.joined.moved.map((m) => m.from) : [];
  for (const id of new Set([act.sourceId, act.targetId, ...from]))
    if (!own.includes(id)) await accessToJoin(tx, actor, id);
  const by = personOf(actor);
  const done = await undoJoin(tx, actId, by);
  if (!done.ok) throw await refusal(tx, done);
  const { joined } = done;
  await rearrangeWork(tx, { episodes: joined.episodes, by, restore: act.work });
  await movePapersOf(tx, joined);
  if (act.kind === "merge") await withdrawSuggestion(tx, act.id);
  await audit(tx, actor, "conversation.join-undone", "conversation", act.targetId, {
    ...{ actId, otherId: act.sourceId, kind: act.kind, messages: joined.moved.length },
  });
  return joined;
}

async function movePapersOf(tx: Tx, joined: Joined): Promise<void> {
  const ids = [...new Set(joined.roots.flatMap((r) => [r.id, r.root]))];
  const now = await standIn(tx, ids);
  await carryPapers(
    tx,
    ids.map((id) => ({ id, root: now.get(id) ?? id })),
  );
  await moveDeliveries(tx, await moveReplies(tx, joined.moved));
  await moveRequests(tx, joined.moved);
}

/** Why it was not done, in a sentence that says what to do; of a change by somebody else who did what, and when. */
export async function refusal(tx: Tx, refused: JoinRefused): Promise<AppError> {
  const { why, last } = refused;
  if (why === "unknown") return notFound("conversation");
  const told = last ? await tellAct(tx, last) : "";
  if (why === "changed") {
    const recent = last !== null && tx.now - Math.max(last.at, last.undoneAt ?? 0) < 86_400_000;
    return new AppError(
      "version-conflict",
      `${recent ? told : "A conversation changed meanwhile."} Look at the present state and try again.`,
      {
        present: {
          versions: refused.versions,
          ...(last && { actId: last.id, conversationId: await nowOf(tx, last.targetId) }),
        },
      },
    );
  }
  return notNow(why === "undone-already" ? told : SAY[why], { why });
}

const SAY = {
  same: "These are one conversation already.",
  "other-brand": "They are with different brands, and a conversation speaks for one. Link them instead.",
  "not-in-it": "Not all of these messages are in this conversation any more. Look again and choose anew.",
  everything: "That is all of this conversation: merge it instead, or leave a message in it.",
  "linked-already": "These are linked already.",
  "too-much": "That is more than can be moved at once. Choose fewer messages.",
};

async function tellAct(tx: Tx, act: JoinAct): Promise<string> {
  const agents = await agentsById(tx, [act.byAgent, act.undoneBy]);
  const conversations = await conversationsById(tx, [act.targetId, act.sourceId]);
  const name = (id: string | null) => (id === null ? null : (agents.get(id)?.name ?? null));
  return sayAct({
    ...{ kind: act.kind, by: name(act.byAgent), at: act.at, now: tx.now },
    into: conversations.get(act.targetId)?.number ?? "a conversation",
    from: conversations.get(act.sourceId)?.number ?? "a conversation",
    undone: act.undoneAt === null ? null : { by: name(act.undoneBy), at: act.undoneAt },
  });
}

async function nowOf(tx: Tx, id: string): Promise<string> {
  return (await standIn(tx, [id])).get(id) ?? id;
}
