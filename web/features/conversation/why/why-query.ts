import { queryOptions } from "@tanstack/react-query";
import type { WhyRouted } from "#contracts/why-routed";
import { api } from "../../../shared/api/api.ts";

/** Why the conversation's work is where it is; read anew with the conversation. */
export function whyQuery(conversationId: string) {
  return queryOptions({
    queryKey: ["conversation", conversationId, "routing"],
    queryFn: ({ signal }) => api.get<WhyRouted>(`/api/desk/conversations/${conversationId}/routing`, undefined, signal),
  });
}
