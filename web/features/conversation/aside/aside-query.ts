import { queryOptions } from "@tanstack/react-query";
import type { TogetherView } from "#contracts/together";
import { api } from "../../../shared/api/api.ts";

/** What hangs on a conversation beside its messages; kept fresh by the live kind "together". */
export const asideQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ["conversation", conversationId, "together"],
    queryFn: ({ signal }) =>
      api.get<TogetherView>(`/api/desk/conversations/${conversationId}/together`, undefined, signal),
  });
