import { type Message, messagesById } from "#modules/channels";
import type { Tx } from "#platform/db";
import { numbersInSubject } from "#shared/mail-subject";
import { findNumbered } from "../store/conversation-store.ts";
import { partIn } from "../store/placement-store.ts";
import type { Draft } from "./draft.ts";

/** So many of its last messages tell who has part in a conversation without having written in it. */
const LOOKED_AT = 60;

type Numbered = Awaited<ReturnType<typeof findNumbered>>[number];

/**
 * Reads the conversation numbers in the subjects of mails. Whoever has part in that conversation (its customer, somebody who wrote in it,
 * somebody whom its mails went to openly) belongs there; for a stranger the number, which anybody can copy, only makes a question. Numbers
 * of another brand mean nothing. Where no subject has one this costs nothing.
 */
export async function withSubjectNumbers(tx: Tx, drafts: Draft[]): Promise<Draft[]> {
  const numbers = new Map(
    drafts.flatMap((d) => (mayUse(d) ? [[d, numbersInSubject(d.message.subject)] as const] : [])),
  );
  const wanted = [...numbers.values()].flat();
  if (wanted.length === 0) return drafts;
  const byNumber = new Map((await findNumbered(tx, wanted)).map((c) => [c.number, c]));
  const meant = new Map<Draft, Numbered[]>();
  for (const [d, own] of numbers) {
    const found = own.flatMap((n) => byNumber.get(n) ?? []).filter((c) => c.brandId === d.brandId);
    if (found.length > 0) meant.set(d, found);
  }
  if (meant.size === 0) return drafts;
  const has = await partsOfAll(tx, meant);
  return drafts.map((d) => {
    const found = meant.get(d);
    if (!found) return d;
    const own = found.find((c) => has(d, c));
    // A mail that the writer's own domain disowns may be anybody's.
    const joins = own !== undefined && d.message.mail?.sender !== "failed";
    return {
      ...d,
      numbered: {
        conversationId: (own ?? found[0]!).id,
        joins,
        text: words(own ?? found[0]!, own !== undefined, joins),
      },
    };
  });
}

function words({ number }: Numbered, hasPart: boolean, joins: boolean): string {
  if (joins) return `Its subject carries C-${number}, in which its writer has part.`;
  return hasPart
    ? `Its subject carries C-${number}, but its sender could not be proved.`
    : `Its subject carries C-${number}, in which its writer had no part.`;
}

function mayUse({ message: m, handleId, medium }: Draft): boolean {
  return m.direction === "in" && medium === "email" && handleId !== null && m.state === "live" && m.automated === null;
}

async function partsOfAll(tx: Tx, meant: ReadonlyMap<Draft, readonly Numbered[]>) {
  const strangers = [...meant].flatMap(([d, all]) =>
    all.filter((c) => c.customerId !== d.customerId).map((c) => ({ conversationId: c.id, handleId: d.handleId! })),
  );
  const parts = new Map((await partIn(tx, strangers, LOOKED_AT)).map((p) => [p.conversationId, p]));
  const said = new Map(
    (
      await messagesById(
        tx,
        [...parts.values()].flatMap((p) => p.messageIds),
      )
    ).map((m) => [m.id, m]),
  );
  const named = new Map(
    [...parts].map(([id, p]) => [id, new Set(p.messageIds.flatMap((one) => openlyNamed(said.get(one))))]),
  );
  return (d: Draft, c: Numbered): boolean =>
    c.customerId === d.customerId ||
    parts.get(c.id)?.handles.includes(d.handleId!) === true ||
    named.get(c.id)?.has(d.message.authorId) === true;
}

/** What a mail names that nobody proved could name whoever wants to come in. */
function openlyNamed(m: Message | undefined): string[] {
  if (!m?.mail || m.state !== "live" || m.mail.sender === "failed") return [];
  return [...m.mail.to, ...m.mail.cc].map((one) => one.address);
}
