/** The front door of `desk`: the agent's work, to the end. */
import { ModerationChanged } from "#events/channels";
import {
  CustomerNoted,
  FilesChanged,
  LaterChanged,
  NoteAdded,
  ReplyChanged,
  ReplySent,
  ReplyWritten,
} from "#events/desk";
import { type LiveMapping, type LiveNotice, live } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import type { TimerHandler } from "#platform/timers";
import { onWorkQueued } from "./acknowledge/acknowledge.ts";
import { approvalLive, approvalReader, approvalTimers } from "./approval/index.ts";
import { laterReader, laterTimers } from "./loop/later-replies.ts";
import { reminderTimers } from "./loop/reminders.ts";
import { searchReader } from "./search/index.ts";
import { countingReader } from "./supervision/count.ts";
import { easingTimers } from "./supervision/ease.ts";
import { loanTimers } from "./supervision/loans.ts";
import { onPeakRules, peakTimers } from "./supervision/peaks.ts";
import { onReliefChanged } from "./supervision/surge.ts";
import { followUpTimers } from "./together/follow-ups.ts";
import { togetherLive } from "./together/live.ts";

export { acknowledgeSetting } from "./acknowledge/settings.ts";
export { askPages } from "./api/ask-pages.ts";
export { askRoutes } from "./api/ask-routes.ts";
export { customerRoutes } from "./api/customer-routes.ts";
export { deskRoutes } from "./api/desk-routes.ts";
export { fileRoutes } from "./api/file-routes.ts";
export { forMeRoutes } from "./api/for-me-routes.ts";
export { identityRoutes } from "./api/identity-routes.ts";
export { invitePages } from "./api/invite-pages.ts";
export { inviteRoutes } from "./api/invite-routes.ts";
export { joinRoutes } from "./api/join-routes.ts";
export { loopRoutes } from "./api/loop-routes.ts";
export { macroRoutes } from "./api/macro-routes.ts";
export { moderationRoutes } from "./api/moderation-routes.ts";
export { newsRoutes } from "./api/news-routes.ts";
export { supervisionRoutes } from "./api/supervision-routes.ts";
export { togetherRoutes } from "./api/together-routes.ts";
export { typingRoutes, visitRoutes } from "./api/typing-routes.ts";
export { voiceRoutes } from "./api/voice-routes.ts";
export { whyRoutes } from "./api/why-routes.ts";
export { approvalRoutes, saveApprovalRules } from "./approval/index.ts";
export { joinConversations, undoConversationJoin } from "./joins.ts";
export { reader } from "./reactions/on-delivery.ts";
export { resolve } from "./replies.ts";
export { fillMessages, fillPeople, searchRoutes } from "./search/index.ts";
export { writeReply } from "./send-reply.ts";
export { outcomesSetting, undoWindow } from "./settings.ts";
export { forgetOldMinutes } from "./store/minute-store.ts";
export { surgeHelpers } from "./supervision/surge-settings.ts";
export { type ClosingNote, noteClosing, noteClosings } from "./together/closing.ts";
export { type SideLinks, sideLinks } from "./together/side-links.ts";
export { startSideMail } from "./together/side-mail.ts";
export { type Closing, closingsOf } from "./together/store/closing-store.ts";
export { forgetOldCalls } from "./together/store/for-me-store.ts";

export const timers: Readonly<Record<string, TimerHandler>> = {
  ...loanTimers,
  ...easingTimers,
  ...peakTimers,
  ...reminderTimers,
  ...laterTimers,
  ...approvalTimers,
  ...followUpTimers,
};

/** The minutes of the wallboard; and what happens by itself when customers have to wait. A fault in these holds no work up. */
const peakReader: Reader = {
  name: "peaks",
  gatherMs: 200,
  batch: 2_000,
  reactions: [onWorkQueued, onPeakRules, onReliefChanged],
};
export const readers: readonly Reader[] = [countingReader, peakReader, laterReader, approvalReader, searchReader];

const aboutReply = (id: string, version: number, conversationId: string): LiveNotice[] => [
  {
    ...{ kind: "reply", id, version, conversationId },
    // The list tells of replies in trouble, too.
    needs: ["conversation.read", "work.read"].map((verb) => ({ verb, at: { of: "conversation", id: conversationId } })),
  },
];
export const liveMappings: readonly LiveMapping[] = [
  ...approvalLive,
  ...togetherLive,
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
  live(ModerationChanged, ({ payload: { conversationId, messageId }, entityVersion: version }) =>
    conversationId === null
      ? []
      : [
          {
            ...{ kind: "message", id: messageId, version, conversationId },
            needs: { verb: "conversation.read", at: { of: "conversation", id: conversationId } },
          },
        ],
  ),
  // Nobody else's business.
  live(LaterChanged, ({ entityId: id, entityVersion: version, payload: { conversationId, agentId } }) => [
    { kind: "later", id, version, conversationId, needs: { agentId } },
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
