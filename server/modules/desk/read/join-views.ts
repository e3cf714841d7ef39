import type { z } from "zod";
import type { joinAct, joinBoard, joinPreview, whyHere } from "#contracts/joins";
import {
  actsOfMessage,
  type ConversationFacts,
  conversationsById,
  type JoinAct,
  type JoinAsk,
  type Joined,
  joinsOf,
  linkedWith,
  placementsOf,
  previewJoin,
  standIn,
} from "#modules/conversations";
import { customersById, handlesOfCustomers } from "#modules/customers";
import { agentsById, can } from "#modules/people";
import { nextOwner, workOfConversations } from "#modules/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { figuresTouched } from "../domain/join-words.ts";
import { accessToJoin, refusal } from "../joins.ts";
import { findDraft } from "../store/desk-store.ts";
import { countPapers } from "../store/join-papers-store.ts";
import { readableOf } from "../work-acts.ts";

type Preview = z.input<typeof joinPreview>;
type ActView = z.input<typeof joinAct>;

const SUGGESTED = 8;
const named = (c: Pick<ConversationFacts, "id" | "number" | "subject">) => ({
  id: c.id,
  number: c.number,
  subject: c.subject,
});

/** What would follow of an act, in the words of the desk. */
export async function previewFor(tx: Tx, actor: Actor, ask: JoinAsk): Promise<Preview> {
  const source = (await accessToJoin(tx, actor, ask.sourceId)).conversation;
  const target = ask.targetId === null ? null : (await accessToJoin(tx, actor, ask.targetId)).conversation;
  const found = await previewJoin(tx, ask);
  if (!found.ok) throw await refusal(tx, found);
  const { joined } = found;
  const both = [source.id, ...(target ? [target.id] : [])];
  const moved = joined.moved.map((m) => m.messageId);
  const papers = await countPapers(tx, ask.kind === "merge" ? [source.id] : [], moved);
  const drafts = ask.kind === "merge" && target ? await draftsOf(tx, actor, source, target) : [];
  const owner = await ownersOf(tx, joined, both, actor);
  const customers = await customersOf(tx, [source, ...(target ? [target] : [])]);
  const worked = joined.episodes.some((e) => e.conversationId !== source.id && e.state !== "gone");
  const brandOnly = { brandId: source.brandId, queueId: null, teamId: null, ownerId: null };
  const unseen =
    ask.kind === "split" && !can(actor, "conversation.read", brandOnly) ? (worked ? "queued" : "quiet") : null;
  const episodes = joined.episodes.map((e) => ({
    id: e.id,
    what: whatOf(e),
    waitedSince: e.waitedSince === null ? null : iso(e.waitedSince),
    waitsSince: e.waitsSince === null ? null : iso(e.waitsSince),
  }));
  return {
    into: target && named(target),
    from: named(source),
    messages: moved.length,
    answersAlong: ask.kind === "merge" ? 0 : Math.max(0, moved.length - ask.messageIds.length),
    ...{ episodes, owner, customers, notes: papers.notes, onTheirWay: papers.onTheirWay },
    figures: figuresTouched({ moved: moved.length, episodes }),
    warnings: [...warningsOf(ask, customers, owner, unseen), ...drafts],
    expected: Object.fromEntries([source, ...(target ? [target] : [])].map((c) => [c.id, c.version])),
  };
}

function whatOf(e: Joined["episodes"][number]): Preview["episodes"][number]["what"] {
  if (e.was === "none") return "begins";
  if (e.state === "gone") return "never-was";
  if (e.state === "absorbed" && e.was === "open") return "goes-on-in-another";
  if (e.state === "open" && e.was === "absorbed") return "comes-back";
  if (e.conversationId !== e.wasIn) return "moves";
  return e.state === "open" ? "goes-on" : "as-it-is";
}

