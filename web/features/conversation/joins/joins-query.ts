import { queryOptions } from "@tanstack/react-query";
import type { FoundConversation, JoinBoard, JoinBody, JoinDone, JoinPreview, WhyHere } from "#contracts/joins";
import { api } from "../../../shared/api/api.ts";
import { newId } from "../../../shared/api/new-id.ts";

export type JoinAsk = Omit<JoinBody, "expected">;

const path = (id: string) => `/api/desk/conversations/${id}`;

/** What was put together and apart in a conversation, what it is linked with, what may belong to it. */
export const boardQuery = (id: string) =>
  queryOptions({
    queryKey: ["conversation", id, "joins"],
    queryFn: ({ signal }) => api.get<JoinBoard>(`${path(id)}/joins`, undefined, signal),
  });

/** Why a message is where it is. */
export const whyQuery = (conversationId: string, messageId: string) =>
  queryOptions({
    queryKey: ["conversation", conversationId, "why", messageId],
    queryFn: ({ signal }) => api.get<WhyHere>(`/api/desk/messages/${messageId}/why`, undefined, signal),
  });

/** The conversation of a number as people say it. */
export const numberQuery = (number: string) =>
  queryOptions({
    queryKey: ["conversation", "number", number],
    queryFn: ({ signal }) =>
      api.get<FoundConversation>(`/api/desk/numbers/${encodeURIComponent(number)}`, undefined, signal),
    retry: false,
  });

/** What would follow. It changes nothing, so it is asked like a query, with an id of its own each time. */
export const previewQuery = (id: string, ask: JoinAsk) =>
  queryOptions({
    queryKey: ["conversation", id, "joins", "preview", ask],
    queryFn: () => api.post<JoinPreview>(`${path(id)}/joins/preview`, ask, { commandId: newId() }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export const doJoin = (id: string, ask: JoinAsk, expected: Record<string, number>, commandId: string) =>
  api.post<JoinDone>(`${path(id)}/joins`, { ...ask, expected }, { commandId });

export const undoJoin = (actId: string, commandId: string) =>
  api.post<JoinDone>(`/api/desk/joins/${actId}/undo`, {}, { commandId });
