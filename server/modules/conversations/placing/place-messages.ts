import { LinkTried, MessagePlaced } from "#events/conversations";
import { channelsOf } from "#modules/channels";
import { brandsOf, settingOf } from "#modules/company";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { questionOf } from "../domain/ask.ts";
import { standing, step } from "../domain/episode.ts";
import { CLOSE_CALL } from "../domain/evidence.ts";
import { nameGroups } from "../domain/name-groups.ts";
import { ownNumbers } from "../domain/of-another.ts";
import { ourWords } from "../domain/our-words.ts";
import type { Stitched } from "../domain/stitch.ts";
import { subjectOf } from "../domain/subject.ts";
import { type Policies, policiesOf } from "../policies.ts";
import { stitchSetting } from "../settings.ts";
import { dropAsks, saveAsks } from "../store/ask-store.ts";
import { type Conversation, saveConversations, takeNumbers } from "../store/conversation-store.ts";
import { saveNumbers } from "../store/number-store.ts";
import { findPlacements, type Placement, savePlacements } from "../store/placement-store.ts";
import { saveLinks, type ThreadLink } from "../store/thread-store.ts";
import { type CourseUpTo, coursesOf, saidAfter } from "./course-of.ts";
import { type Decided, decidePlaces, type Stitching } from "./decide-places.ts";
import type { Draft } from "./draft.ts";
import { gatherDrafts, type Understood } from "./gather-drafts.ts";
import { unique } from "./load-world.ts";
import { relabel } from "./relabel.ts";
import { verdictOn, verdictThere, type WindowsOf, windowsOf } from "./verdict.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

/**
 * Places a run of understood messages: stitches them, applies the policy, opens or continues episodes, and says so. A message that
 * was placed before keeps its place; when its labels changed (an edit), the policy looks at it again.
 */
export async function placeMessages(tx: Tx, understood: readonly Understood[]): Promise<void> {
  const byId = new Map(understood.map((u) => [u.messageId, u]));
  const policies = await policiesOf(tx, unique(understood.map((u) => u.brandId)));
  const windows = await windowsOf(tx, unique(understood.map((u) => u.brandId)));
  const placed = await findPlacements(tx, [...byId.keys()]);
  // What was left outside as noise or not ours may have been edited into something for us: its place is decided anew.
  const settled = placed.filter(
    (p) => !(p.outside === "noise" || p.outside === "not-addressed") || !isForUs(byId.get(p.messageId)!),
  );
  for (const p of settled) byId.delete(p.messageId);
  const again = [...settled];
  if (byId.size > 0) {
    const gathered = await gatherDrafts(tx, [...byId.values()], policies);
    const drafts = await withoutPlaced(tx, gathered, new Set(placed.map((p) => p.messageId)));
    if (drafts.length > 0) {
      const kept = await keep(tx, await decidePlaces(tx, drafts, policies, await stitchingOf(tx)), policies, windows);
      const edited = new Set(settled.map((p) => p.messageId));
      again.push(...(await saidAfter(tx, kept, policies)).filter((p) => !edited.has(p.messageId)));
    }
  }
  if (again.length > 0) await relabel(tx, again, new Map(understood.map((u) => [u.messageId, u])), policies, windows);
}

async function stitchingOf(db: Tx): Promise<Stitching> {
  const [{ value: settings }, brands, channels] = await db.together((tx) =>
    Promise.all([settingOf(tx, stitchSetting), brandsOf(tx), channelsOf(tx)]),
  );
  const names = brands.flatMap((brand) => [brand.name, ...brand.names]);
  return {
    settings,
    ours: ourWords(
      names,
      channels.map((channel) => channel.handle),
    ),
  };
}

/**
 * Gathering locks the customers, so another worker may have placed some of these while it waited. They stand where he put them; to
 * decide them again as if they were new would not see them in the conversation he opened, and open a second one.
 */
async function withoutPlaced(tx: Tx, drafts: Draft[], known: ReadonlySet<string>): Promise<Draft[]> {
  const unknown = drafts.map((d) => d.message.id).filter((id) => !known.has(id));
  if (unknown.length === 0) return drafts;
  const meanwhile = new Set((await findPlacements(tx, unknown)).map((p) => p.messageId));
  return meanwhile.size === 0 ? drafts : drafts.filter((d) => !meanwhile.has(d.message.id));
}

/** Close calls are asked about; what was decided again and is clear now is not asked any more. */
async function keepQuestions(
  tx: Tx,
  stitched: readonly Stitched[],
  placements: readonly Placement[],
  former: ReadonlyMap<string, Placement>,
): Promise<void> {
  const begins = new Set(stitched.filter((s) => s.decision.place === "new").map((s) => s.message.id));
  const asks = placements.flatMap((p) => {
    const question = questionOf({ ...p, begins: begins.has(p.messageId) });
    return question ? [{ ...question, brandId: p.brandId }] : [];
  });
  const clear = (s: Stitched) => !s.decision.evidence.some((e) => e.code === CLOSE_CALL.code);
  await dropAsks(
    tx,
    stitched.flatMap((s) => (former.has(s.message.id) && clear(s) ? [s.message.id] : [])),
  );
  await saveAsks(tx, asks);
}

