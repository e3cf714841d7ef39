import type { OutboundDelivery, SaidBefore } from "../../domain/adapter.ts";

const MOST_REFERENCES = 20;
const IS_MESSAGE_ID = /^<[^<>\s]{1,900}@[^<>\s]{1,900}>$/;

/** The mail that a delivery answers: the one it names, or the last one of whom it goes to that had come when it was written. */
export function answeredBy({ intent, before = [], createdAt }: OutboundDelivery): SaidBefore | null {
  if (intent.op !== "message") return before.find((m) => m.externalId === intent.toExternalId) ?? null;
  if (intent.subject !== undefined) return null;
  return (
    before.findLast((m) => m.direction === "in" && m.authorId === intent.toAuthorId && m.receivedAt <= createdAt) ??
    null
  );
}

/**
 * References of an answer (RFC 5322 §3.6.4): the thread's first mail, what was said since, and the answered one last. Of long threads the
 * middle is left out, the first and the last names are what programs thread by.
 */
export function referencesOf(answered: SaidBefore, before: readonly SaidBefore[]): string[] {
  const until = before.findIndex((m) => m.externalId === answered.externalId);
  const said = before.slice(0, Math.max(until, 0)).map((m) => m.externalId);
  const all = [answered.rootExternalId, ...said, answered.parentExternalId, answered.externalId].filter(
    (id): id is string => id !== null && IS_MESSAGE_ID.test(id),
  );
  const once = [...new Set(all.filter((id) => id !== answered.externalId)), ...all.slice(-1)].filter(
    (id, i, list) => list.indexOf(id) === i,
  );
  return once.length <= MOST_REFERENCES ? once : [once[0]!, ...once.slice(1 - MOST_REFERENCES)];
}

/** What its answer names in In-Reply-To; null where the mail had no name of its own. */
export function nameToAnswer(answered: SaidBefore): string | null {
  return IS_MESSAGE_ID.test(answered.externalId) ? answered.externalId : null;
}

const PREFIX = /^\s*(?:(?:re|aw|antw|sv|vs|odp|ynt|res|rif|réf|回复|回覆|答复|返信)(?:\[\d{1,3}\])?\s*[:\uFF1A]\s*)+/iu;

/** "Re: " once, whatever stood there before. */
export function answerSubject(subject: string): string {
  const plain = oneLine(subject).replace(PREFIX, "");
  return `Re: ${plain === "" ? "(no subject)" : plain}`.slice(0, 900);
}

/** The conversation's number at the end, once, however often the other side has carried it to and fro. */
export function withMark(subject: string, mark: string | undefined): string {
  const sign = mark === undefined ? "" : `[${oneLine(mark)}]`;
  if (sign === "" || subject.toLowerCase().includes(sign.toLowerCase())) return subject;
  return `${subject.slice(0, 890 - sign.length).toWellFormed()} ${sign}`;
}

/** Nothing that could end a header line. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim()
    .toWellFormed();
}
