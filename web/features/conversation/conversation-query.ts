import { queryOptions } from "@tanstack/react-query";
import type { ConversationView, TimelineEntry } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";
import { askOf, type Place } from "./walk.ts";

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

/** Another part of it than its end. */
export function pageQuery(id: string, place: Place) {
  const ask = askOf(place);
  return queryOptions({
    queryKey: ["conversation", id, "page", ask ?? null],
    queryFn: ({ signal }) => api.get<ConversationView>(`/api/desk/conversations/${id}`, ask, signal),
    enabled: ask !== undefined,
  });
}

/** The version that a reply, a resolve and the other acts name as the one the agent saw. */
export const seenVersion = (view: ConversationView): number => view.work?.version ?? view.version;
