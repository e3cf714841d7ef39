import type { Clock } from "#platform/clock";
import type { ChannelAccess } from "../domain/adapter.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { field, list, text } from "../domain/read-json.ts";
import { readPostUri } from "./at-uri.ts";
import type { Identities } from "./identities.ts";
import { readRecord } from "./records.ts";

interface StrongRef {
  uri: string;
  cid: string;
}
export interface ReplyRefs {
  root: StrongRef;
  parent: StrongRef;
  /** The languages of the answered post, as its author stated them. */
  languages: string[];
}

const strong = (of: unknown): StrongRef | null => {
  const [uri, cid] = [text(of, "uri"), text(of, "cid")];
  return readPostUri(uri) && cid !== "" ? { uri, cid } : null;
};

/**
 * Where an answer hangs: the answered post as it is now, and the root that this post itself names (it is the root when it names none).
 * Null: the post is gone. Throws `NetworkFailure`.
 */
export async function replyRefs(
  deps: { clock: Clock; identities: Identities },
  access: ChannelAccess,
  toUri: string,
  budget: RateBudget,
  signal: AbortSignal,
): Promise<ReplyRefs | null> {
  const to = readPostUri(toUri);
  const found = to && (await readRecord(deps, access, to, budget, signal));
  if (!found) return null;
  const parent = { uri: found.uri, cid: found.cid };
  const root = strong(field(field(found.value, "reply"), "root")) ?? parent;
  const languages = list(found.value, "langs").filter((l): l is string => typeof l === "string");
  return { root, parent, languages: languages.filter((l) => LANGUAGE.test(l)).slice(0, 3) };
}

const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/;
