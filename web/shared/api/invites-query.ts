import { queryOptions } from "@tanstack/react-query";
import type { InviteBoard } from "#contracts/invites";
import { api } from "./api.ts";

/** Invitations of a conversation to go on in private, and when that is wise; kept fresh by the live kind "invite" and by all that moves the conversation. */
export function invitesQuery(conversationId: string) {
  return queryOptions({
    queryKey: ["conversation", conversationId, "invites"],
    queryFn: ({ signal }) =>
      api.get<InviteBoard>(`/api/desk/conversations/${conversationId}/invites`, undefined, signal),
  });
}
