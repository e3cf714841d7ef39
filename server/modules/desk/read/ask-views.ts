import type { z } from "zod";
import type { askView } from "#contracts/asks";
import { messagesById } from "#modules/channels";
import { asksAfter, asksOf, conversationsById, type StitchAsk, standIn } from "#modules/conversations";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { readableOf } from "../work-acts.ts";

type View = z.input<typeof askView>;
/** First words of a message, in signs. */
const SHOWN = 160;
/** A page of the list looks at so many questions at most, of which the asker may see some. */
const [LOOKED_AT, LOOKS] = [100, 5];

/** What is open about a conversation. Questions that name one the actor may not read are not shown. */
export async function asksOfConversation(tx: Tx, actor: Actor, conversationId: string): Promise<View[]> {
  return present(tx, actor, await asksOf(tx, conversationId));
}

/** What is open wherever the actor may read, newest first. */
export async function asksPage(
  tx: Tx,
  actor: Actor,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: View[]; next: string | null }> {
  const items: View[] = [];
  let before = page.cursor === undefined ? null : readCursor(page.cursor);
  for (let look = 0; look < LOOKS; look++) {
    const asks = await asksAfter(tx, before, LOOKED_AT);
    for (const view of await present(tx, actor, asks)) {
      items.push(view);
      if (items.length === page.limit) return { items, next: cursorOf(view.askedAt, view.messageId) };
    }
    const last = asks.at(-1);
    if (!last || asks.length < LOOKED_AT) return { items, next: null };
    before = { at: last.askedAt, messageId: last.messageId };
  }
  return { items, next: before && cursorOf(iso(before.at), before.messageId) };
}

async function present(tx: Tx, actor: Actor, asks: readonly StitchAsk[]): Promise<View[]> {
  if (asks.length === 0) return [];
  const ids = [
    ...new Set(asks.flatMap((a) => (a.otherId === null ? [a.conversationId] : [a.conversationId, a.otherId]))),
  ];
  const now = await standIn(tx, ids);
  const at = (id: string) => now.get(id) ?? id;
  const conversations = await conversationsById(tx, ids.map(at));
  const readable = await readableOf(tx, actor, [...conversations.keys()]);
  const shown = asks.filter((a) => {
    const other = a.otherId === null ? null : at(a.otherId);
    // Where both are one by now there is nothing to ask.
    return (
      readable.has(at(a.conversationId)) && other !== at(a.conversationId) && (other === null || readable.has(other))
    );
  });
  const messages = new Map(
    (
      await messagesById(
        tx,
        shown.map((a) => a.messageId),
      )
    ).map((m) => [m.id, m]),
  );
  return shown.flatMap((a) => {
    const m = messages.get(a.messageId);
    const conversation = conversations.get(at(a.conversationId));
    const other = a.otherId === null ? null : conversations.get(at(a.otherId));
    if (!m || !conversation || other === undefined) return [];
    const both = other ? [conversation, other] : [conversation];
    const [{ id, number, subject }] = both as [typeof conversation];
    return [
      {
        ...{
          messageId: a.messageId,
          askedAt: iso(a.askedAt),
          saidAt: iso(m.sentAt),
          by: m.authorName || m.authorHandle,
        },
        text: [...m.text.slice(0, 4 * SHOWN)].slice(0, SHOWN).join(""),
        conversation: { id, number, subject },
        other: other && { id: other.id, number: other.number, subject: other.subject },
        ...{ why: a.why, afterMs: a.afterMs },
        expected: Object.fromEntries(both.map((c) => [c.id, c.version])),
      },
    ];
  });
}

function cursorOf(at: string, messageId: string): string {
  return Buffer.from(`${Date.parse(at)} ${messageId}`).toString("base64url");
}

function readCursor(said: string): { at: number; messageId: string } {
  const found = /^(\d{1,15}) ([0-9a-f-]{36})$/u.exec(Buffer.from(said, "base64url").toString());
  if (!found) throw new AppError("invalid-request", "This cursor is not one of this list. Begin without one.");
  return { at: Number(found[1]), messageId: found[2]! };
}
