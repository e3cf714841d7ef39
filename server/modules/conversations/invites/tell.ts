import { InviteExpired, InviteOpened, InviteReturned, InviteSent } from "#events/conversations";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Invite } from "../store/invite-store.ts";

const types = { sent: InviteSent, opened: InviteOpened, returned: InviteReturned, expired: InviteExpired };
const at = (instant: Instant | null) => (instant === null ? null : iso(instant));

/** Announces what happened to an invite, with the whole of its story; to be called when it is saved. */
export function tellInvite(tx: Tx, what: keyof typeof types, i: Invite): void {
  tx.announce(types[what], {
    key: i.conversationId,
    entity: "invite",
    entityId: i.id,
    entityVersion: i.version,
    payload: {
      inviteId: i.id,
      conversationId: i.conversationId,
      episodeId: i.episodeId,
      brandId: i.brandId,
      network: i.network,
      destination: i.destination,
      agentId: i.madeBy,
      madeAt: iso(i.madeAt),
      expiresAt: iso(i.expiresAt),
      sentAt: at(i.sentAt),
      openedAt: at(i.openedAt),
      returnedAt: at(i.returnedAt),
      returnedBy: i.returnedBy,
      proof: i.proof,
      messageId: i.returnedMessageId,
      endedAt: at(i.endedAt),
      endedWhy: i.endedWhy,
    },
  });
}
