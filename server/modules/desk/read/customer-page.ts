import type { z } from "zod";
import type { customerBurst, customerConversation, customerPage } from "#contracts/customer-page";
import { burstGapOn, bursts, type Placement } from "#modules/conversations";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { influenceOf, languagesOf } from "../domain/influence.ts";
import { named, presentFacts, presentInfluence } from "./customer-facts-view.ts";
import { type CustomerReads, readCustomer } from "./customer-reads.ts";
import { markOf } from "./work-rows.ts";

type View = z.input<typeof customerPage>;
type Burst = z.input<typeof customerBurst>;

const CLIP = 600;
const isoOrNull = (at: Instant | null) => (at === null ? null : iso(at));

/** Everything the page shows of a customer whom the actor may see. `before` pages the line of time backwards. */
export async function customerFor(tx: Tx, actor: Actor, asked: string, before: string | null): Promise<View> {
  const read = await readCustomer(tx, actor, asked, before);
  const { customer, handles, conversations, readable, agents } = read;
  const base = {
    ...{ id: customer.id, state: customer.state, kind: customer.kind },
    firstSeenAt: iso(customer.firstSeenAt),
    lastSeenAt: iso(customer.lastSeenAt),
  };
  // What was erased is gone here, too, whatever still lies beside it.
  if (customer.state === "erased") return { ...base, ...EMPTY };
  const all = readable.length === conversations.length;
  return {
    ...base,
    name: customer.name || handles[0]?.name || handles[0]?.handle || "",
    mayWrite: read.mayWrite,
    handles: handles.map(({ id, network, handle, name, profileUrl, evidence }) => ({
      ...{ id, network, handle, name, profileUrl, evidence },
    })),
    languages: languagesOf(
      read.page.filter((p) => p.role === "customer").map((p) => read.labels.get(p.messageId)?.language ?? "und"),
    ),
    // A count of everything would tell of what is hidden.
    influence: presentInfluence(
      influenceOf(handles, all ? read.months.reduce((n, m) => n + m.public, 0) : null, customer.lastSeenAt),
    ),
    facts: presentFacts(read.facts, agents),
    conversations: readable.map((c) => conversationView(c, read)),
    conversationsHidden: conversations.length - readable.length,
    conversationNotes: read.notes.map((n) => ({
      ...{ id: n.id, conversationId: n.conversationId, at: iso(n.at), text: n.text },
      agent: named(n.agentId, agents),
    })),
    months: all ? read.months : [],
    bursts: burstViews(read),
    earlier: read.earlier,
  };
}

const EMPTY = {
  name: "",
  mayWrite: false,
  handles: [],
  languages: [],
  influence: [],
  facts: { organisations: [], fields: [], consents: [], notes: [] },
  conversations: [],
  conversationsHidden: 0,
  conversationNotes: [],
  months: [],
  bursts: [],
  earlier: null,
} satisfies Partial<View>;

function conversationView(
  c: CustomerReads["conversations"][number],
  read: CustomerReads,
): z.input<typeof customerConversation> {
  const outcomes = read.settings.get(c.brandId)?.outcomes ?? [];
  return {
    ...{ id: c.id, number: c.number, subject: c.subject, state: c.state },
    brand: read.brands.find((b) => b.id === c.brandId)?.name ?? "",
    lastAt: iso(c.lastMessageAt),
    // What was merged away never was work of its own.
    episodes: (read.episodes.get(c.id) ?? [])
      .filter((e) => e.outcome !== "merged")
      .map((e) => ({
        ...{ id: e.id, ordinal: e.ordinal, state: e.state, reopens: e.reopens },
        openedAt: iso(e.openedAt),
        doneAt: isoOrNull(e.doneAt),
        outcome: outcomes.find((o) => o.key === e.outcome)?.name ?? e.outcome,
        provisionalUntil: isoOrNull(e.windowUntil),
      })),
  };
}

/** The runs of messages of every conversation on one line of time, the newest first. */
function burstViews(read: CustomerReads): Burst[] {
  const byConversation = Map.groupBy(read.page, (p) => p.conversationId!);
  const found = [...byConversation].flatMap(([conversationId, placements]) => {
    const byId = new Map(placements.map((p) => [p.messageId, p]));
    return bursts(placements.map((p) => entryOf(p, read))).map((b): Burst => {
      const said = b.ids.flatMap((id) => byId.get(id) ?? []);
      return {
        conversationId,
        mark: markOf(read.channels.get(said[0]!.channelId), said[0]!.visibility),
        from: iso(b.from),
        to: iso(b.to),
        gapBeforeMs: b.gapBeforeMs,
        messages: said.flatMap((p) => messageView(p, read)),
      };
    });
  });
  return found
    .filter((b) => b.messages.length > 0)
    .sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : a.conversationId < b.conversationId ? 1 : -1));
}

function entryOf(p: Placement, read: CustomerReads) {
  const windows = read.settings.get(p.brandId);
  return {
    id: p.messageId,
    at: p.sentAt,
    medium: `${p.channelId}/${p.visibility === "private" ? "private" : "public"}`,
    ...(windows && { gapMs: burstGapOn(windows, p.medium, p.channelId) }),
  };
}

function messageView(p: Placement, read: CustomerReads): Burst["messages"] {
  const m = read.messages.get(p.messageId);
  if (!m) return [];
  const label = read.labels.get(m.id);
  const gone = m.state === "tombstone" || m.state === "erased";
  const ours = p.role === "us" ? (read.agents.get(p.agentId ?? "")?.name ?? m.authorName) : "";
  return [
    {
      ...{ id: m.id, at: iso(p.sentAt), role: p.role, state: m.state, episodeId: p.episodeId },
      name: ours || m.authorName || m.authorHandle,
      text: gone ? "" : m.text.slice(0, CLIP).toWellFormed(),
      direction: label?.direction ?? "ltr",
      language: label?.language ?? m.language ?? "und",
    },
  ];
}