async function ownersOf(tx: Tx, joined: Joined, ids: readonly string[], actor: Actor): Promise<Preview["owner"]> {
  const works = [...(await workOfConversations(tx, ids)).values()];
  const going = joined.episodes.find((e) => e.state === "open" && e.was === "open");
  const work = works.find((w) => w.episodeId === going?.id);
  const owners = [work?.ownerId ?? null, ...works.filter((w) => w !== work).map((w) => w.ownerId)];
  const absorbs = joined.episodes.some((e) => e.state === "absorbed" && e.was === "open");
  const after = absorbs ? nextOwner(owners, going?.answeredBy ?? null, actor.id) : (work?.ownerId ?? null);
  const agents = await agentsById(tx, [work?.ownerId ?? null, after]);
  const name = (id: string | null | undefined) => (id ? (agents.get(id)?.name ?? null) : null);
  return { before: name(work?.ownerId), after: name(after) };
}

async function customersOf(tx: Tx, conversations: readonly ConversationFacts[]): Promise<Preview["customers"]> {
  const ids = [...new Set(conversations.map((c) => c.customerId))];
  const found = await customersById(tx, ids);
  const handles = await handlesOfCustomers(tx, ids);
  // Names alone are often the same.
  return ids.map((id) => {
    const handle = handles.get(id)?.[0]?.handle;
    const name = found.get(id)?.name || handle || "";
    return { id, name: handle && handle !== name ? `${name} (${handle})` : name };
  });
}

/** For who sees only what stands in some queues. */
const OUT_OF_SIGHT = {
  quiet:
    "Nothing in it waits for an answer, so the new conversation stands in no queue: you will not see it yourself, but can take the split back.",
  queued: "What waits in it is queued anew by the rules, perhaps where you do not see it: you can take the split back.",
};

function warningsOf(
  ask: JoinAsk,
  customers: Preview["customers"],
  owner: Preview["owner"],
  unseen: keyof typeof OUT_OF_SIGHT | null,
): Preview["warnings"] {
  const warnings: Preview["warnings"] = [];
  if (customers.length > 1 && ask.kind !== "link")
    warnings.push({
      code: "two-customers",
      text: `Two customers: ${customers.map((c) => c.name).join(" and ")}. They stay two, and it will be asked whether they are one person.`,
    });
  if (owner.before !== owner.after)
    warnings.push({ code: "other-owner", text: `The work goes on with ${owner.after ?? "whoever takes it"}.` });
  if (unseen) warnings.push({ code: "out-of-sight", text: OUT_OF_SIGHT[unseen] });
  return warnings;
}

/** Which words of mine go where. Nothing of two drafts is lost: the one in the way is sent or thrown away first. */
async function draftsOf(
  tx: Tx,
  actor: Actor,
  source: ConversationFacts,
  target: ConversationFacts,
): Promise<Preview["warnings"]> {
  const [theirs, ours] = [await findDraft(tx, source.id, actor.id), await findDraft(tx, target.id, actor.id)];
  if (!theirs || theirs.text.trim() === "") return [];
  if (!ours) return [{ code: "draft", text: `Your draft ${quoted(theirs.text)} goes along.` }];
  return [
    {
      code: "two-drafts",
      text: `You have written in both. ${quoted(ours.text)} stays in the reply; ${quoted(theirs.text)} waits, and comes up when that is sent or thrown away, or the merge is taken back.`,
    },
  ];
}

function quoted(text: string): string {
  const words = text.trim().replace(/\s+/gu, " ");
  return `“${[...words].slice(0, 80).join("")}${words.length > 80 ? "…" : ""}”`;
}

/** Acts with names and numbers; of conversations the actor may not read there is no word. */
async function presentActs(tx: Tx, actor: Actor, acts: readonly JoinAct[]): Promise<ActView[]> {
  const ids = [...new Set(acts.flatMap((a) => [a.targetId, a.sourceId]))];
  const now = await standIn(tx, ids);
  const readable = await readableOf(
    tx,
    actor,
    ids.map((id) => now.get(id) ?? id),
  );
  const conversations = await conversationsById(tx, ids);
  const agents = await agentsById(
    tx,
    acts.flatMap((a) => [a.byAgent, a.undoneBy]),
  );
  const name = (id: string | null) => (id === null ? null : (agents.get(id)?.name ?? null));
  const show = (id: string) => {
    const c = conversations.get(id);
    return c && readable.has(now.get(id) ?? id) ? named(c) : { id, number: "", subject: "" };
  };
  return acts.map((a) => ({
    ...{ id: a.id, kind: a.kind, at: iso(a.at), by: name(a.byAgent), into: show(a.targetId), from: show(a.sourceId) },
    messages: a.messages,
    undone: a.undoneAt === null ? null : { at: iso(a.undoneAt), by: name(a.undoneBy) },
  }));
}

