import { type Instant, MINUTE, SECOND } from "#platform/clock";
import { count, field, isFields, parseJson, text } from "../../domain/read-json.ts";
import { POST, postUri } from "../at-uri.ts";
import { GONE } from "../parse.ts";
import type { Candidate } from "./batch.ts";
import type { FrameReader, Frames, ReaderMade } from "./reader.ts";
import type { Wanted } from "./wanted.ts";

/** Hosts of one service differ a little in their clocks: what may come twice is told apart by its key. */
const OVERLAP_US = 5 * SECOND * 1_000;
/** Jetstream version 1 moves a cursor that is too old without a word; so long a silence has never been on the whole network. */
const JUMP_US = 10 * MINUTE * 1_000;

/** Jetstream, version 1: the posts of the network as JSON lines, unsigned. Its operator is trusted. */
export function jetstreamReader(made: Pick<ReaderMade, "url" | "wanted">): FrameReader {
  let since = 0;
  return {
    address(cursor) {
      since = Number(cursor ?? 0);
      if (!URL.canParse(made.url)) return made.url;
      const address = new URL(made.url);
      address.searchParams.set("wantedCollections", POST);
      // Posts have some kilobytes; what is larger than this is none of ours to read.
      address.searchParams.set("maxMessageSizeBytes", "1000000");
      if (since > 0) address.searchParams.set("cursor", String(since - OVERLAP_US));
      return address.href;
    },
    async read(frames) {
      const done: Frames = { candidates: [], next: undefined };
      for (const bytes of frames) {
        const frame = parseJson(bytes);
        const micros = count(frame, "time_us");
        if (micros === undefined) continue;
        if (since > 0 && micros - since > JUMP_US)
          done.gap = {
            reason: "The stream reaches no further back: what was said in between has not been heard.",
            from: String(since),
            to: String(micros),
          };
        // Never back: the overlap is read again after a break.
        since = Math.max(since, micros);
        done.next = String(since);
        done.at = Math.floor(since / 1_000);
        const candidate = candidateOf(frame, made.wanted, Math.floor(micros / 1_000));
        if (candidate) done.candidates.push(candidate);
      }
      return done;
    },
    isTrue: async () => true,
  };
}

function candidateOf(frame: unknown, wanted: Wanted, at: Instant): Candidate | null {
  if (!isFields(frame)) return null;
  const did = text(frame, "did");
  const kind = text(frame, "kind");
  if (kind === "identity") return { verdict: wanted.author(did), id: null, line: () => ({ ...frame, identity: {} }) };
  if (kind === "account") {
    const account = field(frame, "account");
    const gone = field(account, "active") === false && GONE.has(text(account, "status"));
    return gone ? { verdict: wanted.author(did), id: null, line: () => ({ ...frame }) } : null;
  }
  const commit = field(frame, "commit");
  if (text(commit, "collection") !== POST) return null;
  const rkey = text(commit, "rkey");
  const record = field(commit, "record");
  if (text(commit, "operation") === "delete")
    return { verdict: wanted.deletion(did, rkey), id: null, gone: postUri(did, rkey), line: () => ({ ...frame }) };
  return {
    verdict: wanted.post(did, record, at),
    id: postUri(did, rkey),
    line: (found) => ({ ...frame, found }),
  };
}
