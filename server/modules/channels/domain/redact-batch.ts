import { redactAtRest, redactCards } from "#shared/redact";
import type { Entity, Item } from "./item.ts";

/** A sender's earlier message in the same thread, as it is stored. */
export interface Earlier {
  messageId: string;
  text: string;
}

export interface ItemToRedact {
  item: Item;
  messageId: string;
}

export interface BatchRedaction {
  /** By position of the input: the item as it may be stored, and how many pieces were taken out. */
  items: { item: Item; redactions: number }[];
  /** Stored messages that held the beginning of a number that a later one ended. */
  earlier: Map<string, string>;
  /** From each text that lost something to what is left of it: the raw copy is treated alike. */
  replaced: Map<string, string>;
}

const FIGURE = /\p{N}/u;
/** The last messages of a sender over which a card number may be spread. */
const REACH = 5;

export function mayHoldCard(text: string): boolean {
  return FIGURE.test(text);
}

/**
 * Takes card numbers and security codes out of a batch, also where one sender spreads a number over several messages of a thread.
 * `before`: by author and thread (`senderKey`) the sender's last stored messages, oldest first.
 */
export function redactBatch(
  inputs: readonly ItemToRedact[],
  before: ReadonlyMap<string, readonly Earlier[]>,
): BatchRedaction {
  const said = new Map<string, Earlier[]>();
  const result: BatchRedaction = { items: [], earlier: new Map(), replaced: new Map() };
  const order = inputs.map((_, i) => i).sort((a, b) => inputs[a]!.item.createdAt - inputs[b]!.item.createdAt || a - b);
  for (const i of order) {
    const { item, messageId } = inputs[i]!;
    const key = senderKey(item);
    const previous = said.get(key) ?? (before.get(key) ?? []).filter((e) => e.messageId !== messageId);
    const done = mayHoldCard(item.text)
      ? redactAtRest(
          item.text,
          previous.map((p) => p.text),
        )
      : null;
    for (const change of done?.earlier ?? []) {
      const hit = previous[change.index]!;
      result.replaced.set(hit.text, change.text);
      amend(result, inputs, hit, change.text);
      previous[change.index] = { ...hit, text: change.text };
    }
    const clean = cleaned(item, done?.text ?? item.text);
    if (clean.text !== item.text) result.replaced.set(item.text, clean.text);
    result.items[i] = { item: clean, redactions: done?.found.length ?? 0 };
    said.set(key, [...previous, { messageId, text: clean.text }].slice(-REACH));
  }
  return result;
}

/** The earlier part stands in this batch, or in the table. */
function amend(result: BatchRedaction, inputs: readonly ItemToRedact[], hit: Earlier, text: string): void {
  const here = inputs.findIndex(
    (input, i) => input.messageId === hit.messageId && result.items[i]?.item.text === hit.text,
  );
  const known = here >= 0 ? result.items[here] : undefined;
  if (known) result.items[here] = { item: cleaned(known.item, text), redactions: known.redactions + 1 };
  else result.earlier.set(hit.messageId, text);
}

export function senderKey(item: Pick<Item, "author" | "thread">): string {
  return `${item.author.id}\u0000${item.thread.key}`;
}

function cleaned(item: Item, text: string): Item {
  const subject = item.thread.subject;
  const cleanSubject = subject === undefined || !mayHoldCard(subject) ? subject : redactCards([subject]).texts[0]!;
  if (text === item.text && cleanSubject === subject) return item;
  const thread = cleanSubject === undefined ? item.thread : { ...item.thread, subject: cleanSubject };
  return { ...item, text, thread, entities: moved(item.entities, item.text, text) };
}

/** Entities found again behind the places where something was taken out; those inside such a place are gone. */
function moved(entities: readonly Entity[], from: string, to: string): Entity[] {
  if (from === to) return [...entities];
  let reached = 0;
  return [...entities]
    .sort((a, b) => a.start - b.start)
    .flatMap((entity) => {
      const words = from.slice(entity.start, entity.end);
      const start = words === "" ? -1 : to.indexOf(words, reached);
      if (start < 0) return [];
      reached = start + words.length;
      return [{ ...entity, start, end: reached }];
    });
}
