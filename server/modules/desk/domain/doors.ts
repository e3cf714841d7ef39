import type { Capabilities } from "#shared/capabilities";

/** What the composer has to know of a message to choose what is answered. */
export interface Answerable {
  id: string;
  channelId: string;
  visibility: "public" | "private";
  role: "customer" | "bystander" | "us" | "bot";
  direction: "in" | "out";
  state: "live" | "hidden" | "tombstone" | "erased";
  at: number;
}

/** `handOff`: the message that a person can answer on the network's own page. */
export type Door = { target: Answerable; privateReplyToPublic: boolean } | { reason: string; handOff?: Answerable };

/**
 * Which message a reply of each audience answers: in public the customer's newest public post, in private their newest
 * private message, else (where the network permits it) their newest public post by a private reply.
 */
export function doors(
  messages: readonly Answerable[],
  capabilitiesOf: (channelId: string) => Capabilities | undefined,
): { first: "public" | "private"; public: Door; private: Door } {
  const live = messages
    .filter((m) => m.direction === "in" && m.state === "live" && m.role !== "bot")
    .sort((a, b) => a.at - b.at);
  const newest = (visibility: "public" | "private", from: readonly Answerable[] = live) =>
    from.findLast((m) => m.visibility === visibility && m.role === "customer") ??
    from.findLast((m) => m.visibility === visibility);
  const open = newest("public");
  // A call that was written down cannot be written back to; the private line before it can.
  const lines = live.filter((m) => capabilitiesOf(m.channelId)?.canReplyPrivate.kind !== "never");
  const closed = newest("private", lines) ?? newest("private");
  const publicDoor: Door = !open
    ? {
        reason:
          live.length > 0
            ? "They wrote in private only: there is no public post to answer."
            : "The post is gone, so nothing can be answered.",
      }
    : capabilitiesOf(open.channelId)?.canReplyPublic.kind === "never"
      ? { reason: "This network takes no public answers from software. Answer on its own page.", handOff: open }
      : { target: open, privateReplyToPublic: false };
  const privateDoor: Door = closed
    ? { target: closed, privateReplyToPublic: false }
    : open && (capabilitiesOf(open.channelId)?.canPrivateReplyToPublic.kind ?? "never") !== "never"
      ? { target: open, privateReplyToPublic: true }
      : { reason: "They have not written in private. Invite them in public." };
  // After a customer moved to private the answer stays there, until they speak in public again.
  const last = live.findLast((m) => m.role === "customer") ?? live.at(-1);
  return { first: last?.visibility === "private" ? "private" : "public", public: publicDoor, private: privateDoor };
}
