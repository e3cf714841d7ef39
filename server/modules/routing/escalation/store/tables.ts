import type { ReachWish } from "#contracts/escalation";
import type { Generated, Json, Ts, TsNull, Tx } from "#platform/db";
import type { Level, PageState } from "../domain/page.ts";

export interface EscalationTables {
  escalation: {
    account_id: string;
    id: string;
    topic: string;
    trigger: string;
    says: string;
    brand_id: string | null;
    conversation_id: string | null;
    work_item_id: string | null;
    opened_by: string | null;
    state: PageState;
    severity: number;
    levels: Json<Level[]>;
    holding: Json<{ locale: string; text: string }[]>;
    approvers: Json<string[]>;
    ladder_version: number;
    step: number;
    round: number;
    pages: number;
    paged: Json<string[]>;
    owner_id: string | null;
    seen: number;
    opened_at: Ts;
    since: Ts;
    due_at: TsNull;
    alarmed_at: TsNull;
    gone_at: TsNull;
    ended_at: TsNull;
    end_reason: string | null;
    version: Generated<number>;
  };
  escalation_step: {
    account_id: string;
    escalation_id: string;
    n: number;
    at: Ts;
    act: string;
    agent_id: string | null;
    says: string;
  };
  page_delivery: {
    account_id: string;
    id: string;
    escalation_id: string | null;
    pages: number;
    agent_id: string;
    way: "push" | "email" | "webhook";
    to_id: string | null;
    state: "pending" | "sending" | "sent" | "failed" | "dropped";
    payload: Json<PagePayload>;
    tries: number;
    next_at: Ts;
    created_at: Ts;
    sent_at: TsNull;
    error: string | null;
  };
  reach_wish: { account_id: string; agent_id: string; wish: Json<ReachWish>; version: Generated<number> };
  push_browser: {
    account_id: string;
    id: string;
    agent_id: string;
    endpoint: string;
    p256dh: string;
    auth: string;
    name: string;
    since: Ts;
  };
  push_key: { account_id: string; public_key: string; private_key: Buffer };
  page_webhook: {
    account_id: string;
    id: string;
    name: string;
    url: string;
    secret: Buffer;
    state: "on" | "dead";
    trouble: string | null;
    last_ok_at: TsNull;
  };
  crisis: {
    account_id: string;
    id: string;
    brand_id: string;
    topic: string;
    state: "running" | "over";
    escalation_id: string | null;
    spokesperson_id: string;
    speaker: string;
    paused: boolean;
    holding: string;
    started_at: Ts;
    started_by: string | null;
    ended_at: TsNull;
    ended_by: string | null;
    review: string | null;
    version: Generated<number>;
  };
  crisis_conversation: {
    account_id: string;
    crisis_id: string;
    conversation_id: string;
    bound_at: Ts;
    bound_by: string | null;
  };
  crisis_log: {
    account_id: string;
    id: string;
    crisis_id: string;
    at: Ts;
    agent_id: string | null;
    act: string;
    says: string;
  };
}

/** What a page tells, whatever the way: no customer's words, only what the company says itself. */
export interface PagePayload {
  severity: number;
  says: string;
  test: boolean;
}

export const escalations = (tx: Tx) => tx.tables<EscalationTables>();
