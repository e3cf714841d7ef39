import type { Clock } from "#platform/clock";
import type { ChannelAccess } from "../../domain/adapter.ts";
import { NetworkFailure } from "../../domain/errors.ts";
import type { RateBudget } from "../../domain/rate-budget.ts";
import { count, text } from "../../domain/read-json.ts";
import type { Identities } from "../identities.ts";
import { readRecord } from "../records.ts";
import type { Sessions } from "../session.ts";
import { settingsOf } from "../settings.ts";
import { failureOf } from "../xrpc.ts";

/** A name is a help, not a condition: a post is not held up longer than this for it. */
const WITHIN = 4_000;

/** Who somebody is, in the words of app.bsky.actor.defs#profileView; as much of it as can be had. */
export type AuthorLine = Record<string, string | number>;

export async function describeAuthor(
  deps: { clock: Clock; identities: Identities; sessions: Sessions },
  access: ChannelAccess,
  did: string,
  budget: RateBudget,
  signal: AbortSignal,
): Promise<AuthorLine> {
  if (did === access.externalId) return { handle: access.handle };
  const limited = AbortSignal.any([signal, AbortSignal.timeout(WITHIN)]);
  const [handle, profile] = await Promise.all([
    deps.identities.handleOf(access, did, budget, limited),
    profileOf(deps, access, did, budget, limited),
  ]);
  return { ...(handle !== "" && { handle }), ...profile };
}

async function profileOf(
  deps: { clock: Clock; identities: Identities; sessions: Sessions },
  access: ChannelAccess,
  did: string,
  budget: RateBudget,
  signal: AbortSignal,
): Promise<AuthorLine> {
  if (settingsOf(access.config).appView) {
    const spec = {
      method: "app.bsky.actor.getProfile",
      query: { actor: did },
      bucket: "read",
      for: "listening",
    } as const;
    const done = await deps.sessions.call(access, spec, budget, signal);
    if (!failureOf(done) && done.kind === "answer") return profileLine(done.body);
  }
  try {
    const of = { did, collection: "app.bsky.actor.profile", rkey: "self" };
    const found = await readRecord(deps, access, of, budget, signal);
    return found ? profileLine(found.value) : {};
  } catch (error) {
    if (error instanceof NetworkFailure) return {};
    throw error;
  }
}

function profileLine(body: unknown): AuthorLine {
  const [name, avatar, followers] = [text(body, "displayName"), text(body, "avatar"), count(body, "followersCount")];
  return {
    ...(name !== "" && { displayName: name.slice(0, 640) }),
    ...(avatar.startsWith("https://") && { avatar }),
    ...(followers !== undefined && { followersCount: followers }),
  };
}
