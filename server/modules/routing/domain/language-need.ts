import { base } from "./accepts.ts";
import type { Need } from "./model.ts";

/** How well a language has to be known to answer in it. */
export const LANGUAGE_LEVEL = 40;
const english = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/**
 * The skill that stands for a language: named by its tag ("de", "language:de") or its English name ("German").
 * Null when no agent has such a skill: then the language cannot be asked for, and anybody of the team may take it.
 */
export function languageNeed(language: string, skills: readonly { skillId: string; name: string }[]): Need | null {
  const tag = base(language);
  if (!/^[a-z]{2,3}$/.test(tag) || tag === "und" || tag === "mul" || tag === "zxx") return null;
  const names = new Set([tag, `language:${tag}`, `language: ${tag}`]);
  const full = english.of(tag)?.toLowerCase();
  if (full) for (const name of [full, `language:${full}`, `language: ${full}`]) names.add(name);
  const skill = skills.find((s) => names.has(s.name.toLowerCase()));
  return skill ? { skillId: skill.skillId, name: skill.name, level: LANGUAGE_LEVEL, kind: "hard" } : null;
}
