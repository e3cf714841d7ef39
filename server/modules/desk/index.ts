/** The front door of `desk`: the agent's work, to the end. */
import { CustomerNoted, FilesChanged, NoteAdded, ReplyChanged, ReplySent, ReplyWritten } from "#events/desk";
import { type LiveMapping, type LiveNotice, live } from "#platform/journal/live";

export { askRoutes } from "./api/ask-routes.ts";
export { customerRoutes } from "./api/customer-routes.ts";
export { deskRoutes } from "./api/desk-routes.ts";
export { fileRoutes } from "./api/file-routes.ts";
export { identityRoutes } from "./api/identity-routes.ts";
export { invitePages } from "./api/invite-pages.ts";
export { inviteRoutes } from "./api/invite-routes.ts";
export { joinRoutes } from "./api/join-routes.ts";
export { typingRoutes } from "./api/typing-routes.ts";
export { joinConversations, undoConversationJoin } from "./joins.ts";
export { reader } from "./reactions/on-delivery.ts";
export { resolve, writeReply } from "./replies.ts";
export { outcomesSetting, undoWindow } from "./settings.ts";

const aboutReply = (id: string, version: number, conversationId: string): LiveNotice[] => [
  {
    ...{ kind: "reply", id, version, conversationId },
    // The list tells of replies in trouble, too.
    needs: ["conversation.read", "work.read"].map((verb) => ({ verb, at: { of: "conversation", id: conversationId } })),
  },
];
export const liveMappings: readonly LiveMapping[] = [
  live(ReplyWritten, (e) => aboutReply(e.entityId, e.entityVersion, e.payload.conversationId)),
  live(ReplySent, (e) => aboutReply(e.entityId, e.entityVersion, e.payload.conversationId)),
  live(ReplyChanged, (e) => aboutReply(e.entityId, e.entityVersion, e.payload.conversationId)),
  live(CustomerNoted, ({ payload: { customerId, conversationIds } }) => [
    {
      ...{ kind: "customer", id: customerId, version: 1 },
      // He stands where his conversations stand. The customer's own id stands nowhere: a right to the whole account covers it.
      needs: [customerId, ...conversationIds].map((id) => ({ verb: "customer.read", at: { of: "conversation", id } })),
    },
  ]),
  live(FilesChanged, ({ payload: { conversationId, messageId }, entityVersion: version }) => [
    {
      ...{ kind: "message", id: messageId, version, conversationId },
      needs: { verb: "conversation.read", at: { of: "conversation", id: conversationId } },
    },
  ]),
  live(NoteAdded, (e) => [
    {
      kind: "note",
      id: e.entityId,
      version: e.entityVersion,
      conversationId: e.payload.conversationId,
      needs: { verb: "conversation.read", at: { of: "conversation", id: e.payload.conversationId } },
    },
  ]),
];
