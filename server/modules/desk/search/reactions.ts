import { MessageDeleted, MessageEdited } from "#events/channels";
import { MessagePlaced } from "#events/conversations";
import { HandleChanged, HandleJoined, HandleMet, HandleParted } from "#events/customers";
import type { Reader } from "#platform/journal/reader";
import { reaction } from "#platform/journal/reader";
import { fillMessages, fillPeople } from "./fill.ts";
import { docsAmong, forgetDocs } from "./store/doc-store.ts";

/** What is found follows what was said. A new house's index, or one that was emptied, fills itself: it begins at the first event. */
export const searchReader: Reader = {
  name: "search",
  gatherMs: 200,
  batch: 1_500,
  reactions: [
    reaction(MessagePlaced, (tx, events) =>
      fillMessages(
        tx,
        events.map((e) => e.payload.messageId),
      ),
    ),
    reaction(MessageEdited, async (tx, events) => {
      // One that has no place yet comes with it.
      const there = await docsAmong(
        tx,
        events.map((e) => e.payload.messageId),
      );
      // The former words go too, where nobody else said them.
      await forgetDocs(tx, there);
      await fillMessages(tx, there);
    }),
    reaction(MessageDeleted, (tx, events) =>
      forgetDocs(
        tx,
        events.map((e) => e.payload.messageId),
      ),
    ),
    ...[HandleMet, HandleChanged].map((type) =>
      reaction(type, (tx, events) =>
        fillPeople(
          tx,
          events.map((e) => e.payload.customerId),
        ),
      ),
    ),
    ...[HandleJoined, HandleParted].map((type) =>
      reaction(type, (tx, events) =>
        fillPeople(
          tx,
          events.flatMap((e) => [e.payload.customerId, e.payload.fromCustomerId]),
        ),
      ),
    ),
  ],
};
