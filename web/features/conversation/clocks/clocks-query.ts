import { queryOptions } from "@tanstack/react-query";
import type { ClockList } from "#contracts/sla";
import { api } from "../../../shared/api/api.ts";

export function clocksQuery(conversationId: string) {
  return queryOptions({
    queryKey: ["conversation", conversationId, "clocks"],
    queryFn: ({ signal }) => api.get<ClockList>(`/api/conversations/${conversationId}/clocks`, undefined, signal),
  });
}

/** Stops what a third party or another customer's answer may stop, or lets it go on. */
export function setPause(
  { id, cause, on }: { id: string; cause: "third-party" | "peer-answer"; on: boolean },
  commandId: string,
): Promise<unknown> {
  const path = `/api/conversations/${id}/clocks`;
  if (!on) return api.post(`${path}/resume`, { cause }, { commandId });
  return api.post(`${path}/pause`, { reason: "", until: null, cause }, { commandId });
}
