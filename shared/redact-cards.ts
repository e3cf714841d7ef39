import { apply, type Found, type Redacted, untouchable } from "./redact/apply.ts";
import { findCards, mayHoldCards } from "./redact/cards.ts";
import { fold } from "./redact/fold.ts";

/**
 * Card numbers and security codes, which may never be stored or sent. Apart from the other kinds, because the composer
 * needs only these and ships to the browser.
 */
export type { Found, Redacted } from "./redact/apply.ts";

const nothing = (texts: readonly string[]): Redacted => ({ texts: [...texts], found: [] });
const figure = /\p{N}/u;

/** Cards and codes of the messages of one sender, in order. */
export function redactCards(texts: readonly string[]): Redacted {
  if (!texts.some((text) => figure.test(text))) return nothing(texts);
  const folded = fold(texts);
  if (!mayHoldCards(folded)) return nothing(texts);
  const blocked = untouchable(folded);
  return apply(texts, folded, findCards(folded, blocked), blocked);
}

export interface AtRest {
  text: string;
  found: Found[];
  /** Earlier messages that hold the beginning of a card number ended by this one; store these texts over the old ones. */
  earlier: { index: number; text: string }[];
}

/**
 * What may be stored of a message: without card numbers and security codes, also where a number is spread over this and
 * the sender's `previous` messages (oldest first, as they stand now; the last five count).
 */
export function redactAtRest(text: string, previous: readonly string[] = []): AtRest {
  const from = Math.max(0, previous.length - 5);
  const before = previous.slice(from);
  const { texts, found } = redactCards([...before, text]);
  const last = before.length;
  return {
    text: texts[last] as string,
    found: found.filter((f) => f.text === last).map((f) => ({ ...f, text: 0 })),
    earlier: before.flatMap((old, i) => (texts[i] === old ? [] : [{ index: from + i, text: texts[i] as string }])),
  };
}
