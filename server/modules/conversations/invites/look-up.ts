import type { Database, Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { AccountId } from "#platform/ids";
import { codesIn, spokenCode } from "../domain/invite-code.ts";
import { accountOfCode, findInvite, findInvitesByCode, type Invite } from "../store/invite-store.ts";
import { isLive } from "./invites.ts";
import { hashOfCode, type InviteLinks } from "./links.ts";
import { whereTheyStand } from "./where-they-stand.ts";

/** What an opened address leads to: whose it is and the code in it. Null: nobody made it, or it is gone. */
export async function openedLink(
  db: Database,
  links: InviteLinks,
  token: string,
): Promise<{ accountId: AccountId; code: string } | null> {
  const code = links.codeOf(token);
  if (code === null) return null;
  const accountId = await accountOfCode(db, hashOfCode(code));
  return accountId === null ? null : { accountId, code };
}

export async function inviteByCode(tx: Tx, code: string, lock = false): Promise<Invite | null> {
  return (await findInvitesByCode(tx, [hashOfCode(code)], lock))[0] ?? null;
}

export async function inviteById(tx: Tx, id: string): Promise<Invite | null> {
  return findInvite(tx, id);
}

/** A reply may hold only codes of its own conversation that still open something; others would send a customer into a wall. */
export async function checkCodes(tx: Tx, conversationId: string, text: string): Promise<void> {
  const codes = codesIn(text);
  if (codes.length === 0) return;
  const known = new Map((await findInvitesByCode(tx, codes.map(hashOfCode))).map((i) => [i.codeHash, i]));
  const stands = await whereTheyStand(tx, [...known.values()]);
  for (const code of codes) {
    const invite = known.get(hashOfCode(code));
    if (!invite || stands.get(invite.id) !== conversationId || !isLive(invite, tx.now))
      throw new AppError(
        "preflight-refused",
        `The invite ${spokenCode(code)} is not one of this conversation, or it is used or has ended. Make a new one (V).`,
        { errors: [{ path: "text", message: "This invite leads nowhere. Make a new one.", code: "invite-ended" }] },
      );
  }
}
