import { writeDown } from "#modules/channels";
import { type Instant, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound, notNow } from "#platform/errors";
import { spokenCode } from "../domain/invite-code.ts";
import { findConversations } from "../store/conversation-store.ts";
import { findInvite, type Invite } from "../store/invite-store.ts";
import { isLive, noteReturned } from "./invites.ts";

/** A number in international form as far as it was given so: digits, and a plus where there was one. Null: none that can be called. */
export function phoneNumber(given: string): string | null {
  const bare = given.normalize("NFKC").trim();
  if (!/^\+?[\d\s()./-]{5,40}$/u.test(bare)) return null;
  const digits = bare.replace(/\D/gu, "");
  if (digits.length < 5 || digits.length > 15) return null;
  return bare.startsWith("+") ? `+${digits}` : digits;
}

export interface CallNote {
  conversationId: string;
  /** `in`: they called us. */
  direction: "in" | "out";
  /** Where it stands among what else was said: what came while they spoke is answered by it. Never after now. */
  endedAt: Instant;
  durationMs: number;
  /** Empty where it is not known or not to be kept. */
  number: string;
  text: string;
  agent: { id: string; name: string };
  /** The invite they came by, as they told the agent. */
  inviteId: string | null;
}

/**
 * An agent writes down a call: it becomes a message of ours on the medium telephone in this conversation, with all that follows of one
 * (the clock stops, the burst changes its medium).
 */
export async function noteCall(tx: Tx, call: CallNote, key?: string): Promise<{ messageId: string }> {
  const [conversation] = await findConversations(tx, [call.conversationId]);
  if (!conversation) throw notFound("conversation");
  const number = call.number === "" ? "" : (phoneNumber(call.number) ?? "");
  const minutes = Math.max(1, Math.round(call.durationMs / MINUTE));
  const who = call.direction === "in" ? "They called us" : "We called them";
  const head = `${who}${number && ` (${number})`}, ${minutes} min.`;
  const { messageId } = await writeDown(tx, {
    brandId: conversation.brandId,
    direction: "out",
    other: { id: number || conversation.customerId, number, name: "" },
    agent: { ...call.agent, conversationId: conversation.id },
    text: `${head}\n${call.text}`,
    at: call.endedAt,
    ...(key !== undefined && { key }),
  });
  if (call.inviteId !== null) {
    const invite = await findInvite(tx, call.inviteId, true);
    if (invite?.conversationId !== conversation.id) throw notFound("invite of this conversation");
    if (!isLive(invite, tx.now)) throw notNow("This invite is used or has ended already.");
    await noteReturned(tx, invite, { returnedBy: "call", proof: "agent", messageId, handleId: null });
  }
  return { messageId };
}

export interface CallAsked {
  name: string;
  number: string;
  /** When they would like to be called, in their own words. */
  wish: string;
  about: string;
  /** The sentence they agreed to. */
  consent: string;
}

/**
 * Whoever holds the link asks to be called: kept as a message of a telephone handle that says the invite's code. What the code does is
 * decided where all codes are read, so the form can do nothing that a call or a mail could not.
 */
export async function askForCall(
  tx: Tx,
  invite: Invite,
  code: string,
  asked: CallAsked,
): Promise<{ messageId: string }> {
  const lines = [
    `Please call me back: ${asked.name}, ${asked.number}.`,
    asked.wish && `When: ${asked.wish}`,
    asked.about && `About: ${asked.about}`,
    `Code ${spokenCode(code)}`,
  ];
  return writeDown(tx, {
    brandId: invite.brandId,
    direction: "in",
    other: { id: asked.number, number: asked.number, name: asked.name },
    agent: null,
    text: lines.filter((line) => line !== "").join("\n"),
    at: tx.now,
    consent: asked.consent,
    // The form can be sent once for each invite and number.
    key: `callback/${invite.id}/${asked.number}`,
  });
}
