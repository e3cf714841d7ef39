import { MessageDeleted } from "#events/channels";
import { reaction } from "#platform/journal/reader";
import { noteDeleted } from "../placing/note-deleted.ts";

export const onMessageDeleted = reaction(MessageDeleted, (tx, events) =>
  noteDeleted(
    tx,
    events.map((e) => e.payload.messageId),
  ),
);
