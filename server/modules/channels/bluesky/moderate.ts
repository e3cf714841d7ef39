import { type Clock, iso } from "#platform/clock";
import type {
  ChannelAccess,
  ModerationCall,
  ModerationOutcome,
  ModerationReason,
  Moderator,
} from "../domain/adapter.ts";
import { type ChannelErrorData, NetworkFailure } from "../domain/errors.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { field, list, text } from "../domain/read-json.ts";
import { POST, readPostUri } from "./at-uri.ts";
import type { Identities } from "./identities.ts";
import { recordKey } from "./record-key.ts";
import { readRecord } from "./records.ts";
import type { Sessions } from "./session.ts";
import { type Call, failureOf } from "./xrpc.ts";

interface Deps {
  clock: Clock;
  sessions: Sessions;
  identities: Identities;
}

const GATE = "app.bsky.feed.threadgate";
const BLOCK = "app.bsky.graph.block";
/** app.bsky.feed.threadgate: hiddenReplies holds at most so many. */
const MOST_HIDDEN = 300;

/** com.atproto.moderation.defs: the kinds of reports that every service knows. */
const REASONS: Record<ModerationReason, string> = {
  abuse: "com.atproto.moderation.defs#reasonRude",
  spam: "com.atproto.moderation.defs#reasonSpam",
  misleading: "com.atproto.moderation.defs#reasonMisleading",
  sexual: "com.atproto.moderation.defs#reasonSexual",
  illegal: "com.atproto.moderation.defs#reasonViolation",
  "private-data": "com.atproto.moderation.defs#reasonViolation",
  mistake: "com.atproto.moderation.defs#reasonOther",
  other: "com.atproto.moderation.defs#reasonOther",
};

/** Hiding, deleting and blocking are records under names that the act gives: a second try writes the same. A report has no name of ours. */
export function blueskyModerator(deps: Deps): Moderator {
  return {
    repeatable: ["hide", "unhide", "delete", "block", "unblock"],
    async act(access, act, budget, signal) {
      try {
        return await ACTS[act.verb]({ deps, access, act, budget, signal });
      } catch (error) {
        // Reading came before any write.
        if (error instanceof NetworkFailure) return { state: "failed", error: error.data };
        throw error;
      }
    },
  };
}

interface Doing {
  deps: Deps;
  access: ChannelAccess;
  act: ModerationCall;
  budget: RateBudget;
  signal: AbortSignal;
}

const ACTS: Record<ModerationCall["verb"], (doing: Doing) => Promise<ModerationOutcome>> = {
  hide: (doing) => gate(doing, true),
  unhide: (doing) => gate(doing, false),
  delete: (doing) => {
    const post = readPostUri(doing.act.target.externalId);
    return post?.did === doing.access.externalId
      ? remove(doing, POST, post.rkey)
      : Promise.resolve(failed("permission", "It is not a post of this account."));
  },
  async block(doing) {
    const { access, act } = doing;
    const rkey = recordKey(`${act.id}.1`);
    const record = { $type: BLOCK, subject: act.target.authorId, createdAt: iso(act.createdAt) };
    const done = await write(doing, "com.atproto.repo.putRecord", {
      ...{ repo: access.externalId, collection: BLOCK, rkey, record },
    });
    return outcomeOf(done, rkey);
  },
  unblock: (doing) =>
    doing.act.ref === null
      ? Promise.resolve(failed("not-found", "Its block has no name here. Take it back on the network."))
      : remove(doing, BLOCK, doing.act.ref),
  report,
};

/** Adds the answer to the thread gate of our post that began the thread, or takes it off; whoever changed the gate meanwhile is not overwritten. */
async function gate(doing: Doing, hide: boolean): Promise<ModerationOutcome> {
  const { deps, access, act, budget, signal } = doing;
  const root = readPostUri(act.target.rootExternalId ?? "");
  if (root?.did !== access.externalId)
    return failed("permission", "Only answers under posts of this account can be hidden.");
  const of = { did: root.did, collection: GATE, rkey: root.rkey };
  const there = await readRecord(deps, access, of, budget, signal);
  const hidden = list(there?.value, "hiddenReplies").filter((uri): uri is string => typeof uri === "string");
  const uri = act.target.externalId;
  if (hidden.includes(uri) === hide) return { state: "done" };
  if (hide && hidden.length >= MOST_HIDDEN)
    return failed("invalid", `Under this post ${MOST_HIDDEN} answers are hidden, and the network takes no more.`);
  const kept = there && typeof there.value === "object" ? (there.value as Record<string, unknown>) : {};
  const record = {
    ...kept,
    $type: GATE,
    post: act.target.rootExternalId,
    createdAt: text(field({ kept }, "kept"), "createdAt") || iso(act.createdAt),
    hiddenReplies: hide ? [...hidden, uri] : hidden.filter((one) => one !== uri),
  };
  const done = await write(doing, "com.atproto.repo.putRecord", {
    ...{ repo: access.externalId, collection: GATE, rkey: root.rkey, record, swapRecord: there?.cid ?? null },
  });
  if (done.kind === "answer" && done.error?.code === "InvalidSwap")
    return failed("transient", "The thread's gate was changed at the same moment.", true);
  return outcomeOf(done);
}

async function report(doing: Doing): Promise<ModerationOutcome> {
  const { deps, access, act, budget, signal } = doing;
  const post = readPostUri(act.target.externalId);
  const there = post && (await readRecord(deps, access, post, budget, signal));
  if (!there) return failed("not-found", "The post is not on the network any more.");
  const done = await write(doing, "com.atproto.moderation.createReport", {
    reasonType: REASONS[act.reason],
    ...(act.note !== "" && { reason: act.note }),
    subject: { $type: "com.atproto.repo.strongRef", uri: there.uri, cid: there.cid },
  });
  const id = done.kind === "answer" ? field(done.body, "id") : undefined;
  return outcomeOf(done, typeof id === "number" ? String(id) : undefined);
}

/** What is not there any more is removed, too. */
const remove = async (doing: Doing, collection: string, rkey: string): Promise<ModerationOutcome> =>
  outcomeOf(await write(doing, "com.atproto.repo.deleteRecord", { repo: doing.access.externalId, collection, rkey }));

function write({ deps, access, budget, signal }: Doing, method: string, body: object): Promise<Call> {
  return deps.sessions.call(access, { method, bucket: "write", for: "reply", body }, budget, signal);
}

function outcomeOf(done: Call, ref?: string): ModerationOutcome {
  if (done.kind === "none" && (done.why === "timeout" || done.why === "connection-reset"))
    return { state: "unknown", why: done.why };
  if (done.kind === "answer" && done.status >= 500) return { state: "unknown", why: "5xx" };
  const error = failureOf(done);
  if (error) return { state: "failed", error };
  return { state: "done", ...(ref !== undefined && { ref }) };
}

function failed(errorClass: ChannelErrorData["class"], message: string, retryable = false): ModerationOutcome {
  return { state: "failed", error: { class: errorClass, retryable, message } };
}
