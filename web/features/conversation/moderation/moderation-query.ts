import { queryOptions } from "@tanstack/react-query";
import type { MessageModeration } from "#contracts/moderation";
import { api } from "../../../shared/api/api.ts";

/** What can be done about a message on its network, and what was done; read anew with the conversation. */
export function moderationQuery(conversationId: string, messageId: string) {
  return queryOptions({
    queryKey: ["conversation", conversationId, "moderation", messageId],
    queryFn: ({ signal }) =>
      api.get<MessageModeration>(`/api/desk/messages/${messageId}/moderation`, undefined, signal),
  });
}
