import { queryOptions } from "@tanstack/react-query";
import type { Colleague } from "#contracts/together";
import { api } from "./api.ts";

/** Who may read a conversation, and what a note calls them. */
export const colleaguesQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ["conversation", conversationId, "colleagues"],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ colleagues: Colleague[] }>(
          `/api/desk/conversations/${conversationId}/colleagues`,
          undefined,
          signal,
        )
      ).colleagues,
    staleTime: 60_000,
  });
