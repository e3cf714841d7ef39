import { type Abuse, readAbuse } from "./abuse.ts";
import { type ToldKind, toldKinds } from "./kinds.ts";
import type { Label } from "./label.ts";
import { type Personal, readPersonal } from "./personal.ts";
import type { ThingFinder, ThingLabel } from "./things.ts";
import type { Tokens } from "./tokens.ts";
import type { Understanding } from "./understand.ts";

/** What a post holds beside its labels; nothing of it: the field is left out. */
export interface Beside {
  /** What kind of post it is, where no other label tells: a wish, a joke, a trouble that is over. */
  told?: readonly Label<ToldKind>[];
  /** Abuse of who works here. */
  abuse?: readonly Label<Abuse>[];
  /** Kinds of personal data in it, with their places and without their words. */
  personal?: readonly Label<Personal>[];
  /** Products and places of the account's list. */
  things?: readonly ThingLabel[];
}

/** `names`: how the company is called. `things`: the account's list; null: it has none. */
export function readBeside(
  post: Tokens,
  found: Understanding,
  { names, things, brandId }: { names: readonly string[]; things: ThingFinder | null; brandId: string | null },
): Beside {
  const told = toldKinds(post, found, names);
  const abuse = readAbuse(post);
  const personal = readPersonal(post.text, found.language.code);
  const named = things?.find(post.text, brandId) ?? [];
  return {
    ...(told.length > 0 && { told }),
    ...(abuse.length > 0 && { abuse }),
    ...(personal.length > 0 && { personal }),
    ...(named.length > 0 && { things: named }),
  };
}
