import type { LengthRule } from "../capabilities.ts";
import { type HouseVoice, type VoiceRule, voiceRules } from "./finding.ts";
import { readDisclosure } from "./signed/read.ts";

export { readDisclosure } from "./signed/read.ts";

/** House rules as a company writes them down: lengths as numbers by network, the other rules in words. */
export interface HouseRules {
  length?: unknown;
  [rule: string]: unknown;
}

const otherNames: Record<string, string> = {
  playground: "play",
  twitter: "x",
  bsky: "bluesky",
  fb: "facebook",
  ig: "instagram",
  fediverse: "mastodon",
};
const nameOf = (network: string) => otherNames[network.toLowerCase()] ?? network.toLowerCase();

/** How a network counts, when all that is said is a number. */
function ruleOf(network: string, max: number): LengthRule {
  switch (network) {
    case "x":
      return { unit: "x-weighted", max };
    case "bluesky":
      return { unit: "graphemes", max, maxUtf8Bytes: 3_000 };
    case "mastodon":
      return { unit: "mastodon", max, urlCost: 23 };
    case "facebook":
    case "instagram":
    case "reddit":
      return { unit: "codepoints", max };
    default:
      return { unit: "graphemes", max };
  }
}

/** The limit the rules set for a network; null where they set none. `"x private": 10000` is for private messages of it. */
export function readLimit(length: unknown, network: string, isPublic: boolean): LengthRule | null {
  const wanted = nameOf(network);
  if (typeof length === "string") {
    const named = new RegExp(
      String.raw`(?<![\p{L}\p{N}])${literal(wanted)}\p{L}{0,12}["']?[\s:=(]{0,4}(\d{2,6})`,
      "iu",
    ).exec(length);
    return named ? ruleOf(wanted, Number(named[1])) : null;
  }
  if (typeof length !== "object" || length === null) return null;
  let general: number | null = null;
  let own: number | null = null;
  for (const [key, value] of Object.entries(length)) {
    const [first = "", ...rest] = key.toLowerCase().split(/[^a-z0-9]+/u);
    if (nameOf(first) !== wanted) continue;
    const nested = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
    const side = nested?.[isPublic ? "public" : "private"];
    const max =
      typeof value === "number"
        ? value
        : typeof nested?.max === "number"
          ? nested.max
          : typeof side === "number"
            ? side
            : null;
    if (max === null || !Number.isFinite(max)) continue;
    const about = rest.join(" ");
    if (about === "") general = max;
    else if (isPublic ? /public|post|reply/u.test(about) : /priv|dm|direct|message/u.test(about)) own = max;
  }
  const max = own ?? general;
  return max === null ? null : ruleOf(wanted, max);
}

const literal = (s: string) => s.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

const quoted = /"([^"\n]{2,60})"|“([^”\n]{2,60})”|(?<!\p{L})‘([^’\n]{2,60})’/gu;
const forbids = /(?<!\p{L})(?:never|not|no|avoid|without|don't|do not|nie|kein\p{L}*|nunca|jamais)(?!\p{L})/iu;
/** A sentence that allows what it quotes. */
const allows =
  /(?<!\p{L})(?:may|can|always|are|is) (?:always )?(?:be (?:said|used)|allowed|fine|welcome|all right|no promise)(?!\p{L})/iu;

/** Words a rule forbids by quoting them: 'never say "calm down"'. */
export function readAvoided(rules: HouseRules): HouseVoice["avoid"] {
  return voiceRules.flatMap((rule: VoiceRule) => {
    const text = rules[rule];
    if (typeof text !== "string" || rule === "length" || rule === "disclosure") return [];
    const said = text.slice(0, 4_000);
    // What stands in quotes ends no sentence and forbids nothing.
    const bare = said.replaceAll(quoted, (words) => " ".repeat(words.length));
    return [...said.matchAll(quoted)].flatMap((hit) => {
      const from = Math.max(...[". ", "; ", "! ", "\n"].map((stop) => bare.lastIndexOf(stop, hit.index))) + 1;
      const to = bare.slice(hit.index).search(/[.;!](?:\s|$)/u);
      const after = bare.slice(hit.index, to < 0 ? undefined : hit.index + to);
      const words = (hit[1] ?? hit[2] ?? hit[3] ?? "").trim();
      if (words === "" || allows.test(after) || !forbids.test(bare.slice(Math.max(0, from), hit.index))) return [];
      return [{ words, rule }];
    });
  });
}

/** What house rules ask of a reply on a network. */
export function readHouseRules(rules: HouseRules, network: string, isPublic: boolean): HouseVoice {
  return {
    limit: readLimit(rules.length, network, isPublic),
    disclosure: readDisclosure(rules.disclosure, network),
    avoid: readAvoided(rules),
  };
}
