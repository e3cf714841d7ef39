import { MessageDeleted, MessageEdited, MessageReceived } from "#events/channels";
import { reaction } from "#platform/journal/reader";
import { understandMessages } from "../listening.ts";
import { forgetWords } from "../store/understanding-store.ts";

export const onMessageReceived = reaction(MessageReceived, (tx, events) =>
  understandMessages(tx, new Map(events.map((e) => [e.payload.messageId, { backfilled: e.payload.backfilled }]))),
);

/** A new text is understood anew. */
export const onMessageEdited = reaction(MessageEdited, (tx, events) =>
  understandMessages(tx, new Map(events.map((e) => [e.payload.messageId, {}]))),
);

export const onMessageDeleted = reaction(MessageDeleted, (tx, events) =>
  forgetWords(
    tx,
    events.map((e) => e.payload.messageId),
  ),
);
