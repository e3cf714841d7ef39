import { NetworkFailure } from "../../domain/errors.ts";
import { POST, postUri } from "../at-uri.ts";
import { GONE } from "../parse.ts";
import type { Candidate } from "./batch.ts";
import { isProven, recordsOf } from "./commit-records.ts";
import { type PostOp, type RepoEvent, readFrame } from "./frames.ts";
import type { FrameReader, Frames, ReaderMade } from "./reader.ts";

type Commit = Extract<RepoEvent, { kind: "commit" }>;

/** com.atproto.sync.subscribeRepos. The protocol's libraries are loaded here, so a house without this stream does not pay for them. */
export async function repoReader(made: ReaderMade): Promise<FrameReader> {
  const [codec, repo] = await Promise.all([import("@atproto/lex-cbor"), import("@atproto/repo")]);
  const proofs = new WeakMap<Candidate, { commit: Commit; op: PostOp }>();

  async function candidatesOf(commit: Commit): Promise<Candidate[]> {
    const { did, ops } = commit;
    let records = new Map<string, unknown>();
    if (ops.some((op) => op.action !== "delete"))
      // A block that is not what its name says: nothing of this commit is believed but its deletions.
      records = await recordsOf(repo, commit.blocks, ops).catch(() => records);
    return ops.flatMap((op): Candidate[] => {
      const line = lineOf(commit, op, records.get(op.rkey));
      if (op.action === "delete")
        return [
          { verdict: made.wanted.deletion(did, op.rkey), id: null, gone: postUri(did, op.rkey), line: () => line },
        ];
      if (!records.has(op.rkey)) return [];
      const candidate: Candidate = {
        verdict: made.wanted.post(did, records.get(op.rkey), Date.parse(commit.at) || made.clock.now()),
        id: postUri(did, op.rkey),
        line: (found) => ({ ...line, ...(found && { found }) }),
      };
      proofs.set(candidate, { commit, op });
      return [candidate];
    });
  }

  async function keyOf(did: string, fresh: boolean, signal: AbortSignal): Promise<string | undefined> {
    try {
      const within = AbortSignal.any([signal, AbortSignal.timeout(4_000)]);
      return (await made.identities.facts(made.access, did, made.budget, within, fresh))?.signingKey;
    } catch (error) {
      if (error instanceof NetworkFailure) return undefined;
      throw error;
    }
  }

  return {
    address: (since) => withCursor(made.url, since),
    async read(frames) {
      const done: Frames = { candidates: [], next: undefined };
      for (const frame of frames) {
        const event = readFrame(codec, frame);
        if (event.kind === "info" && event.outdated) done.gap = { reason: OUTDATED };
        if (event.kind === "error") done.end = endOf(event);
        if ("seq" in event && event.seq > 0) done.next = String(event.seq);
        if (done.gap && done.next && !done.gap.to) done.gap.to = done.next;
        if (event.kind === "commit") done.candidates.push(...(await candidatesOf(event)));
        if (event.kind === "identity" || (event.kind === "account" && !event.active && GONE.has(event.status)))
          done.candidates.push({ verdict: made.wanted.author(event.did), id: null, line: () => authorLine(event) });
        if (done.end) break;
      }
      return done;
    },
    /** Relay and server are trusted to pass on; that a stranger's words are his own is looked at. */
    async isTrue(candidate, signal) {
      const proof = proofs.get(candidate);
      if (!proof) return true;
      const { commit, op } = proof;
      const check = (key: string) => isProven(repo, commit.blocks, { did: commit.did, collection: POST, op }, key);
      const key = await keyOf(commit.did, false, signal);
      // Nobody can say now whose key it is: the relay's word has to do, a post that is lost cannot be answered.
      if (key === undefined || (await check(key))) return true;
      const fresh = await keyOf(commit.did, true, signal);
      return fresh === undefined || (fresh !== key && (await check(fresh)));
    },
  };
}

const OUTDATED = "The stream reaches no further back: what was said in between has not been heard.";

function endOf({ name, message }: { name: string; message: string }) {
  const anew = name === "FutureCursor";
  const why = anew
    ? "The stream was started anew: what was said in between may not have been heard."
    : `The stream was ended by the other side: ${name || message}.`;
  return { message: why, anew };
}

function withCursor(url: string, since: string | undefined): string {
  if (!URL.canParse(url)) return url;
  const address = new URL(url);
  if (address.pathname === "/") address.pathname = "/xrpc/com.atproto.sync.subscribeRepos";
  if (since !== undefined) address.searchParams.set("cursor", since);
  return address.href;
}

const micros = (at: string) => {
  const ms = Date.parse(at);
  return Number.isFinite(ms) && ms >= 0 ? { time_us: ms * 1_000 } : {};
};

function lineOf(commit: Commit, op: PostOp, record: unknown): Record<string, unknown> {
  return {
    ...{ did: commit.did, ...micros(commit.at), kind: "commit" },
    commit: {
      ...{ operation: op.action, collection: POST, rkey: op.rkey },
      ...(op.action !== "delete" && { cid: op.cid, record }),
    },
  };
}

function authorLine(event: Extract<RepoEvent, { kind: "identity" | "account" }>): Record<string, unknown> {
  const line = { did: event.did, ...micros(event.at), kind: event.kind };
  return event.kind === "account" ? { ...line, account: { active: false, status: event.status } } : line;
}
