import type { Signed } from "../finding.ts";
import * as says from "./words.ts";

const run = String.raw`\p{Lu}[\p{L}\p{N}&'’.]*(?:\s\p{Lu}[\p{L}\p{N}&'’]*){0,3}`;
const joined = new RegExp(
  String.raw`^(?<mark>\P{L}{0,4})(?:\p{Lu}\.?\p{Lu}\.?(?!\p{L})|\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]*\.?)?)(?<joiner>\s*[,/|·•:+&@(–—-]\s*|\s(?:at|from|of|for|with|von|vom|bei|für|de|del|du|chez|pour|para|da|van)\s(?:the |der |dem |la |el |l['’])?)(?<brand>${run})`,
  "u",
);
const leads =
  /(?<!\p{L})(?:like|as in|sign(?:s|ed)? as|e\. ?g\.|for example|such as|wie|zum beispiel|z\. ?b\.|etwa|como|por ejemplo|p\. ?ej\.|comme|par exemple|p\. ?ex\.)[\s,:]+|:\s*/giu;

/** What a clause shows as an example: in quotes, in brackets, after "like" or a colon. */
function shownIn(text: string): string[] {
  const quoted = [...text.matchAll(/"([^"\n]{2,80})"|[“„]([^”“\n]{2,80})[”“]|«\s?([^»\n]{2,80}?)\s?»/gu)].map(
    (hit) => hit[1] ?? hit[2] ?? hit[3] ?? "",
  );
  const bracketed = [...text.matchAll(/(?<=\s)\(([^()\n]{2,80})\)/gu)].map((hit) => hit[1] ?? "");
  const led = [...text.matchAll(leads)].map((hit) => text.slice(hit.index + hit[0].length, hit.index + 100));
  return [...quoted, ...bracketed, ...led];
}

/** The company beside the name: `brand` as it is shown (true: none is shown), `joiner`: what is shown between them. */
export interface Company {
  brand: string | true;
  joiner: string;
  /** What is shown before the name; undefined: no name is shown. */
  mark?: string;
}

/** What a clause says of the company after the agent's name; null where it is not asked for. `from`: where the kind of name ends in it. */
export function companyIn(text: string, who: Signed["who"], from: number): Company | null {
  const spoken = says.company.test(text.slice(from)) || /,\s*(?:the )?(?:company|brand)/iu.test(text.slice(from));
  if ((who === "initials" && !spoken) || says.companyFirst.test(text)) return null;
  for (const one of shownIn(text)) {
    const hit = joined.exec(one)?.groups;
    const joiner = hit?.joiner?.trim() ?? "";
    if (!hit?.brand || (joiner === "," && !spoken && !/^["“]/u.test(one))) continue;
    if (!spoken && (joiner === ":" || /^[–—-]$/u.test((hit.joiner ?? "").trimEnd()))) continue;
    return { brand: hit.brand.replace(/[.'’]+$/u, ""), joiner, mark: (hit.mark ?? "").replaceAll(/[\s"'“”]/gu, "") };
  }
  const at = /name["'”]?\s+(?:at|from|of|,|von|de)\s+(\p{Lu}[\p{L}\p{N}&'-]*)/u.exec(text)?.[1];
  const quoted = /^["'”]?,?\s(?:and|plus|und|y|et)\s+["'“‘„«]\s?(\p{Lu}[^"'”’“»\n]{1,40}?)\s?["'”’“»]/u.exec(
    text.slice(from),
  )?.[1];
  if (quoted) return { brand: quoted, joiner: "" };
  if (at) return { brand: at, joiner: "" };
  return spoken ? { brand: true, joiner: "" } : null;
}

/** Every way in which the name and the company may be joined: a house shows one and takes its like. */
export function withCompany(base: Signed, { brand, joiner }: Company): Signed[] {
  if (brand === true || brand.includes("-")) {
    const plain: Signed = { ...base, company: true };
    const others = ["/", "·", "•", "+", "&", "for", "vom", "chez", "du", "del"];
    // A signature of lines of its own: the name on one, the company on the next.
    const lines: Signed[] = base.mark === "" ? [{ ...base, company: false, mark: "\n", where: "anywhere" }] : [];
    return [plain, ...lines, ...others.map((close): Signed => ({ ...base, company: false, close, where: "anywhere" }))];
  }
  const joiners = new Set(["/", "·", "•", "|", ":", "+", "&", "for", "vom", "chez", "du", "del", joiner]);
  const closes = [...joiners]
    .filter((one) => !/[-–—,(@]/u.test(one))
    .flatMap((one) => (/\p{L}/u.test(one) ? [`${one} ${brand}`] : [`${one} ${brand}`, `${one}${brand}`]));
  return [
    { ...base, company: brand },
    ...[...new Set([...closes, brand])].map((close): Signed => ({ ...base, company: false, close })),
  ];
}
