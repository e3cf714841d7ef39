/** A feed of more than this is no feed (a year of a busy blog is a tenth of it). */
export const MAX_FEED = 5 * 1_048_576;
/** Elements within elements; feeds need about ten. */
const MAX_DEPTH = 100;
/** Attributes and elements of a page of a thousand entries stay far below. */
const MAX_ELEMENTS = 200_000;
/** One tag with all its attributes; the longest of real feeds carry a few namespaces or an address. */
const MAX_TAG = 64_000;

/** What is wrong with XML from a stranger before any parser looks at it; null when it may be read. Linear. */
export function hostileXml(xml: string): string | null {
  const head = xml.slice(0, 100_000);
  // Entities are how a small file becomes a large one, and how a file reads other files. Feeds need no document type at all.
  if (/<!DOCTYPE[^<>[]*\[/i.test(head) || /<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)\b/i.test(xml))
    return "It declares entities, which no feed needs.";
  let depth = 0;
  let elements = 0;
  const tag = /<(?:!--|!\[CDATA\[|[!?]|(\/?)[A-Za-z_][^\s/>]*)/g;
  for (let found = tag.exec(xml); found; found = tag.exec(xml)) {
    const closing = found[0] === "<!--" ? "-->" : found[0].startsWith("<![") ? "]]>" : ">";
    const end = xml.indexOf(closing, tag.lastIndex);
    if (end < 0) return "It ends in the middle of a tag.";
    tag.lastIndex = end + closing.length;
    if (found[1] === undefined) continue;
    elements += 1;
    if (end - found.index > MAX_TAG) return "One of its tags is as long as a book.";
    if (found[1] === "/") depth -= 1;
    else if (xml[end - 1] !== "/") depth += 1;
    if (depth > MAX_DEPTH) return "Its elements are nested too deeply.";
    if (elements > MAX_ELEMENTS) return "It has too many elements.";
  }
  return null;
}
