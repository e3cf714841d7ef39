import {
  ConversationJoinUndone,
  ConversationSplit,
  ConversationsLinked,
  ConversationsMerged,
  MessagesMoved,
} from "#events/conversations";
import { messagesById } from "#modules/channels";
import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { subjectOf } from "../domain/subject.ts";
import { findConversations, saveConversations, takeNumbers } from "../store/conversation-store.ts";
import { actsOn, findAct, insertAct, type JoinAct, type JoinKind, lockJoins, markUndone } from "../store/join-store.ts";
import { type PlaceRow, placesIn, settleConversations } from "../store/joined-store.ts";
import { applyPlan } from "./apply.ts";
import { type Joined, outcomeOf } from "./outcome.ts";
import { type Change, type Plan, planChange } from "./plan.ts";
import { standIn } from "./redirects.ts";

/** What somebody asks for. Ids may be old addresses: they are followed. `expected`: the versions of the conversations the asker saw. */
export interface Ask {
  kind: JoinKind;
  sourceId: string;
  /** Not of a split: that makes a new one. */
  targetId: string | null;
  /** Of a split and a move. Our answers to them go along. */
  messageIds: readonly string[];
}
export type Refusal =
  | "unknown"
  | "same"
  | "other-brand"
  | "changed"
  | "not-in-it"
  | "everything"
  | "linked-already"
  | "undone-already"
  | "too-much";
/** `last`: the newest act on these conversations, which is most often why. */
export type Refused = { ok: false; why: Refusal; last: JoinAct | null; versions: Record<string, number> };

/** More messages than this are not joined in one act. */
const MOST = 50_000;
const TOLD = { merge: ConversationsMerged, split: ConversationSplit, move: MessagesMoved, link: ConversationsLinked };

/** What would follow, without doing it. */
export async function previewJoin(tx: Tx, ask: Ask): Promise<{ ok: true; joined: Joined } | Refused> {
  const ready = await prepare(tx, ask);
  if (!ready.ok) return ready;
  return { ok: true, joined: outcomeOf(await planChange(tx, ready.change, false), null) };
}

/** Does it, under the account's lock of acts: of two at once the second finds what the first did. */
export async function join(
  tx: Tx,
  ask: Ask,
  who: { by: string | null; expected: Readonly<Record<string, number>>; becauseOf?: string },
): Promise<{ ok: true; joined: Joined } | Refused> {
  await lockJoins(tx);
  const ready = await prepare(tx, ask, who.expected);
  if (!ready.ok) return ready;
  const { change, chosen } = ready;
  if (change.kind === "split") await makeConversation(tx, change, chosen);
  const plan = await planChange(tx, change, true);
  // Read again behind the row locks: a message may have come meanwhile.
  const seen = [...plan.conversations.values()].filter((c) => who.expected[c.id] !== undefined);
  if (seen.some((c) => c.version !== who.expected[c.id])) throw again();
  const joined = outcomeOf(plan, null);
  const act = {
    ...{ id: change.actId, kind: ask.kind, targetId: change.targetId, sourceId: change.sourceId, byAgent: who.by },
    ...{ messages: joined.moved.length, episodes: joined.episodes.map((e) => e.id) },
    becauseOf: who.becauseOf ?? null,
  };
  await insertAct(tx, act, change.kind === "merge" ? [] : change.messageIds);
  await follow(tx, plan, ask.kind, who.by);
  tell(tx, ask.kind, act, joined, plan, who.by, false);
  return { ok: true, joined: { ...joined, act: (await findAct(tx, act.id))! } };
}

/** Takes an act back, whenever: what it moved goes where it would be without it, whatever was done since. */
export async function undoJoin(
  tx: Tx,
  actId: string,
  by: string | null,
): Promise<{ ok: true; joined: Joined } | Refused> {
  await lockJoins(tx);
  const act = await findAct(tx, actId);
  if (!act) return refuse(tx, "unknown", []);
  if (act.undoneAt !== null) return { ok: false, why: "undone-already", last: act, versions: {} };
  const plan = await planChange(tx, { kind: "undo", act }, true);
  const joined = outcomeOf(plan, act);
  await markUndone(tx, actId, by);
  await follow(tx, plan, act.kind, by);
  tell(tx, act.kind, act, joined, plan, by, true);
  return { ok: true, joined: { ...joined, act: (await findAct(tx, actId))! } };
}

export async function previewUndo(tx: Tx, actId: string): Promise<{ ok: true; joined: Joined } | Refused> {
  const act = await findAct(tx, actId);
  if (!act) return refuse(tx, "unknown", []);
  if (act.undoneAt !== null) return { ok: false, why: "undone-already", last: act, versions: {} };
  return { ok: true, joined: outcomeOf(await planChange(tx, { kind: "undo", act }, false), act) };
}

type Ready = { ok: true; change: Exclude<Change, { kind: "undo" }>; chosen: PlaceRow[] };

