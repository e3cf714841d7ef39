import { type MessageWords, wordsById } from "#modules/channels";
import { customersById } from "#modules/customers";
import { labelsOfMessages } from "#modules/listening";
import type { Tx } from "#platform/db";
import type { Placement } from "../store/placement-store.ts";
import { type Judged, labelsOf } from "./draft.ts";

/** What the policy looks at of a message of the past, and no more: there are many of them. */
export interface PastDraft extends Judged {
  message: MessageWords;
}

/** By message; what is not there or has no labels is left out. */
export async function pastDraftsOf(tx: Tx, placed: readonly Placement[]): Promise<Map<string, PastDraft>> {
  const ids = placed.map((p) => p.messageId);
  const messages = new Map((await wordsById(tx, ids)).map((m) => [m.id, m]));
  const labels = await labelsOfMessages(tx, ids);
  const customers = await customersById(
    tx,
    placed.flatMap((p) => p.customerId ?? []),
  );
  return new Map(
    placed.flatMap((p) => {
      const message = messages.get(p.messageId);
      const row = labels.get(p.messageId);
      if (!message || !row) return [];
      const customer = p.customerId === null ? undefined : customers.get(p.customerId);
      const known = customer !== undefined && customer.firstSeenAt < message.sentAt;
      return [[p.messageId, { message, labels: labelsOf(row), known }] as const];
    }),
  );
}
