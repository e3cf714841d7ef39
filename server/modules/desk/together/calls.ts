import { ForMeChanged } from "#events/desk";
import { agentsWithRights, can } from "#modules/people";
import { whereConversationsStand } from "#modules/routing";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { type Mention, mentionsIn } from "#shared/mentions";
import { type CallKind, insertCalls } from "./store/for-me-store.ts";

/** Says that what an agent has before them is another thing. */
export function forMeChanged(tx: Tx, agentId: string, conversationId: string | null): void {
  tx.announce(ForMeChanged, {
    ...{ key: conversationId ?? agentId, entity: "agent", entityId: agentId, entityVersion: 1 },
    payload: { agentId, conversationId },
  });
}

/** Calls agents to a conversation. Nobody is called by themselves, or twice for one thing. */
export async function call(
  tx: Tx,
  by: Pick<Actor, "kind" | "id"> | null,
  of: { conversationId: string; kind: CallKind; refId?: string },
  agentIds: readonly string[],
): Promise<void> {
  const refId = of.refId ?? uuidv7(tx.now);
  const { conversationId } = of;
  await callAll(
    tx,
    by,
    of.kind,
    [...new Set(agentIds)].map((agentId) => ({ agentId, conversationId, refId })),
  );
}

/** The same for many conversations at once. */
export async function callAll(
  tx: Tx,
  by: Pick<Actor, "kind" | "id"> | null,
  kind: CallKind,
  calls: readonly { agentId: string; conversationId: string; refId?: string }[],
): Promise<void> {
  const byAgent = by?.kind === "agent" ? by.id : null;
  const others = calls.filter((one) => one.agentId !== byAgent);
  const made = await insertCalls(
    tx,
    { kind, byAgent },
    others.map((one) => ({ ...one, refId: one.refId ?? uuidv7(tx.now) })),
  );
  for (const one of made) forMeChanged(tx, one.agentId, one.conversationId);
}

export interface Told {
  told: { id: string; name: string }[];
  notTold: { text: string; why: "unknown" | "ambiguous" | "cannot-read" }[];
}
export interface Mentioned extends Told {
  /** Where in the note somebody is meant who was told. */
  spans: { start: number; end: number }[];
}
const NOBODY: Mentioned = { told: [], notTold: [], spans: [] };

/** Whom a note calls. Only who may read the conversation is told; two statements, and none where nobody is named. */
export async function mentioned(tx: Tx, conversationId: string, text: string): Promise<Mentioned> {
  if (!text.includes("@@")) return NOBODY;
  const [staff, stands] = [await agentsWithRights(tx), await whereConversationsStand(tx, [conversationId])];
  const byId = new Map(staff.map((one) => [one.agent.id as string, one]));
  const where = stands.get(conversationId);
  const result: Mentioned = { told: [], notTold: [], spans: [] };
  const miss = ({ text }: Mention, why: Told["notTold"][number]["why"]) => {
    if (!result.notTold.some((one) => one.text === text)) result.notTold.push({ text, why });
  };
  for (const mention of mentionsIn(
    text,
    staff.map(({ agent }) => agent),
  )) {
    const one = byId.get(mention.ids[0] ?? "");
    if (!one) miss(mention, "unknown");
    else if (mention.ids.length > 1) miss(mention, "ambiguous");
    else if (!where || !can(one.rights, "conversation.read", where)) miss(mention, "cannot-read");
    else {
      result.spans.push({ start: mention.start, end: mention.end });
      if (!result.told.some(({ id }) => id === one.agent.id))
        result.told.push({ id: one.agent.id, name: one.agent.name });
    }
  }
  return result;
}
