import type { Instant } from "#platform/clock";
import { type Generated, type Json, json, storable, type Ts, type TsNull, type Tx, ts, tsOrNull } from "#platform/db";
import type { FileNamed } from "../../store/desk-store.ts";
import type { Course, Stage } from "../domain/course.ts";
import type { Reason, Tier } from "../domain/needed.ts";

export type RequestState = "waiting" | "approved" | "returned" | "withdrawn";
export interface ApprovalTables {
  approval_request: {
    account_id: string;
    id: string;
    conversation_id: string;
    episode_id: string | null;
    brand_id: string;
    agent_id: string;
    audience: "public" | "private";
    answers_message: string;
    text: string;
    files: Json<FileNamed[]>;
    copies: string[] | null;
    resolve_outcome: string | null;
    rules_version: number;
    because: Json<Reason[]>;
    tiers: Json<Tier[]>;
    tier: number;
    stage: Stage;
    asked: Json<string[]>;
    state: RequestState;
    asked_at: Ts;
    since: Ts;
    due_at: TsNull;
    alarmed_at: TsNull;
    read_until: Ts;
    stale_at: TsNull;
    decided_at: TsNull;
    decided_by: string | null;
    edited: Generated<boolean>;
    text_hash: string | null;
    delivery_id: string | null;
    reply_id: string | null;
    version: Generated<number>;
  };
  approval_step: {
    account_id: string;
    request_id: string;
    n: number;
    at: Ts;
    act: string;
    agent_id: string | null;
    says: string;
    text: string | null;
  };
}
const approvals = (tx: Tx) => tx.tables<ApprovalTables>();

/** A reply that waits for other eyes, or waited. */
export interface ApprovalRequest extends Course {
  readonly id: string;
  readonly conversationId: string;
  readonly episodeId: string | null;
  readonly brandId: string;
  readonly agentId: string;
  readonly audience: "public" | "private";
  readonly answersMessageId: string;
  /** As it stands now, without disclosure. */
  readonly text: string;
  readonly files: readonly FileNamed[];
  readonly copies: readonly string[] | null;
  readonly resolveOutcome: string | null;
  readonly rulesVersion: number;
  readonly because: readonly Reason[];
  readonly state: RequestState;
  readonly askedAt: Instant;
  /** What was said in the conversation until then is taken into account. */
  readonly readUntil: Instant;
  readonly staleAt: Instant | null;
  readonly decidedAt: Instant | null;
  readonly decidedBy: string | null;
  readonly edited: boolean;
  readonly textHash: string | null;
  readonly deliveryId: string | null;
  readonly replyId: string | null;
  readonly version: number;
}

type Row = import("kysely").Selectable<ApprovalTables["approval_request"]>;
const present = (r: Row): ApprovalRequest => ({
  ...{ id: r.id, conversationId: r.conversation_id, episodeId: r.episode_id, brandId: r.brand_id, agentId: r.agent_id },
  ...{ audience: r.audience, answersMessageId: r.answers_message, text: r.text, files: r.files, copies: r.copies },
  ...{ resolveOutcome: r.resolve_outcome, rulesVersion: r.rules_version, because: r.because, tiers: r.tiers },
  ...{ tier: r.tier, stage: r.stage, asked: r.asked, state: r.state, askedAt: r.asked_at, since: r.since },
  ...{ dueAt: r.due_at, alarmedAt: r.alarmed_at, readUntil: r.read_until, staleAt: r.stale_at, edited: r.edited },
  ...{ decidedAt: r.decided_at, decidedBy: r.decided_by, textHash: r.text_hash, deliveryId: r.delivery_id },
  ...{ replyId: r.reply_id, version: r.version },
});

export async function insertRequest(tx: Tx, r: ApprovalRequest): Promise<void> {
  await approvals(tx)
    .insertInto("approval_request")
    .values({
      ...{ account_id: tx.accountId, id: r.id, conversation_id: r.conversationId, episode_id: r.episodeId },
      ...{ brand_id: r.brandId, agent_id: r.agentId, audience: r.audience, answers_message: r.answersMessageId },
      ...{ text: storable(r.text), files: json(r.files.map((f) => ({ ...f }))), rules_version: r.rulesVersion },
      ...{ copies: r.copies?.map(storable) ?? null, resolve_outcome: r.resolveOutcome },
      ...{ because: json([...r.because]), tiers: json([...r.tiers]), tier: r.tier, stage: r.stage },
      ...{ asked: json([...r.asked]), state: r.state, asked_at: ts(r.askedAt), since: ts(r.since) },
      ...{ due_at: tsOrNull(r.dueAt), alarmed_at: tsOrNull(r.alarmedAt), read_until: ts(r.readUntil) },
    })
    .execute();
}

const all = (tx: Tx) => approvals(tx).selectFrom("approval_request").selectAll().where("account_id", "=", tx.accountId);

/** Locked: one act at a time. */
export async function lockRequest(tx: Tx, id: string): Promise<ApprovalRequest | undefined> {
  const row = await all(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && present(row);
}
export async function findRequest(tx: Tx, id: string): Promise<ApprovalRequest | undefined> {
  const row = await all(tx).where("id", "=", id).executeTakeFirst();
  return row && present(row);
}
/** The latest first. */
export async function requestsOf(tx: Tx, conversationId: string): Promise<ApprovalRequest[]> {
  const rows = await all(tx)
    .where("conversation_id", "=", conversationId)
    .orderBy("asked_at", "desc")
    .limit(50)
    .execute();
  return rows.map(present);
}
/** All that wait, the oldest first. */
export async function waitingRequests(tx: Tx): Promise<ApprovalRequest[]> {
  const rows = await all(tx).where("state", "=", "waiting").orderBy("asked_at").limit(500).execute();
  return rows.map(present);
}
export async function waitingIn(tx: Tx, conversationIds: readonly string[]): Promise<ApprovalRequest[]> {
  if (conversationIds.length === 0) return [];
  const rows = await all(tx)
    .where("state", "=", "waiting")
    .where((eb) => eb("conversation_id", "=", eb.fn.any(eb.val([...conversationIds]))))
    .orderBy("id")
    .execute();
  return rows.map(present);
}
/** What was decided, the latest first. */
export async function decidedRequests(tx: Tx): Promise<ApprovalRequest[]> {
  const rows = await all(tx).where("decided_at", "is not", null).orderBy("decided_at", "desc").limit(100).execute();
  return rows.map(present);
}

/** Where a request has come to; the new version. */
export async function saveRequest(tx: Tx, r: ApprovalRequest): Promise<number> {
  const row = await approvals(tx)
    .updateTable("approval_request")
    .set((eb) => ({
      ...{ text: storable(r.text), tier: r.tier, stage: r.stage, asked: json([...r.asked]), state: r.state },
      ...{ tiers: json([...r.tiers]), because: json([...r.because]) },
      ...{ since: ts(r.since), due_at: tsOrNull(r.dueAt), alarmed_at: tsOrNull(r.alarmedAt), edited: r.edited },
      ...{ read_until: ts(r.readUntil), stale_at: tsOrNull(r.staleAt), decided_at: tsOrNull(r.decidedAt) },
      ...{ decided_by: r.decidedBy, text_hash: r.textHash, delivery_id: r.deliveryId, reply_id: r.replyId },
      version: eb("version", "+", 1),
    }))
    .where("account_id", "=", tx.accountId)
    .where("id", "=", r.id)
    .returning("version")
    .executeTakeFirstOrThrow();
  return row.version;
}
