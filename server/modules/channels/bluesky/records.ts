import type { Clock } from "#platform/clock";
import type { ChannelAccess } from "../domain/adapter.ts";
import { type ChannelErrorData, NetworkFailure } from "../domain/errors.ts";
import { createRateBudget, type RateBudget } from "../domain/rate-budget.ts";
import { field, text } from "../domain/read-json.ts";
import { POST } from "./at-uri.ts";
import type { Identities } from "./identities.ts";
import { homeOf } from "./session.ts";
import { settingsOf } from "./settings.ts";
import { failureOf, xrpc } from "./xrpc.ts";

export interface FoundRecord {
  uri: string;
  cid: string;
  value: unknown;
}

/** A public record as its author's own server has it; null when it is not there (any more). Throws `NetworkFailure`. */
export async function readRecord(
  deps: { clock: Clock; identities: Identities },
  access: ChannelAccess,
  of: { did: string; collection?: string; rkey: string },
  budget: RateBudget,
  signal: AbortSignal,
): Promise<FoundRecord | null> {
  const { privateNetwork } = settingsOf(access.config);
  const ours = of.did === access.externalId;
  const at = ours ? homeOf(access) : (await deps.identities.facts(access, of.did, budget, signal))?.pds;
  if (!at) return null;
  const done = await xrpc(
    {
      ...{ at, method: "com.atproto.repo.getRecord", bucket: "read", for: "reply" },
      query: { repo: of.did, collection: of.collection ?? POST, rkey: of.rkey },
      mayBeInside: privateNetwork,
    },
    // Another server's limits are not ours.
    ours ? budget : createRateBudget(),
    deps.clock,
    signal,
  );
  const failure = failureOf(done);
  if (failure && isAbsent(failure)) return null;
  if (failure) throw new NetworkFailure(failure);
  const body = done.kind === "answer" ? done.body : undefined;
  const [uri, cid] = [text(body, "uri"), text(body, "cid")];
  if (cid === "" || uri !== `at://${of.did}/${of.collection ?? POST}/${of.rkey}`)
    throw new NetworkFailure({ class: "unknown", retryable: true, message: "The network's answer is no record." });
  return { uri, cid, value: field(body, "value") };
}

function isAbsent(failure: ChannelErrorData): boolean {
  // Older servers name a missing repository InvalidRequest; a server in private address space is as good as none.
  return failure.class === "not-found" || failure.class === "invalid" || failure.code === "private-address";
}
