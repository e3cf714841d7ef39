const PREFIX =
  /^\s*(?:(?:re|fwd?|aw|wg|antw|sv|vs|odp|ynt|res|rif|réf|tr|rv|enc|doorst|回复|回覆|答复|返信|转发)(?:\[\d{1,3}\])?\s*[:\uFF1A]\s*)+/iu;
/** A conversation's number as it stands in the subjects of our mails: [C-20481]. */
const MARK = /\[C-(\d{1,9})\]/giu;
/** A list of numbers names nothing. */
const MOST_MARKS = 3;

/** The conversation numbers that a subject carries, each once, in order. */
export function numbersInSubject(subject: string): number[] {
  const found = [...subject.slice(0, 1_000).matchAll(MARK)].map((m) => Number(m[1]));
  return [...new Set(found)].slice(0, MOST_MARKS);
}

/** What a subject says, without what programs put before and behind it. */
export function plainSubject(subject: string): string {
  return subject.replace(MARK, " ").replace(/\s+/gu, " ").replace(PREFIX, "").trim();
}
