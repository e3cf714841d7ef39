import type { Generated, Json, Ts, TsNull, Tx } from "#platform/db";
import type { Accepts } from "../domain/accepts.ts";
import type { Easing } from "../domain/easing.ts";
import type { MediumClassName } from "../domain/medium-class.ts";
import type { Choice, ClockState, Exclusion, Guest, Need, Priority, Reason, WorkState } from "../domain/model.ts";

/** A skill that a queue asks for; the kind (hard or soft) is the skill's own. */
export interface QueueSkill {
  skillId: string;
  level: number;
}

export interface RoutingTables {
  queue: {
    account_id: string;
    id: string;
    name: string;
    position: number;
    team_id: string;
    calendar_id: string;
    accepts: Json<Accepts>;
    skills: Json<QueueSkill[]>;
    targets: Json<Record<Priority, number>>;
    out_of_hours: "hold" | "work";
    auto_serve: boolean;
    ring_parts: Json<number[]>;
    overflow: Json<string[][]>;
    choice: Generated<Choice>;
    relief: Json<string[]>;
    easing: Json<Easing[]>;
    version: Generated<number>;
  };
  work_item: {
    account_id: string;
    id: string;
    queue_id: string;
    conversation_id: string;
    episode_id: string;
    customer_id: string;
    brand_id: string;
    channel_id: string;
    medium: MediumClassName;
    visibility: string;
    state: WorkState;
    crisis: boolean;
    priority: Priority;
    skills: Json<Need[]>;
    weight: number;
    t0: Ts;
    due_at: Ts;
    rings_at: Json<number[]>;
    lane: string;
    clock: ClockState;
    owner_id: string | null;
    assigned_at: TsNull;
    sticky_agent_id: string | null;
    sticky_until: TsNull;
    excluded: Json<Exclusion[]>;
    wakes_at: TsNull;
    park_reason: string | null;
    misses: Generated<number>;
    transfers: Generated<number>;
    known_agents: Json<string[]>;
    barred: Json<string[]>;
    guests: Json<Guest[]>;
    has_guests: Generated<boolean>;
    alike: string | null;
    behind: string | null;
    wrap_until: TsNull;
    wrap_extended: Generated<boolean>;
    held_for: string | null;
    reason: Json<{ reasons?: Reason[] }>;
    opened_at: Ts;
    done_at: TsNull;
    trace_id: string | null;
    version: Generated<number>;
  };
  offer: {
    account_id: string;
    id: string;
    work_item_id: string;
    agent_id: string;
    state: "pending" | "accepted" | "declined" | "timed-out" | "rescinded";
    reason: Json<{ reasons: Reason[] }>;
    decline_reason: string | null;
    offered_at: Ts;
    expires_at: Ts;
    settled_at: TsNull;
    version: Generated<number>;
  };
  routing_decision: {
    account_id: string;
    id: string;
    work_item_id: string;
    at: Ts;
    act: string;
    agent_id: string | null;
    reason: Json<Record<string, unknown> & { reasons: Reason[] }>;
  };
  queue_turn: { account_id: string; queue_id: string; turns: Json<Record<Priority, number>> };
  agent_turn: { account_id: string; agent_id: string; last_at: Ts };
}

export const routing = (tx: Tx) => tx.tables<RoutingTables>();
