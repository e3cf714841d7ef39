import type { Tx } from "#platform/db";
import type { ReceiptStatus } from "../domain/item.ts";
import { mergeReceipt } from "../domain/receipts.ts";
import { findPartsByExternal, setReceipts } from "../store/part-store.ts";
import { savePending, takePending } from "../store/pending-store.ts";
import type { Input } from "./input.ts";

/** Receipts reach the part they speak of; one that comes before the answer to our call waits for it. */
export async function storeReceipts(tx: Tx, channelId: string, inputs: readonly Input[]): Promise<void> {
  const receipts = inputs.flatMap(({ event }) => (event.type === "receipt" ? [event] : []));
  if (receipts.length === 0) return;
  const parts = new Map(
    (
      await findPartsByExternal(
        tx,
        channelId,
        receipts.map((r) => r.externalId),
      )
    ).map((p) => [p.externalId, p]),
  );
  for (const receipt of receipts) {
    const part = parts.get(receipt.externalId);
    if (part) part.receipt = mergeReceipt(part.receipt, receipt.status);
  }
  await setReceipts(tx, [...parts.values()]);
  await savePending(
    tx,
    channelId,
    receipts
      .filter((r) => !parts.has(r.externalId))
      .map((r) => ({
        externalId: r.externalId,
        kind: "receipt" as const,
        revision: r.status,
        at: r.at,
        payload: { detail: r.detail ?? "" },
      })),
  );
}

/** Called when a part got its external id: what had come before it counts now. */
export async function takeEarlyReceipts(tx: Tx, channelId: string, externalId: string): Promise<void> {
  const early = await takePending(tx, channelId, [externalId], "receipt");
  if (early.length === 0) return;
  const parts = await findPartsByExternal(tx, channelId, [externalId]);
  for (const part of parts)
    for (const e of early) part.receipt = mergeReceipt(part.receipt, e.revision as ReceiptStatus);
  await setReceipts(tx, parts);
}