/** What customers name; a message that is decided again names what it named. */
function numbersOf(stitched: readonly Stitched[]): { number: string; messageId: string }[] {
  return stitched
    .filter((s) => s.message.by === "customer")
    .flatMap((s) => ownNumbers(s.message.said.refs).map((number) => ({ number, messageId: s.message.id })));
}

function isForUs(labels: Understood): boolean {
  return !labels.noise && ["direct", "reply", "mention", "named"].includes(labels.addressed);
}

/** Returns what it placed. */
async function keep(tx: Tx, decided: Decided, policies: Policies, windows: WindowsOf): Promise<Placement[]> {
  const { stitched, former, conversations } = decided;
  const ids = await nameConversations(tx, decided);
  const touching = [...stitched.map((s) => idOf(s, ids)), ...[...former.values()].map((p) => p.conversationId)];
  const bench = await openWorkbench(
    tx,
    conversations,
    decided.last,
    former,
    new Set(touching.filter((id) => id !== null)),
    Math.min(...stitched.map((s) => s.message.at), ...[...former.values()].map((p) => p.sentAt)),
  );
  const moved = stitched.filter((s) => isMoved(s, former.get(s.message.id), ids));
  const course = await coursesOf(
    tx,
    unique(moved.map((s) => decided.drafts.get(s.message.id)!.brandId)).map((id) => policies.of(id).rules),
    stitched
      .filter((s) => s.decision.role === "customer")
      .map((s) => ({ messageId: s.message.id, conversationId: idOf(s, ids), at: s.message.at })),
  );
  for (const s of moved) {
    const before = former.get(s.message.id);
    if (before?.conversationId) bench.takeOut(before);
  }
  const placements: Placement[] = [];
  const links = new Map<string, ThreadLink>();
  for (const s of moved.toSorted((a, b) => knownAt(decided, a) - knownAt(decided, b) || a.message.at - b.message.at)) {
    const placement = placeOne(tx, decided.drafts.get(s.message.id)!, s, former.get(s.message.id), ids, {
      policies,
      windows,
      bench,
      conversations,
      course,
    });
    placements.push(placement);
    noteLink(links, placement);
  }
  // What is decided again and stays where it was still says where its handle's thread belongs now.
  for (const p of former.values()) if (!moved.some((s) => s.message.id === p.messageId)) noteLink(links, p);
  await saveConversations(tx, await bench.finish(tx));
  await savePlacements(tx, placements);
  await saveLinks(tx, [...links.values()]);
  await saveNumbers(tx, numbersOf(stitched));
  await keepQuestions(tx, stitched, placements, former);
  await bench.save(tx);
  return placements;
}

/** Gives new conversations their ids and numbers; those decided again keep the ones they had. */
async function nameConversations(
  tx: Tx,
  { stitched, former, conversations, drafts, world }: Decided,
): Promise<Map<string, string>> {
  const before = new Map(
    [...former].flatMap(([id, p]) => (p.conversationId === null ? [] : [[id, p.conversationId] as const])),
  );
  const keep = new Set([...conversations.keys()].filter((id) => (world.matters.get(id)?.messages.length ?? 0) > 0));
  const ids = nameGroups(stitched, before, keep);
  const made = stitched.filter((s) => s.decision.place === "new" && !ids.has(s.decision.conversationId!));
  if (made.length === 0) return ids;
  let number = await takeNumbers(tx, made.length);
  for (const { message, decision } of made) {
    const { message: m, brandId } = drafts.get(message.id)!;
    const id = uuidv7(m.sentAt);
    ids.set(decision.conversationId!, id);
    conversations.set(id, {
      id,
      number: number++,
      brandId,
      customerId: message.customerId!,
      subject: subjectOf(m.text, m.subject),
      lastMessageAt: message.at,
      lastInboundAt: null,
      state: "quiet",
      mergedInto: null,
      actedAt: null,
      lastAgentId: null,
      version: 0,
      createdAt: tx.now,
    });
  }
  return ids;
}

function idOf(s: Stitched, ids: ReadonlyMap<string, string>): string | null {
  const id = s.decision.conversationId;
  return id === null ? null : (ids.get(id) ?? id);
}

function isMoved(s: Stitched, before: Placement | undefined, ids: ReadonlyMap<string, string>): boolean {
  return before === undefined || before.conversationId !== idOf(s, ids) || before.role !== s.decision.role;
}

