import { createHash } from "node:crypto";
import { z } from "zod";
import { COLOURS, type Colour, type ProfileFacts } from "./records.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Profile, State } from "./state.ts";
import { BIO_LIMIT, checkText, NAME_LIMIT } from "./text.ts";

/** `@Name` or `name` → `name`. */
export const handleInput = z
  .string()
  .max(40)
  .transform((s) => s.trim().replace(/^@/, "").toLowerCase())
  .refine((s) => /^[a-z0-9_]{2,20}$/.test(s), "a handle has 2 to 20 of a-z, 0-9 and _");

export const colourInput = z.enum(COLOURS);

/** A BCP 47 tag, roughly: enough to be sure that it is one harmless word. */
export const languageInput = z
  .string()
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/, "a language tag such as en or pt-BR");

export const followersInput = z.int().min(0).max(2_000_000_000);

export type ProfileInput = {
  handle: string;
  name?: string;
  bio?: string;
  colour?: Colour;
  language?: string | null;
  followers?: number;
  createdAt?: number;
  owner?: string | null;
};

export function followersOf(profile: Profile): number {
  return profile.followersBase + profile.followedBy.size;
}

/** A colour that stays with the handle when none is chosen. */
function colourOf(handle: string): Colour {
  return COLOURS[(createHash("sha256").update(handle).digest()[0] ?? 0) % COLOURS.length] as Colour;
}

/** The facts of a new or changed profile. `known` is what stands there now. */
export function decideProfile(
  known: Profile | undefined,
  kind: ProfileFacts["kind"],
  input: ProfileInput,
  id: string,
  now: number,
): { ok: true; facts: ProfileFacts; changed: boolean } | Refusal {
  if (known && known.kind !== kind) return refuse("handle-taken", `@${input.handle} is a ${known.kind}.`);
  const name = checkText(input.name ?? known?.name ?? input.handle, NAME_LIMIT, "name");
  if (!name.ok) return name;
  if (name.text.includes("\n")) return refuse("text-invalid", "The name holds a line break: write it on one line.");
  const bio = checkText(input.bio ?? known?.bio ?? "", BIO_LIMIT, "bio", true);
  if (!bio.ok) return bio;
  const base =
    input.followers === undefined
      ? (known?.followersBase ?? 0)
      : Math.max(0, input.followers - (known?.followedBy.size ?? 0));
  const facts: ProfileFacts = {
    id: known?.id ?? id,
    handle: input.handle,
    name: name.text,
    bio: bio.text,
    kind,
    colour: input.colour ?? known?.colour ?? colourOf(input.handle),
    language: input.language === undefined ? (known?.language ?? null) : input.language,
    followersBase: base,
    createdAt: known?.createdAt ?? Math.min(input.createdAt ?? now, now),
    owner: known ? known.owner : (input.owner ?? null),
  };
  const changed = !known || (Object.keys(facts) as (keyof ProfileFacts)[]).some((k) => facts[k] !== known[k]);
  return { ok: true, facts, changed };
}

/** The profile with this handle, or why not. */
export function findHandle(state: State, handle: string): { ok: true; profile: Profile } | Refusal {
  const profile = state.byHandle.get(handle.replace(/^@/, "").toLowerCase());
  if (profile) return { ok: true, profile };
  return refuse("not-found", "There is nobody with this handle.");
}
