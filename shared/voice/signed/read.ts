import type { AutomaticWords, DisclosureAsked, Signed } from "../finding.ts";
import { exampleIn } from "./example.ts";
import * as says from "./words.ts";

type Scope = "public" | "private" | "both" | "unsaid";
interface Clause {
  text: string;
  scope: Scope;
}
/** What one language of a rule asks for. */
interface Reading {
  public: Signed | null;
  private: Signed | null;
  /** Nothing is asked of private messages, in so many words. */
  privateFree: boolean;
  every: boolean;
  automatic: AutomaticWords | null;
}

/** The same rule in other languages stands after " / ". */
function versionsOf(text: string): string[] {
  const parts = text.split(/\s+\/\s+(?=["“¿¡]?\p{Lu})/u);
  return parts.every((one) => one.split(/\s+/u).length >= 4) ? parts : [text];
}

const inQuotes = /"[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|\([^()\n]*\)/gu;
/** Places where a clause ends: a stop outside of quotes, or where the talk turns to private messages. */
function clausesOf(text: string): Clause[] {
  const hidden = text.replaceAll(inQuotes, (part) => "·".repeat(part.length));
  const ends = [
    ...hidden.matchAll(
      /(?<=[.;!?\n·])\s+(?=[^\s\p{Ll}])|(?<=[;\n])\s*|(?<=[.!?])\s+(?=\p{Ll}{3})(?<!\b(?:e\.g|i\.e|z\.\s?b|p\.\s?ej|p\.\s?ex|bijv|es)\.\s+)|,?\s+(?:and |but |while |und |aber |y |pero |et |mais |e |ma |mas |en |maar )?(?=(?:[Ii]n (?:private|DMs?)|[Pp]rivate (?:ones|messages|replies)|[Pp]rivat(?:e|en)? (?:enden|mit|am)|[Ee]n privado|en privé|in privato|em privado|in privé|privé ?berichten)(?!\p{L}))/gu,
    ),
  ].map((hit) => hit.index);
  const found: Clause[] = [];
  let from = 0;
  for (const end of [...ends, text.length]) {
    const part = text
      .slice(from, end)
      .replace(/^[\s,]+/u, "")
      .trim();
    from = end;
    if (part === "") continue;
    const open = says.inPublic.test(part);
    const closed = says.inPrivate.test(part);
    const scope =
      open && closed ? "both" : open ? "public" : closed ? "private" : says.every.test(part) ? "both" : "unsaid";
    found.push({ text: part, scope });
  }
  return found;
}

function markOf(text: string): { mark: string; close: string } {
  const quoted = /["'“„«‘`]\s?([\^~/|*_:–—-]{1,2})\s?["'”“»’`]/u.exec(text)?.[1] ?? /[\^~|]/u.exec(text)?.[0];
  if (quoted) return { mark: quoted, close: "" };
  const hit = says.marks.find(([pattern]) => pattern.test(text));
  return hit ? { mark: hit[1], close: hit[2] } : { mark: "", close: "" };
}

function companyOf(text: string, who: Signed["who"]): boolean | string {
  if (who === "initials") return false;
  const named =
    /name["'”]?\s+(?:at|from|of|,|von|de)\s+(\p{Lu}[\p{L}\p{N}&'-]*)/u.exec(text)?.[1] ??
    /["'“](?:\p{Lu}\p{L}+)\s+(?:at|from|of|von|de|bei|da|van)\s+(\p{Lu}[^"'”]{1,40})["'”]/u.exec(text)?.[1];
  return named ?? (says.company.test(text) || /,\s*(?:the )?(?:company|brand)/iu.test(text));
}

/** How a clause asks for a signature; null where it speaks of none that is known. */
export function signedIn(text: string): Signed | null {
  const named = markOf(text);
  const shape = exampleIn(text, named.close !== "");
  const who: Signed["who"] | null = says.firstInitial.test(text)
    ? "first-initial"
    : says.full.test(text)
      ? "full-name"
      : says.initials.test(text)
        ? "initials"
        : says.first.test(text)
          ? "first-name"
          : (shape?.kind ?? (says.name.test(text) ? "name" : null));
  if (!who) return null;
  const start = says.atStart.test(text);
  const end = says.atEnd.test(text) || named.mark === "^";
  const mark = shape && (shape.before !== "" || shape.after !== "") ? shape.before : named.mark;
  const close = shape && (shape.before !== "" || shape.after !== "") ? shape.after : named.close;
  return {
    who,
    mark,
    ...(close !== "" && { close }),
    company: companyOf(text, who),
    where: start && !end ? "start" : end && !start ? "end" : "anywhere",
    ...(says.firstMessage.test(text) && { firstOnly: true }),
  };
}

/** The words a clause gives for automatic replies: 'begins with "I am a bot"', 'what nobody wrote closes with /bot'. */
function automaticIn(text: string): AutomaticWords | null {
  const start = says.atStart.exec(text);
  const end = says.atEnd.exec(text);
  if (!start && !end) return null;
  const words =
    /"([^"\n]{2,60})"|“([^”\n]{2,60})”|„([^“”\n]{2,60})[“”]|«\s?([^»\n]{2,60}?)\s?»|(?<!\p{L})[‘']([^’'\n]{2,60})[’'](?!\p{L})/u
      .exec(text)
      ?.slice(1)
      .find(Boolean) ??
    /[[{<][^\]}>\n]{2,40}[\]}>]/u.exec(text)?.[0] ??
    /\(([^()\n]{2,40})\)/u.exec(text)?.[1] ??
    /(?<!\S)[/^~#*]\p{L}{2,12}/u.exec(text)?.[0] ??
    /🤖/u.exec(text)?.[0];
  if (!words) return null;
  return { words, where: start && (!end || start.index < end.index) ? "start" : "end" };
}

function readVersion(text: string): Reading {
  const clauses = clausesOf(text);
  const out: Reading = { public: null, private: null, privateFree: false, every: false, automatic: null };
  let last: Scope = "unsaid";
  for (const { text: said, scope } of clauses) {
    if (says.automatic.test(said) && !(says.initials.test(said) && scope !== "unsaid" && !automaticIn(said))) {
      out.automatic ??= automaticIn(said);
      // One sentence may speak of both: what stands before the machine's part is the agent's.
      const before = said
        .slice(0, said.search(says.automatic))
        .split(/[,;:]\s|\s(?:or|oder|o|ou|of)\s/u)
        .slice(0, -1);
      const people = before.join(", ");
      if (out.public || !signedIn(people) || !(says.atStart.test(people) || says.atEnd.test(people))) continue;
      out.public = signedIn(people);
      continue;
    }
    const here: Scope = scope === "unsaid" ? last : scope;
    last = here;
    const free =
      (says.unsigned.test(said) && !says.firstMessage.test(said)) ||
      says.nobody.test(said.replace(/^[^:]{1,30}:/u, ""));
    if (free) {
      if (here === "private") out.privateFree = true;
      continue;
    }
    const signed = signedIn(said);
    if (!signed) continue;
    if (here === "private") out.private ??= signed;
    else if (here === "both") {
      out.every = true;
      out.public ??= signed;
    } else out.public ??= signed;
  }
  return out;
}

const anyTrace: Signed = { who: "name", mark: "", company: false, where: "anywhere", loose: true };

/** The signature a rule asks for, read out of its words. What is not understood is never held against a reply that names its writer. */
export function readDisclosure(rule: unknown): DisclosureAsked {
  const text = typeof rule === "string" ? rule.slice(0, 2_000) : "End with ^ initials";
  if (says.nobody.test(text)) return { who: "nobody", mark: "", company: false, where: "anywhere", alsoPrivate: false };
  const read = versionsOf(text).map(readVersion);
  const open = read.flatMap((one) => one.public ?? []);
  const closed = read.flatMap((one) => one.private ?? []);
  const spoken = [...new Set(read.flatMap((one) => one.automatic ?? []))];
  const [main = anyTrace, ...or] = open;
  const [automatic, ...more] = spoken;
  // The first private message may name the agent anywhere in it.
  const firstInPrivate =
    closed.length > 0 && closed.every((one) => one.firstOnly && one.who === "first-name" && one.mark === "");
  return {
    ...main,
    alsoPrivate: closed.length === 0 && !read.some((one) => one.privateFree) && read.some((one) => one.every),
    ...(or.length > 0 && { or }),
    ...(closed.length > 0 && !firstInPrivate && { inPrivate: closed }),
    ...(firstInPrivate && { firstInPrivate }),
    ...(automatic && { automatic: { ...automatic, ...(more.length > 0 && { or: more }) } }),
  };
}
