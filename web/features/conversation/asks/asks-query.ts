import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { AnswerAsk, AskAnswered, AskList, AskPage } from "#contracts/asks";
import { api } from "../../../shared/api/api.ts";

/** What is to be decided about a conversation. */
export const asksQuery = (id: string) =>
  queryOptions({
    queryKey: ["conversation", id, "asks"],
    queryFn: ({ signal }) => api.get<AskList>(`/api/desk/conversations/${id}/asks`, undefined, signal),
  });

/** What is to be decided wherever the agent may read, newest first. */
export const allAsksQuery = infiniteQueryOptions({
  queryKey: ["conversation", "asks"],
  queryFn: ({ pageParam, signal }) =>
    api.get<AskPage>("/api/desk/asks", pageParam === null ? undefined : { cursor: pageParam }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
  staleTime: 0,
});

export const sendAnswer = (messageId: string, body: AnswerAsk, commandId: string) =>
  api.post<AskAnswered>(`/api/desk/asks/${messageId}/answer`, body, { commandId });
