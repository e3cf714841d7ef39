import { InviteRefused } from "#events/conversations";
import { settingOf } from "#modules/company";
import { joinHandles, type Moved } from "#modules/customers";
import type { Tx } from "#platform/db";
import { codesIn } from "../domain/invite-code.ts";
import { type CodeSaid, type Destination, judgeUse, sayUse, type Use } from "../domain/invite-use.ts";
import { audienceOf } from "../domain/medium.ts";
import { followHandles } from "../follow.ts";
import { noteReturned } from "../invites/invites.ts";
import { hashOfCode } from "../invites/links.ts";
import { inviteSetting } from "../invites/settings.ts";
import { tellInvite } from "../invites/tell.ts";
import { whereTheyStand } from "../invites/where-they-stand.ts";
import { findInvitesByCode, type Invite, updateInvite } from "../store/invite-store.ts";
import type { Draft } from "./draft.ts";

/**
 * Reads the invite codes in what was said: whoever says one may belong to its conversation (`Draft.invited`). `first`: what follows of
 * it is remembered as well (came back, refused, our reply that holds it is out). Decided again, a message finds what it found before.
 * Where no text has a code this costs nothing.
 */
export async function withInvites(tx: Tx, drafts: Draft[], how: "first" | "again"): Promise<Draft[]> {
  const said = new Map<Draft, string[]>();
  for (const d of drafts) {
    const hashes = mayUse(d) ? codesIn(`${d.message.subject}\n${d.message.text}`).map(hashOfCode) : [];
    if (hashes.length > 0) said.set(d, hashes);
  }
  if (said.size === 0) return drafts;
  const invites = await findInvitesByCode(tx, [...new Set([...said.values()].flat())], how === "first");
  if (invites.length === 0) return drafts;
  const byHash = new Map(invites.map((i) => [i.codeHash, i]));
  const stands = await whereTheyStand(tx, invites);
  const out: Draft[] = [];
  const moved: Moved[] = [];
  for (const d of drafts) {
    const named = (said.get(d) ?? []).flatMap((hash) => byHash.get(hash) ?? []);
    out.push(named.length === 0 ? d : await read(tx, d, named, stands, how, moved));
  }
  return moved.length === 0 ? out : regrouped(tx, out, moved);
}

/** Handles that an invite joined take everything they said along, also what is being placed now. */
async function regrouped(tx: Tx, drafts: readonly Draft[], moved: readonly Moved[]): Promise<Draft[]> {
  await followHandles(tx, moved);
  const now = new Map(moved.map((m) => [m.handleId, m.to]));
  const rejoined = moved.flatMap((m) => [m.from, m.to]);
  return drafts.map((d, i) => ({
    ...d,
    customerId: now.get(d.handleId ?? "") ?? d.customerId,
    ...(i === 0 && { rejoined: [...new Set([...(d.rejoined ?? []), ...rejoined])] }),
  }));
}

function mayUse(d: Draft): boolean {
  const { message: m } = d;
  if (m.state !== "live") return false;
  // A machine that sends back what it was sent proves nothing.
  return m.direction === "out" || (d.handleId !== null && m.automated === null && m.author.isBot !== true);
}

async function read(
  tx: Tx,
  d: Draft,
  named: readonly Invite[],
  stands: ReadonlyMap<string, string>,
  how: "first" | "again",
  moved: Moved[],
): Promise<Draft> {
  if (d.message.direction === "out") {
    if (how === "first") for (const invite of named) await noteSent(tx, d, invite, stands);
    return d;
  }
  const uses: { invite: Invite; use: Use }[] = [];
  for (const invite of named) uses.push({ invite, use: await judge(tx, d, invite) });
  const chosen = uses.find((u) => u.use.joins) ?? uses[0]!;
  const conversationId = stands.get(chosen.invite.id)!;
  const invited = { conversationId, joins: chosen.use.joins, text: sayUse(chosen.use) };
  if (how === "first") moved.push(...(await follow(tx, d, chosen.invite, chosen.use, conversationId)));
  return { ...d, invited };
}

async function judge(tx: Tx, d: Draft, invite: Invite): Promise<Use> {
  const { value } = await settingOf(tx, inviteSetting, { brandId: invite.brandId });
  const said: CodeSaid = {
    handleId: d.handleId!,
    network: d.message.network,
    audience: audienceOf(d.message.visibility),
    receivedAt: d.message.receivedAt,
  };
  const withdrawnAt = invite.endedWhy === "withdrawn" ? invite.endedAt : null;
  return judgeUse({ ...invite, withdrawnAt }, said, value.elsewhere);
}

/** Our reply that holds it is out: only now is anybody invited. */
async function noteSent(tx: Tx, d: Draft, invite: Invite, stands: ReadonlyMap<string, string>): Promise<void> {
  if (invite.sentAt !== null || d.deliveredFor === null || stands.get(invite.id) !== d.deliveredFor) return;
  Object.assign(invite, { sentAt: d.message.sentAt, sentMessageId: d.message.id });
  await updateInvite(tx, invite);
  tellInvite(tx, "sent", invite);
}

/** Remembers what came of it. Returns the handles that are another customer's from now on. */
async function follow(tx: Tx, d: Draft, invite: Invite, use: Use, conversationId: string): Promise<Moved[]> {
  if (!use.joins) {
    invite.refused += 1;
    await updateInvite(tx, invite);
    tx.announce(InviteRefused, {
      key: conversationId,
      entity: "invite",
      entityId: invite.id,
      entityVersion: invite.version,
      payload: { inviteId: invite.id, conversationId, messageId: d.message.id, why: use.why },
    });
    return [];
  }
  if (invite.returnedHandleId !== null) return [];
  const consent = d.medium === "phone" ? d.message.author.consent : undefined;
  await noteReturned(tx, invite, {
    returnedBy: wayOf(d),
    proof: use.proof,
    messageId: d.message.id,
    handleId: d.handleId,
    ...(consent !== undefined && { consent }),
  });
  return joinHandles(tx, {
    ...{ handleId: d.handleId!, withHandleId: invite.handleId, by: "invite", text: sayUse(use) },
    ...{ at: d.message.sentAt, messageId: d.message.id },
  });
}

function wayOf(d: Draft): Destination {
  const ways = { public: "dm", dm: "dm", email: "email", chat: "chat", phone: "callback" } as const;
  return ways[d.medium];
}
