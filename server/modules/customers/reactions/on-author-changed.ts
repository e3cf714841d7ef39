import { AuthorChanged } from "#events/channels";
import { instantOf } from "#platform/clock";
import { reaction } from "#platform/journal/reader";
import { meetHandles } from "../customers.ts";

/**
 * The network says that somebody who wrote to us goes by another name: his handle shows it, and nobody new is met. When the message
 * itself is read later than this, it finds the handle, and its older name changes nothing.
 */
export const onAuthorChanged = reaction(AuthorChanged, async (tx, events) => {
  await meetHandles(
    tx,
    events.map(({ payload }) => ({
      ...{ network: payload.network, scope: payload.scope, externalId: payload.authorId },
      ...{ handle: payload.handle, name: payload.name, at: instantOf(payload.at) ?? tx.now },
    })),
  );
});
