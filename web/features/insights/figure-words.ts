import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Figure } from "#contracts/insights";

/** Names of the figures as the cells show them; the definition comes with the figure itself. */
export const NAMES: Record<string, MessageDescriptor> = {
  "messages-in": msg`Messages heard`,
  "actionable-share": msg`Were work`,
  "episodes-opened": msg`Episodes opened`,
  "conversations-worked": msg`Conversations worked`,
  "customers-served": msg`Customers served`,
  backlog: msg`Open at the end`,
  "first-response": msg`First response, middle`,
  "next-response": msg`Next response, middle`,
  resolution: msg`Resolution, middle`,
  "gratitude-share": msg`Thanked us`,
  "thanked-share": msg`Conversations with thanks`,
  "invites-sent": msg`Invited to private`,
  "invites-opened": msg`Invitations opened`,
  "invites-returned": msg`Came to private`,
  "approval-time": msg`Waited for approval, middle`,
  "approval-returned": msg`Given back by approvers`,
  "settled-share": msg`Settled in one episode`,
  "first-contact-resolution": msg`Solved at the first contact`,
  "transfer-share": msg`Handed over`,
  "media-shift-share": msg`Changed the medium`,
};

type Group = { id: Figure["group"]; name: MessageDescriptor; says: MessageDescriptor };

export const GROUPS: readonly Group[] = [
  { id: "quantity", name: msg`Quantity`, says: msg`How much came, how much we met` },
  { id: "quality", name: msg`Quality`, says: msg`How well the work was done` },
  { id: "feedback", name: msg`Feedback`, says: msg`What customers say of us` },
  { id: "outcome", name: msg`Outcome`, says: msg`What came of it` },
  { id: "economics", name: msg`Economics`, says: msg`What it cost and kept` },
];

/** What a figure counts, in a sentence of its own. */
export const UNITS: Record<Figure["unit"], MessageDescriptor> = {
  messages: msg`Counts messages`,
  bursts: msg`Counts bursts: runs of messages on one medium`,
  episodes: msg`Counts episodes: stretches of work, from “needs an answer” to “done”`,
  conversations: msg`Counts conversations: one matter each, over all media`,
  customers: msg`Counts customers`,
  replies: msg`Counts replies that waited for approval`,
  invitations: msg`Counts invitations to go on in private`,
};
