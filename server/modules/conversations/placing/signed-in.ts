import type { Message } from "#modules/channels";
import { handleKey, type Identity, joinHandles, type Met, type Moved, scopeOf } from "#modules/customers";
import type { Tx } from "#platform/db";

/** Who a message's writer is as well, by the word of a site of ours that he is signed in to: former ids on its chat, and his address. */
export function alsoSignedInAs(m: Message): Identity[] {
  const { signedIn, scope } = m.author;
  if (!signedIn || m.direction !== "in") return [];
  const here = { network: m.network, scope: scopeOf(m.network, m.channelId, scope), at: m.sentAt };
  const former = signedIn.former.map(
    (externalId): Identity => ({ ...here, externalId, handle: "", name: m.authorName, verified: true }),
  );
  // The address as the mailbox's adapter names whoever writes from it.
  const { email } = signedIn;
  const mail = email === undefined ? [] : [{ network: "email", scope: "email", externalId: email, handle: email }];
  return [...former, ...mail.map((one): Identity => ({ ...one, name: m.authorName, at: m.sentAt }))];
}

/** Joins the handles that a sign-in shows to be one person. Returns those that moved. */
export async function joinSignedIn(
  tx: Tx,
  messages: readonly Message[],
  met: ReadonlyMap<string, Met>,
  keyOf: (m: Message) => string,
): Promise<Moved[]> {
  const moved: Moved[] = [];
  const done = new Set<string>();
  for (const m of messages) {
    const own = met.get(keyOf(m));
    for (const other of own ? alsoSignedInAs(m) : []) {
      const theirs = met.get(handleKey(other));
      if (!theirs || done.has(`${own!.handleId} ${theirs.handleId}`)) continue;
      done.add(`${own!.handleId} ${theirs.handleId}`);
      const text = "Verified by sign-in: a site of ours has signed who this is.";
      moved.push(
        ...(await joinHandles(tx, {
          ...{ handleId: own!.handleId, withHandleId: theirs.handleId, by: "sign-in", text },
          ...{ at: m.sentAt, messageId: m.id },
        })),
      );
    }
  }
  return moved;
}
