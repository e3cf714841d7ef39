import type { Instant } from "#platform/clock";

/** Where a customer is asked to come to. */
export const destinations = ["dm", "email", "chat", "callback", "call"] as const;
export type Destination = (typeof destinations)[number];

/** How we know that who came back is who was invited. */
export type Proof = "invited-handle" | "other-network" | "agent";

/** Why a code joined nothing. */
export type Refusal = "ended" | "withdrawn" | "another-handle" | "used" | "said-in-public" | "ask-first";

/** What a decision has to know of an invite. */
export interface Invited {
  handleId: string;
  network: string;
  expiresAt: Instant;
  withdrawnAt: Instant | null;
  returnedHandleId: string | null;
}

/** A message that says the code: who says it, where, and when we got it (what its sender claims about the time counts nothing). */
export interface CodeSaid {
  handleId: string;
  network: string;
  audience: "public" | "private";
  receivedAt: Instant;
}

export type Use = { joins: true; proof: Proof } | { joins: false; why: Refusal };

/**
 * Whether a code that was said joins the speaker to the conversation. The code stands in a public reply, so everybody can read it: on
 * the network of the invite only the invited handle counts; elsewhere the first one in private, once (`elsewhere`: the brand may want to
 * be asked instead). Whoever was let in stays.
 */
export function judgeUse(invite: Invited, said: CodeSaid, elsewhere: "join" | "ask"): Use {
  const no = (why: Refusal): Use => ({ joins: false, why });
  if (invite.returnedHandleId === said.handleId)
    return { joins: true, proof: said.handleId === invite.handleId ? "invited-handle" : "other-network" };
  if (invite.withdrawnAt !== null && invite.withdrawnAt <= said.receivedAt) return no("withdrawn");
  if (said.receivedAt > invite.expiresAt) return no("ended");
  if (said.handleId === invite.handleId) return { joins: true, proof: "invited-handle" };
  if (said.network === invite.network) return no("another-handle");
  if (invite.returnedHandleId !== null) return no("used");
  if (said.audience === "public") return no("said-in-public");
  return elsewhere === "join" ? { joins: true, proof: "other-network" } : no("ask-first");
}

const JOINED: Record<Proof, string> = {
  "invited-handle": "Verified by invite: the code came from the very handle that was invited.",
  "other-network":
    "Verified by invite: the first in private elsewhere to say the code. It stood in a public reply; look twice before you tell secrets.",
  agent: "Verified by invite: an agent heard the code.",
};
const REFUSED: Record<Refusal, string> = {
  ended: "Says the code of an invite of this conversation that had ended.",
  withdrawn: "Says the code of an invite of this conversation that was taken back.",
  "another-handle":
    "Says the code of an invite of this conversation, but it was for another handle of the same network.",
  used: "Says the code of an invite of this conversation that somebody else has used.",
  "said-in-public": "Says the code of an invite of this conversation where everybody can read it.",
  "ask-first": "Says the code of an invite of this conversation on another network. Is it the same person?",
};

/** The sentence an agent reads beside the message. */
export function sayUse(use: Use): string {
  return use.joins ? JOINED[use.proof] : REFUSED[use.why];
}