async function prepare(tx: Tx, ask: Ask, expected?: Readonly<Record<string, number>>): Promise<Ready | Refused> {
  const named = [ask.sourceId, ...(ask.targetId === null ? [] : [ask.targetId])];
  const stand = await standIn(tx, named);
  const sourceId = stand.get(ask.sourceId) ?? ask.sourceId;
  const found = new Map((await findConversations(tx, [...named, ...stand.values()])).map((c) => [c.id, c]));
  const no = (why: Refusal) => refuse(tx, why, [...found.keys()]);
  if (named.some((id) => !found.has(id))) return no("unknown");
  const versionsDiffer = expected && Object.entries(expected).some(([id, v]) => found.get(id)?.version !== v);
  if (versionsDiffer) return no("changed");
  const targetId = ask.targetId === null ? uuidv7(tx.now) : (stand.get(ask.targetId) ?? ask.targetId);
  if (targetId === sourceId) return no("same");
  const [source, target] = [found.get(sourceId)!, found.get(targetId)];
  if (target && target.brandId !== source.brandId) return no("other-brand");
  const actId = uuidv7(tx.now);
  if (ask.kind === "merge") return { ok: true, change: { kind: "merge", actId, sourceId, targetId }, chosen: [] };
  if (ask.kind === "link") {
    const between = (await actsOn(tx, [sourceId], 500)).some(
      (a) => a.kind === "link" && a.undoneAt === null && (a.sourceId === targetId || a.targetId === targetId),
    );
    if (between) return no("linked-already");
    return { ok: true, change: { kind: "move", actId, sourceId, targetId, messageIds: [] }, chosen: [] };
  }
  const places = await placesIn(tx, [sourceId]);
  const chosen = withAnswers(places, ask.messageIds);
  if (chosen.length === 0 || ask.messageIds.some((id) => !chosen.some((p) => p.messageId === id)))
    return no("not-in-it");
  if (chosen.length > MOST) return no("too-much");
  if (ask.kind === "split" && chosen.length === places.length) return no("everything");
  const messageIds = chosen.map((p) => p.messageId);
  const principal = principalOf(chosen) ?? source.customerId;
  return {
    ok: true,
    change: { kind: ask.kind, actId, sourceId, targetId, messageIds, principalId: principal },
    chosen,
  };
}

/** A link moves nothing; both are told of it all the same. */
async function follow(tx: Tx, plan: Plan, kind: JoinKind, by: string | null): Promise<void> {
  if (kind !== "link") return applyPlan(tx, plan, by);
  await settleConversations(
    tx,
    [...plan.conversations.values()].map(({ id, mergedInto }) => ({ id, mergedInto })),
  );
}

/** What was chosen, and what we answered to it: an answer goes with what it answers. */
function withAnswers(places: readonly PlaceRow[], ids: readonly string[]): PlaceRow[] {
  const wanted = new Set(ids);
  const keys = new Set(places.filter((p) => wanted.has(p.messageId)).map((p) => `${p.channelId} ${p.externalId}`));
  return places.filter(
    (p) => wanted.has(p.messageId) || (p.role === "us" && keys.has(`${p.channelId} ${p.parentExternalId}`)),
  );
}

/** Whose matter chosen messages are: of who spoke first in them. */
function principalOf(chosen: readonly PlaceRow[]): string | null {
  const theirs = chosen.filter((p) => p.role !== "us" && p.customerId !== null);
  return theirs.toSorted((a, b) => a.sentAt - b.sentAt)[0]?.customerId ?? null;
}

async function makeConversation(
  tx: Tx,
  change: Extract<Change, { kind: "split" | "move" }>,
  chosen: readonly PlaceRow[],
): Promise<void> {
  const [source] = await findConversations(tx, [change.sourceId]);
  const first = chosen.toSorted((a, b) => a.sentAt - b.sentAt).find((p) => p.role !== "us") ?? chosen[0]!;
  const [message] = await messagesById(tx, [first.messageId]);
  await saveConversations(tx, [
    {
      ...{ id: change.targetId, number: await takeNumbers(tx, 1), brandId: source!.brandId },
      ...{
        customerId: change.principalId ?? source!.customerId,
        subject: subjectOf(message?.text ?? "", message?.subject ?? ""),
      },
      ...{ lastMessageAt: first.sentAt, lastInboundAt: null, state: "quiet", mergedInto: null, actedAt: tx.now },
      ...{ lastAgentId: null, version: 1, createdAt: tx.now },
    },
  ]);
}

async function refuse(tx: Tx, why: Refusal, ids: readonly string[]): Promise<Refused> {
  const last = ids.length === 0 ? [] : await actsOn(tx, ids, 1);
  const versions = Object.fromEntries((await findConversations(tx, ids)).map((c) => [c.id, c.version]));
  return { ok: false, why, last: last[0] ?? null, versions };
}

/** The transaction is run again, and finds what is so now. */
function again(): Error {
  return Object.assign(new Error("A conversation changed while it was being joined."), { code: "40001" });
}

function tell(
  tx: Tx,
  kind: JoinKind,
  act: Pick<JoinAct, "id" | "targetId" | "sourceId">,
  joined: Joined,
  plan: Plan,
  by: string | null,
  undone: boolean,
): void {
  const ids = [...new Set([act.targetId, act.sourceId, ...plan.conversations.keys()])];
  for (const about of ids) {
    const version = (plan.conversations.get(about)?.version ?? 0) + 1;
    const payload = {
      ...{
        actId: act.id,
        conversationId: act.targetId,
        otherId: act.sourceId,
        about,
        by,
        messages: joined.moved.length,
      },
      ...{ conversationIds: ids, episodeIds: joined.episodes.map((e) => e.id) },
    };
    const head = { key: about, entity: "conversation", entityId: about, entityVersion: version };
    if (undone) tx.announce(ConversationJoinUndone, { ...head, payload: { ...payload, kind } });
    else tx.announce(TOLD[kind], { ...head, payload });
  }
}
