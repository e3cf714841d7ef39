import type { ReceiptStatus } from "./item.ts";

/** `failed` after `sent` is news; after `delivered` it is a late echo of an earlier try. */
const RANK: Record<ReceiptStatus, number> = { queued: 0, sent: 1, failed: 2, delivered: 3, read: 4 };

/** Receipts come in any order: the state never falls back. */
export function mergeReceipt(known: ReceiptStatus | null, next: ReceiptStatus): ReceiptStatus {
  return known !== null && RANK[known] >= RANK[next] ? known : next;
}
