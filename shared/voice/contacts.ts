import { redactAll } from "../redact.ts";
import { finding, type VoiceDraft, type VoiceFinding } from "./finding.ts";
import { foldText } from "./text.ts";
import { deskMail, oursBefore, theirsBefore } from "./words/account.ts";

/** Telephone numbers, mail addresses and the like that are somebody's own, said in the open. */
export function contacts({ text, post: written, facts }: VoiceDraft, folded: string, post: string): VoiceFinding[] {
  const figures = written.replaceAll(/\D/gu, "");
  return redactAll([text]).found.flatMap(({ kind, start, end }) => {
    const said = folded.slice(start, end);
    if (post.includes(said)) return [];
    const before = folded.slice(Math.max(0, start - 40), start);
    if (kind === "email" && (deskMail.test(said) || atOurs(said, post))) return [];
    if ((kind === "email" || kind === "phone") && onALine(facts, said.trim())) return [];
    if (kind === "phone" && freePhone.test(said.trim())) return [];
    if ((kind === "email" || kind === "phone") && oursBefore.test(before) && !theirsBefore.test(before)) return [];
    if (kind === "phone" && said.replaceAll(/\D/gu, "").length > 0 && figures.includes(said.replaceAll(/\D/gu, "")))
      return [];
    return [finding("privacy", "contact-data", { start, end })];
  });
}

/** What the file says of a customer's own number or address; any other that stands in a fact is a line or a desk of ours. */
const ofTheirs =
  /(?<!\p{L})(?:customers?|callers?|their|her|his|on file|accounts?|registered|mobile|home|given|tenants?|guests?|passengers?|patients?|senders?|members?|owners?|called from|call(?:ed)? back|callback|(?:wrote|written|writes|booked|ordered) (?:from|with|by)|(?:number|phone|e-?mail|address|tel) (?:is|on|of|changed)|kund\p{L}*|hinterlegt\p{L}*|cliente?s?|klant\p{L}*|client\p{L}*)(?!\p{L})/u;
/** Free or shared-cost numbers belong to no person. */
const freePhone = /^\+?(?:44 ?)?\(?0?(?:800|808|300|330|345|344|818|1800|900|180|848)(?!\d)/u;
/** A number or address stands in a fact that does not call it a customer's. */
export const onALine = (facts: readonly string[], said: string): boolean =>
  facts.some((fact) => {
    const folded = foldText(fact);
    return folded.includes(said) && !ofTheirs.test(folded);
  });

/** An address at the place whose handle they called: "@mersfordlib" and rooms@mersford.example. */
function atOurs(mail: string, post: string): boolean {
  const place = /@([\p{L}\p{N}]{4,})/u.exec(mail)?.[1] ?? "";
  return [...post.matchAll(/@([\p{L}\p{N}_]{4,})/gu)].some(
    ([, handle = ""]) => handle.startsWith(place) || place.startsWith(handle),
  );
}
