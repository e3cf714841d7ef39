import { queryOptions } from "@tanstack/react-query";
import type { ConversationView, TimelineEntry } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";

export type MessageEntry = Extract<TimelineEntry, { type: "message" }>;
export type ReplyEntry = Extract<TimelineEntry, { type: "reply" }>;
export type NoteEntry = Extract<TimelineEntry, { type: "note" }>;
export type LineEntry = Extract<TimelineEntry, { type: "line" }>;
export type Burst = ConversationView["bursts"][number];

/** A conversation as the desk shows it; kept fresh by the live kinds work, offer, conversation, message, reply, note. */
export function conversationQuery(id: string) {
  return queryOptions({
    queryKey: ["conversation", id],
    queryFn: ({ signal }) => api.get<ConversationView>(`/api/desk/conversations/${id}`, undefined, signal),
  });
}

/** What was said before the part that is open. */
export function earlierQuery(id: string, before: string | null) {
  return queryOptions({
    queryKey: ["conversation", id, "before", before],
    queryFn: ({ signal }) => api.get<ConversationView>(`/api/desk/conversations/${id}`, { before }, signal),
    enabled: before !== null,
  });
}

/** The version that a reply, a resolve and the other acts name as the one the agent saw. */
export const seenVersion = (view: ConversationView): number => view.work?.version ?? view.version;
