import { apply, type Redacted, untouchable } from "./redact/apply.ts";
import { findCards } from "./redact/cards.ts";
import { findEmails, findIbans, findPhones } from "./redact/contacts.ts";
import { fold } from "./redact/fold.ts";
import { findNationalIds } from "./redact/national-ids.ts";
import { findPasswords } from "./redact/passwords.ts";

/**
 * Personal data taken out of what people write. At rest only card numbers and security codes go (`redactAtRest`);
 * everything else goes too from logs, drafts for a model, exports and public drafts (`redactAll`).
 */
export type { Found, Redacted, RedactKind } from "./redact/apply.ts";
export { type AtRest, redactAtRest, redactCards } from "./redact-cards.ts";

/** All seven kinds. `language` is a BCP 47 tag; it helps to tell identity numbers from other figures. */
export function redactAll(texts: readonly string[], language?: string): Redacted {
  const folded = fold(texts);
  const blocked = untouchable(folded);
  const { text } = folded;
  const hits = [
    ...findCards(folded, blocked),
    ...findIbans(text),
    ...findEmails(text),
    ...findNationalIds(text, language),
    ...findPasswords(text),
    ...findPhones(text, language),
  ];
  return apply(texts, folded, hits, blocked);
}
