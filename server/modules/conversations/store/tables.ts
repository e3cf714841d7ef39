import type { PolicyRule } from "#contracts/policy";
import type { Generated, Json, Ts, TsNull } from "#platform/db";

interface ConversationTable {
  account_id: string;
  id: string;
  number: number;
  brand_id: string;
  customer_id: string;
  subject: string;
  last_message_at: Ts;
  last_inbound_at: TsNull;
  state: "quiet" | "open";
  merged_into: string | null;
  acted_at: TsNull;
  last_agent_id: string | null;
  version: Generated<number>;
  created_at: Ts;
}
interface EpisodeTable {
  account_id: string;
  id: string;
  conversation_id: string;
  ordinal: number;
  brand_id: string;
  channel_id: string;
  medium: string;
  visibility: string;
  state: "open" | "done";
  opened_at: Ts;
  opened_by_message: string;
  unanswered_since: TsNull;
  unanswered_message: string | null;
  first_reply_at: TsNull;
  last_reply_at: TsNull;
  reopens: string | null;
  done_at: TsNull;
  done_by: string | null;
  outcome: string | null;
  window_until: TsNull;
  asked_at: TsNull;
  rule: string;
  priority: string;
  version: Generated<number>;
}
interface PlacementTable {
  account_id: string;
  message_id: string;
  conversation_id: string | null;
  episode_id: string | null;
  role: string;
  visibility: string;
  sent_at: Ts;
}
interface PolicyTable {
  account_id: string;
  brand_id: string;
  version: number;
  text: string;
  rules: Json<PolicyRule[]>;
  set_by: string | null;
  valid_from: Ts;
}
export interface ConversationTables {
  conversation: ConversationTable;
  episode: EpisodeTable;
  placement: PlacementTable;
  policy: PolicyTable;
}
