import type { InboundEvent } from "./item.ts";

/**
 * Names of messages, threads and people are keys of our tables, and an index of PostgreSQL takes 2,704 bytes in all. The longest we know,
 * a Message-ID, has 900; what is longer is no name of any network.
 */
const MOST_BYTES = 1_000;

const fits = (name: string | undefined): boolean =>
  name === undefined ||
  (name.length <= MOST_BYTES && Buffer.byteLength(name) <= MOST_BYTES && name.isWellFormed() && !name.includes("\0"));

/** Whether a database can keep what an event names. Cut or mended, two names could become one, so the event is put aside instead. */
export function namesAreStorable(event: InboundEvent): boolean {
  switch (event.type) {
    case "item.created":
    case "item.edited": {
      const { externalId, revision, thread, author } = event.item;
      return [externalId, revision, thread.key, thread.rootId, thread.parentId, author.id, author.scope].every(fits);
    }
    case "author.changed":
      return fits(event.author.id) && fits(event.author.scope);
    case "author.gone":
      return fits(event.authorId);
    case "address.unreachable":
      return fits(event.address);
    default:
      return fits(event.externalId);
  }
}
