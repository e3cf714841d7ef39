import { channelsOf } from "#modules/channels";
import type { Tx } from "#platform/db";
import { isCopy } from "../domain/evidence.ts";
import { findByExternal } from "../store/placement-store.ts";
import { channelKey, type Draft } from "./draft.ts";

/** Names that we gave, because the mail had none or only said that it is ours: they say nothing of sameness. */
const OWN_NAME = /^(?:sha256|unproven):/;

/**
 * One mail to two mailboxes of a brand is two facts, one for each mailbox, and one message to whoever works: the later one stands where the
 * first does (`Draft.copyOf`). Mailboxes of different brands share nothing: who may read the one may not know of the other. Costs nothing
 * where no mail is among the drafts, and one small read where the brand has one mailbox.
 */
export async function withCopies(tx: Tx, drafts: Draft[]): Promise<Draft[]> {
  const mails = drafts.filter(
    (d) => d.medium === "email" && d.message.direction === "in" && !OWN_NAME.test(d.message.externalId),
  );
  if (mails.length === 0) return drafts;
  const boxes = (await channelsOf(tx)).filter((c) => c.capabilities.threading.model === "headers");
  const handles = new Map(boxes.map((c) => [c.id, c.handle]));
  const others = (d: Draft) => boxes.filter((c) => c.brandId === d.brandId && c.id !== d.message.channelId);
  const refs = mails.flatMap((d) => others(d).map((c) => ({ channelId: c.id, externalId: d.message.externalId })));
  if (refs.length === 0) return drafts;
  const placed = Map.groupBy(await findByExternal(tx, refs), (p) => p.externalId);
  const together = Map.groupBy(mails, (d) => `${d.brandId} ${d.message.externalId}`);
  const keyOf = (d: Draft) => channelKey(d.message.channelId, d.message.externalId);
  return drafts.map((d) => {
    if (!mails.includes(d)) return d;
    const { externalId, channelId, id } = d.message;
    const text = `Also received by ${handles.get(channelId) ?? "another mailbox"}: the same mail, shown once.`;
    const first = placed.get(externalId)?.find(
      // The very same author: a name alone can be copied.
      (p) =>
        p.brandId === d.brandId && p.channelId !== channelId && p.customerId === d.customerId && !isCopy(p.evidence),
    );
    if (first) return { ...d, copyOf: { key: channelKey(first.channelId, externalId), at: first.sentAt, text } };
    const same = (together.get(`${d.brandId} ${externalId}`) ?? []).filter(
      (one) => one.customerId === d.customerId && !placed.get(externalId)?.some((p) => p.messageId === one.message.id),
    );
    const least = same.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))[0];
    return !least || least.message.id === id
      ? d
      : { ...d, copyOf: { key: keyOf(least), at: least.message.sentAt, text } };
  });
}