/** When we could first act on it: our replies count from when they were written. */
function knownAt(decided: Decided, s: Stitched): number {
  const m = decided.drafts.get(s.message.id)!.message;
  return m.direction === "out" ? m.sentAt : m.receivedAt;
}

interface Around {
  policies: Policies;
  windows: WindowsOf;
  bench: Workbench;
  conversations: ReadonlyMap<string, Conversation>;
  course: CourseUpTo;
}

function placeOne(
  tx: Tx,
  draft: Draft,
  s: Stitched,
  before: Placement | undefined,
  ids: ReadonlyMap<string, string>,
  around: Around,
): Placement {
  const { message: m, medium } = draft;
  const { decision } = s;
  const conversationId = idOf(s, ids);
  const policy = around.policies.of(draft.brandId);
  const now = standing(
    conversationId === null ? null : around.bench.lastOf(conversationId),
    s.message.at,
    medium,
    around.windows(draft.brandId, m.channelId),
  );
  const judged = { ...draft, course: around.course({ messageId: m.id, conversationId, at: s.message.at }) };
  const verdict =
    decision.role === "us" ? null : verdictThere(verdictOn(policy.rules, judged, now.episode), decision.evidence);
  const placement: Placement = {
    messageId: m.id,
    conversationId,
    episodeId: null,
    role: decision.role,
    handleId: draft.handleId,
    customerId: draft.customerId,
    agentId: draft.agentId,
    channelId: m.channelId,
    brandId: draft.brandId,
    network: m.network,
    threadKey: m.threadKey,
    externalId: m.externalId,
    parentExternalId: m.parentExternalId,
    sentAt: s.message.at,
    receivedAt: draft.writtenAt ?? m.receivedAt,
    visibility: m.visibility,
    medium,
    evidence: decision.evidence,
    alternatives: decision.alternatives
      .flatMap((a) => ({ ...a, conversationId: ids.get(a.conversationId) ?? a.conversationId }))
      .filter((a) => !a.conversationId.startsWith("new:")),
    linkedTo: decision.linkedTo === null ? null : (ids.get(decision.linkedTo) ?? decision.linkedTo),
    wants: s.placed.wants,
    backfilled: draft.backfilled,
    actionable: verdict === null ? null : verdict.actionable && conversationId !== null,
    rule: verdict?.ruleId ?? null,
    policyVersion: verdict === null ? null : policy.version,
    reasons: verdict?.reasons ?? [],
    outside: decision.outside,
    deletedAt: before?.deletedAt ?? (m.state === "tombstone" || m.state === "erased" ? tx.now : null),
    version: (before?.version ?? 0) + 1,
  };
  if (conversationId !== null) around.bench.putIn(placement);
  const asks = placement.actionable === true && placement.deletedAt === null;
  const next =
    conversationId === null ? null : step(now, { ...placement, actionable: asks, thanksOnly: draft.labels.thanksOnly });
  const work =
    next === null
      ? null
      : around.bench.work(tx, placement, next, { labels: draft.labels, verdict, text: draft.message.text });
  placement.episodeId = work?.episodeId ?? null;
  tx.announce(MessagePlaced, {
    key: conversationId ?? draft.customerId ?? m.id,
    entity: "message",
    entityId: m.id,
    entityVersion: placement.version,
    payload: {
      messageId: m.id,
      conversationId,
      episodeId: placement.episodeId,
      customerId: draft.customerId,
      role: decision.role,
      direction: m.direction,
      network: m.network,
      medium,
      visibility: m.visibility,
      sentAt: iso(placement.sentAt),
      language: draft.labels.language,
      noise: draft.labels.noise,
      gratitude: draft.labels.gratitude,
      actionable: placement.actionable,
      rule: placement.rule,
      outside: placement.outside,
      backfilled: draft.backfilled,
      brandId: draft.brandId,
      channelId: m.channelId,
    },
  });
  work?.announce();
  if (decision.help && conversationId !== null && !draft.backfilled)
    tx.announce(LinkTried, {
      ...{ key: conversationId, entity: "message", entityId: m.id, entityVersion: placement.version },
      payload: {
        ...{ messageId: m.id, conversationId, brandId: draft.brandId, channelId: m.channelId },
        ...{ ...decision.help, saidAt: iso(placement.sentAt) },
      },
    });
  return placement;
}

/** The newest message of a handle in a thread says where the handle's part of it belongs. */
function noteLink(links: Map<string, ThreadLink>, p: Placement): void {
  if (p.conversationId === null || p.handleId === null || (p.role !== "customer" && p.role !== "bot")) return;
  const key = `${p.channelId}/${p.threadKey}/${p.handleId}`;
  if ((links.get(key)?.lastAt ?? Number.NEGATIVE_INFINITY) > p.sentAt) return;
  links.set(key, {
    channelId: p.channelId,
    threadKey: p.threadKey,
    handleId: p.handleId,
    conversationId: p.conversationId,
    lastAt: p.sentAt,
  });
}
