/** The shape that an example in a rule shows: "[Nia]", "- Priya", "(KL)", "Dee here, ...". */
export interface Shape {
  kind: "initials" | "first-name" | "first-initial" | "full-name";
  before: string;
  after: string;
}

const mark = String.raw`[\^~|*_#:/\\–—<\[{(=+»>-]|\p{Extended_Pictographic}\uFE0F?`;
const closing = String.raw`[\]})>*_~|^/\\–—-]|\p{Extended_Pictographic}`;
const named = String.raw`(?<two>\p{Lu}\.?\s?\p{Lu}\.?(?:\p{Lu}\.?)?)(?![\p{L}\p{N}])|(?<first>\p{Lu}[\p{Ll}'’]+(?:-\p{Lu}\p{Ll}+)?)(?:\s(?:(?<letter>\p{Lu})(?![\p{L}])\.?|(?<last>\p{Lu}[\p{Ll}'’-]+)))?`;
const shown = new RegExp(String.raw`(?<before>(?:(?:${mark})\s?){0,2})(?:${named})(?<after>(?:${closing}){0,2})`, "u");
const lower = /(?<before>[\^~|*_/])(?<two>\p{Ll}{2,3})(?![\p{L}\p{N}])(?<after>)/u;

const pairs: Record<string, string> = { "[": "]", "{": "}", "(": ")", "<": ">" };

function shapeOf(text: string): Shape | null {
  const hit = shown.exec(text) ?? lower.exec(text);
  if (!hit?.groups) return null;
  const { before = "", after = "", two, last, letter } = hit.groups;
  const open = before.replaceAll(/\s/gu, "");
  const pair = pairs[open];
  return {
    kind: two ? "initials" : last ? "full-name" : letter ? "first-initial" : "first-name",
    before: open,
    after: pair ? (after.startsWith(pair) ? pair : "") : after.replace(/[)\]}>]/gu, ""),
  };
}

const quotedPart =
  /"([^"\n]{2,60})"|[“„]([^”“\n]{2,60})[”“]|«([^»\n]{2,60})»|(?<!\p{L})[‘‚']([^’‘'\n]{2,60})[’‘'](?!\p{L})|`([^`\n]{2,60})`/gu;
const leadIn =
  /(?:like|as in|e\. ?g\.|for example|such as|wie|zum beispiel|z\. ?b\.|etwa|como|por ejemplo|p\. ?ej\.|comme|par exemple|p\. ?ex\.|come|ad esempio|per esempio|es\.|por exemplo|zoals|bijv\.|bijvoorbeeld|:)[\s,:]*$/iu;

/** The example of a clause; `bracketed`: round brackets are spoken of, so those around an example are part of it. */
export function exampleIn(clause: string, bracketed: boolean): Shape | null {
  for (const hit of clause.matchAll(quotedPart)) {
    const found = shapeOf(hit[1] ?? hit[2] ?? hit[3] ?? hit[4] ?? hit[5] ?? "");
    if (found) return found;
  }
  const bare = clause.replaceAll(quotedPart, " ");
  for (const hit of bare.matchAll(/\(([^()\n]{1,40})\)/gu)) {
    const inner = hit[1] as string;
    const found = /^\P{L}{0,4}\p{Lu}/u.test(inner) || lower.test(inner) ? shapeOf(inner) : null;
    if (!found) continue;
    const plain = found.before === "" && /^\p{L}[\p{L}. ]*$/u.test(inner);
    const own = bracketed || leadIn.test(bare.slice(0, hit.index));
    return plain && own ? { ...found, before: "(", after: ")" } : found;
  }
  for (const hit of bare.matchAll(
    /(?:(?<=\s)|^)([\^~|*_/[{<]\s?\p{L}[\p{L}. ]{0,30}?[\]}>*|_~^/]?)(?=[\s.,;:!?]|$)/gu,
  )) {
    const found = shapeOf(hit[1] as string);
    if (found && /\p{Lu}|^[\^~]\p{Ll}{2,3}$/u.test(hit[1] as string)) return found;
  }
  const after = bare.search(
    /(?<=(?:like|as in|e\. ?g\.|z\. ?b\.|zoals|comme|such as|for example|por ejemplo|por exemplo|par exemple|ad esempio|zum beispiel|bijv\.)[\s,:]{1,3})(?:\P{L}{0,3})\p{Lu}/iu,
  );
  if (after >= 0) {
    const rest = bare.slice(after, after + 40);
    if (/^\P{L}{0,3}\p{Lu}/u.test(rest)) return shapeOf(rest);
  }
  const emoji = /(?:^|\s)(\p{Extended_Pictographic}\uFE0F?\s?\p{Lu}\p{L}*)/u.exec(bare)?.[1];
  return emoji ? shapeOf(emoji) : null;
}
