import { createHash } from "node:crypto";
import { storable, type Tx } from "#platform/db";
import { isUuid } from "#platform/ids";
import type { Permit } from "../domain/permit.ts";

/** A delivery says that this text was passed. */
export interface ApprovalClaim {
  deliveryId: string;
  approvalId: string;
  textHash: string;
}
/** Of these claims the deliveries whose approval is on record, with this very text and for this very delivery. */
export type ApprovalCheck = (tx: Tx, claims: readonly ApprovalClaim[]) => Promise<ReadonlySet<string>>;

// Until whoever keeps approvals has said how they are looked up, none is believed.
let look: ApprovalCheck = async () => new Set();
export function useApprovals(check: ApprovalCheck): void {
  look = check;
}

/** SHA-256, in hex, of a text as the outbox keeps it. */
export function textHash(text: string): string {
  return createHash("sha256").update(storable(text)).digest("hex");
}

/** Of rows that claim to be approved those that are: the record is asked, and the text hashed again. */
export async function approvedAmong(
  tx: Tx,
  rows: readonly { id: string; text: string; permit: Permit }[],
): Promise<ReadonlySet<string>> {
  const claims = rows.flatMap(({ id, text, permit }): ApprovalClaim[] => {
    const claim = permit?.approval;
    if (!claim || !isUuid(claim.id) || claim.textHash !== textHash(text)) return [];
    return [{ deliveryId: id, approvalId: claim.id, textHash: claim.textHash }];
  });
  return claims.length === 0 ? new Set() : look(tx, claims);
}
