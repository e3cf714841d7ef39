import { type Clock, iso } from "#platform/clock";
import type {
  ChannelAccess,
  OutboundDelivery,
  OutboundPart,
  PartOutcome,
  Reconciled,
  Sender,
} from "../domain/adapter.ts";
import { type ChannelErrorData, NetworkFailure } from "../domain/errors.ts";
import type { Item } from "../domain/item.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { text } from "../domain/read-json.ts";
import { POST, permalinkOf, postUri } from "./at-uri.ts";
import { facetsOf, mentionedHandles } from "./facets.ts";
import type { Identities } from "./identities.ts";
import { imagesEmbed } from "./images.ts";
import { readPost } from "./read-post.ts";
import { recordKey } from "./record-key.ts";
import { readRecord } from "./records.ts";
import { replyRefs } from "./reply-refs.ts";
import type { Sessions } from "./session.ts";
import { settingsOf } from "./settings.ts";
import { type Call, failureOf } from "./xrpc.ts";

interface SendDeps {
  clock: Clock;
  sessions: Sessions;
  identities: Identities;
}

/**
 * Answers are posts under a record key that the part's own id gives: a second try finds the first one's record, whatever became of it.
 * Written by putRecord with `swapRecord: null`, which means "only if there is none": the refusal has a code of its own.
 */
export function blueskySender(deps: SendDeps): Sender {
  return {
    async sendPart(access, delivery, part, budget, signal) {
      let record: Record<string, unknown> | null;
      try {
        record = await makeRecord(deps, access, delivery, part, budget, signal);
      } catch (error) {
        // Nothing was written yet.
        if (error instanceof NetworkFailure) return { state: "failed", error: error.data };
        throw error;
      }
      if (record === null) return { state: "failed", error: GONE };
      const rkey = recordKey(part.clientId);
      const done = await deps.sessions.call(
        access,
        {
          ...{ method: "com.atproto.repo.putRecord", bucket: "write", for: "reply" },
          body: { repo: access.externalId, collection: POST, rkey, record, swapRecord: null },
        },
        budget,
        signal,
      );
      if (done.kind === "answer" && done.error?.code === "InvalidSwap")
        return alreadyThere(deps, access, part, budget, signal);
      if (done.kind === "answer" && done.error && isBlobGone(done.error) && part.files?.some((f) => f.known)) {
        for (const file of part.files) await file.remember?.(null);
        return { state: "failed", error: { ...done.error, class: "transient", retryable: true } };
      }
      return outcomeOf(done, access, rkey, record, deps.clock.now());
    },
    async reconcile(access, _delivery, part, budget, signal): Promise<Reconciled> {
      const found = await readOwn(deps, access, part, budget, signal);
      // A not-found is sure: should the first try still land, the second one is refused by the same key.
      return found ? { found: true, ...found } : { found: false, sure: true };
    },
  };
}

/** Images that no post names are thrown away after some hours: then they are uploaded anew. */
const isBlobGone = ({ code, message }: ChannelErrorData) =>
  code === "BlobNotFound" || /could not find blob/i.test(message);

const GONE: ChannelErrorData = {
  class: "not-found",
  retryable: false,
  code: "RecordNotFound",
  message: "The post is not on the network any more.",
};

async function makeRecord(
  deps: SendDeps,
  access: ChannelAccess,
  { intent, audience }: OutboundDelivery,
  part: OutboundPart,
  budget: RateBudget,
  signal: AbortSignal,
): Promise<Record<string, unknown> | null> {
  if (intent.op !== "reply" || audience !== "public")
    throw new NetworkFailure({
      class: "permission",
      retryable: false,
      message: "Direct messages on Bluesky cannot be sent from here yet. Answer in public, or on Bluesky itself.",
    });
  // A second part hangs under the first, so that the thread reads in order.
  const refs = await replyRefs(deps, access, part.previousExternalId ?? intent.toExternalId, budget, signal);
  if (!refs) return null;
  const dids = new Map<string, string>();
  for (const handle of mentionedHandles(part.text)) {
    const did = await deps.identities.didOf(access, handle, budget, signal);
    if (did) dids.set(handle, did);
  }
  const facets = facetsOf(part.text, dids);
  const embed = await imagesEmbed(deps.sessions, access, part, budget, signal);
  const { languages } = settingsOf(access.config);
  const langs = languages.length > 0 ? languages : refs.languages;
  return {
    $type: POST,
    text: part.text,
    reply: { root: refs.root, parent: refs.parent },
    ...(facets && { facets }),
    ...(embed && { embed }),
    ...(langs.length > 0 && { langs }),
    createdAt: iso(deps.clock.now()),
  };
}

function outcomeOf(done: Call, access: ChannelAccess, rkey: string, record: object, at: number): PartOutcome {
  if (done.kind === "none" && (done.why === "timeout" || done.why === "connection-reset"))
    return { state: "unknown", why: done.why };
  // Of a 5xx nobody knows whether the write happened.
  if (done.kind === "answer" && done.status >= 500) return { state: "unknown", why: "5xx" };
  const failure = failureOf(done);
  if (failure) return { state: "failed", error: failure };
  const body = done.kind === "answer" ? done.body : undefined;
  const [uri, cid] = [text(body, "uri"), text(body, "cid")];
  if (uri !== postUri(access.externalId, rkey) || cid === "") return { state: "unknown", why: "unreadable-answer" };
  return { state: "sent", ...named(access, rkey, cid, record, at) };
}

function named(access: ChannelAccess, rkey: string, cid: string, record: unknown, at: number) {
  const did = access.externalId;
  const author = { did, handle: access.handle, name: "" };
  const context = { channelId: access.channelId, selfIds: [did, access.handle] };
  const item: Item = readPost({ author, rkey, cid, record, at }, context);
  return { externalId: postUri(did, rkey), permalink: permalinkOf(did, rkey), item };
}

async function readOwn(
  deps: SendDeps,
  access: ChannelAccess,
  part: OutboundPart,
  budget: RateBudget,
  signal: AbortSignal,
) {
  const rkey = recordKey(part.clientId);
  const found = await readRecord(deps, access, { did: access.externalId, rkey }, budget, signal);
  if (!found || text(found.value, "text") !== part.text) return null;
  return named(access, rkey, found.cid, found.value, deps.clock.now());
}

/** An earlier try of this part has written the record, though nobody told us. */
async function alreadyThere(
  deps: SendDeps,
  access: ChannelAccess,
  part: OutboundPart,
  budget: RateBudget,
  signal: AbortSignal,
): Promise<PartOutcome> {
  try {
    const found = await readOwn(deps, access, part, budget, signal);
    if (found) return { state: "sent", ...found };
  } catch (error) {
    if (error instanceof NetworkFailure) return { state: "unknown", why: "unreadable-answer" };
    throw error;
  }
  return {
    state: "failed",
    error: {
      ...{ class: "duplicate", retryable: false, code: "InvalidSwap" },
      message: "Another post of this account has the name that this answer was to get. Send it again as a new one.",
    },
  };
}
