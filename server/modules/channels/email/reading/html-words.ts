import { htmlToText } from "#shared/plain-text";
import { QUOTE_BEGINS } from "./quoted.ts";

const MAX_HTML = 2_000_000;

/** Marks by which mail programs say that an element holds what they quote. */
const QUOTES =
  /\b(?:gmail_quote|yahoo_quoted|protonmail_quote|moz-cite-prefix|OutlookMessageHeader|zmail_extra|tutanota_quote|ox-quote|ms-outlook-mobile-reference-message|divRplyFwdMsg|appendonsend|reply-intro|stopSpelling|mail-editor-reference-message-container|ymail_quoted|OLK_SRC_BODY_SECTION)\b|\btype\s?=\s?["']?cite\b|\bname\s?=\s?["']?quote\b/i;
/** So many elements are looked at, each so far: a mail made to hold us up holds nothing up. */
const [MOST_TAGS, MOST_OF_TAG] = [20_000, 1_000];

/** The words of an HTML mail; where its program marks the quotation, so do we. */
export function wordsOfHtml(html: string): string {
  const bounded = html.slice(0, MAX_HTML);
  const at = quotationIn(bounded);
  return htmlToText(at === null ? bounded : `${bounded.slice(0, at)}<p>${QUOTE_BEGINS}</p>${bounded.slice(at)}`);
}

function quotationIn(html: string): number | null {
  let tags = 0;
  for (let at = html.indexOf("<"); at >= 0 && tags < MOST_TAGS; at = html.indexOf("<", at + 1)) {
    if (!/[a-z]/i.test(html[at + 1] ?? "")) continue;
    tags += 1;
    const tag = html.slice(at, at + MOST_OF_TAG);
    const end = tag.indexOf(">");
    if (QUOTES.test(end < 0 ? tag : tag.slice(0, end))) return at;
  }
  return null;
}
