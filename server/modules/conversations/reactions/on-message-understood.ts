import { MessageUnderstood } from "#events/listening";
import { reaction } from "#platform/journal/reader";
import { placeMessages } from "../placing/place-messages.ts";

export const onMessageUnderstood = reaction(MessageUnderstood, (tx, events) =>
  placeMessages(
    tx,
    events.map((e) => e.payload),
  ),
);
