import { queryOptions } from "@tanstack/react-query";
import type { ConversationNews } from "#contracts/news";
import { api } from "../../../shared/api/api.ts";

/** Asked once when the conversation is opened: it speaks of what was new then. */
export function newsQuery(id: string) {
  return queryOptions({
    queryKey: ["news", id],
    queryFn: ({ signal }) => api.get<ConversationNews>(`/api/desk/conversations/${id}/news`, undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}
