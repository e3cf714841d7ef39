import { base } from "./accepts.ts";
import type { Need } from "./model.ts";

/** How well a language has to be known to answer in it. */
export const LANGUAGE_LEVEL = 40;
const english = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

const namesOf = new Map<string, ReadonlySet<string>>();
/** How a skill for a language may be called. */
function skillNames(tag: string): ReadonlySet<string> {
  const known = namesOf.get(tag);
  if (known) return known;
  const full = english.of(tag)?.toLowerCase();
  const names = [tag, ...(full ? [full] : [])].flatMap((name) => [name, `language:${name}`, `language: ${name}`]);
  const made = new Set(names);
  // Tags of three letters are not endless, but nobody needs them all.
  if (namesOf.size >= 1_000) namesOf.clear();
  namesOf.set(tag, made);
  return made;
}

/**
 * The skill that stands for a language: named by its tag ("de", "language:de") or its English name ("German").
 * Null when no agent has such a skill: then the language cannot be asked for, and anybody of the team may take it.
 */
export function languageNeed(language: string, skills: readonly { skillId: string; name: string }[]): Need | null {
  const tag = base(language);
  if (!/^[a-z]{2,3}$/.test(tag) || tag === "und" || tag === "mul" || tag === "zxx") return null;
  const names = skillNames(tag);
  const skill = skills.find((s) => names.has(s.name.toLowerCase()));
  return skill
    ? { skillId: skill.skillId, name: skill.name, level: LANGUAGE_LEVEL, kind: "hard", clearance: "language" }
    : null;
}