export async function presentAct(tx: Tx, actor: Actor, act: JoinAct): Promise<ActView> {
  return (await presentActs(tx, actor, [act]))[0]!;
}

/** What was put together and apart here, what it has to do with, and what the stitcher thought it could belong to. */
export async function joinBoardOf(tx: Tx, actor: Actor, conversationId: string): Promise<z.input<typeof joinBoard>> {
  const acts = await joinsOf(tx, conversationId);
  const links = await linkedWith(tx, conversationId);
  const places = await placementsOf(tx, conversationId, { limit: 120 });
  const said = places.flatMap((p) => p.linkedTo ?? []);
  const thought = places.flatMap((p) => p.alternatives);
  const ids = [...new Set([...links.map((l) => l.conversationId), ...said, ...thought.map((a) => a.conversationId)])];
  const now = await standIn(tx, ids);
  const conversations = await conversationsById(
    tx,
    ids.map((id) => now.get(id) ?? id),
  );
  const readable = await readableOf(tx, actor, [...conversations.keys()]);
  const at = (id: string) => {
    const c = conversations.get(now.get(id) ?? id);
    return c && c.id !== conversationId && readable.has(c.id) ? c : undefined;
  };
  const linked = new Map<string, z.input<typeof joinBoard>["linked"][number]>();
  for (const id of said) {
    const c = at(id);
    if (c) linked.set(c.id, { ...named(c), actId: null, state: c.state });
  }
  for (const l of links) {
    const c = at(l.conversationId);
    if (c) linked.set(c.id, { ...named(c), actId: l.act.id, state: c.state });
  }
  const suggested = new Map<string, z.input<typeof joinBoard>["suggested"][number]>();
  for (const a of thought.toSorted((x, y) => y.weight - x.weight)) {
    const c = at(a.conversationId);
    if (c && !suggested.has(c.id)) suggested.set(c.id, { ...named(c), why: a.text });
  }
  return {
    acts: await presentActs(tx, actor, acts),
    linked: [...linked.values()],
    suggested: [...suggested.values()].slice(0, SUGGESTED),
  };
}

/** Why a message is where it is: the evidence, where else it could be, and what people did with it. */
export async function whyHereOf(tx: Tx, actor: Actor, messageId: string): Promise<z.input<typeof whyHere>> {
  const { placement, acts } = await actsOfMessage(tx, messageId);
  const alternatives = placement?.alternatives ?? [];
  const now = await standIn(
    tx,
    alternatives.map((a) => a.conversationId),
  );
  const conversations = await conversationsById(
    tx,
    alternatives.map((a) => now.get(a.conversationId) ?? a.conversationId),
  );
  const readable = await readableOf(tx, actor, [...conversations.keys()]);
  const shown = await presentActs(
    tx,
    actor,
    acts.map((a) => a.act),
  );
  return {
    conversationId: placement?.conversationId ?? null,
    evidence: (placement?.evidence ?? []).map(({ code, text, weight }) => ({ code, text, weight })),
    alternatives: alternatives.flatMap((a) => {
      const c = conversations.get(now.get(a.conversationId) ?? a.conversationId);
      if (!c || !readable.has(c.id) || c.id === placement?.conversationId) return [];
      return [{ ...named(c), weight: a.weight, text: a.text }];
    }),
    acts: shown.map((view, i) => ({ ...view, decides: acts[i]!.decides && view.undone === null })),
  };
}
