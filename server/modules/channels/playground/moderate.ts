import type { Clock } from "#platform/clock";
import type { ModerationCall, ModerationOutcome, Moderator } from "../domain/adapter.ts";
import { text } from "../domain/read-json.ts";
import { type Call, type CallSpec, call } from "./call.ts";

/** Every act of this network may be repeated: a report has the act's id as its key (API §3.4a). */
export function playgroundModerator(clock: Clock): Moderator {
  return {
    repeatable: ["hide", "unhide", "delete", "block", "unblock", "report"],
    async act(access, act, budget, signal) {
      const done = await call(access, { ...specOf(act), for: "reply" }, budget, () => clock.now(), signal);
      return outcomeOf(done, act);
    },
  };
}

function specOf({ id, verb, target, reason, note }: ModerationCall): Omit<CallSpec, "for"> {
  const what = target.visibility === "private" ? "dms" : "posts";
  const name = encodeURIComponent(target.externalId);
  const who = encodeURIComponent(target.authorId);
  switch (verb) {
    case "hide":
      return { method: "PUT", path: `/api/v1/posts/${name}/hidden` };
    case "unhide":
      return { method: "DELETE", path: `/api/v1/posts/${name}/hidden` };
    case "delete":
      return { method: "DELETE", path: `/api/v1/${what}/${name}` };
    case "block":
      return { method: "PUT", path: `/api/v1/blocks/${who}` };
    case "unblock":
      return { method: "DELETE", path: `/api/v1/blocks/${who}` };
    case "report": {
      const body = { postId: target.externalId, reason: reason === "mistake" ? "other" : reason, text: note };
      return { method: "POST", path: "/api/v1/reports", body, idempotencyKey: id };
    }
  }
}

function outcomeOf(done: Call, { verb }: ModerationCall): ModerationOutcome {
  if (done.kind === "wait") {
    const message = "The network's budget of calls is used up for now.";
    return { state: "failed", error: { class: "rate-limited", retryable: true, retryAfterMs: done.ms, message } };
  }
  if (done.kind === "none") {
    if (done.why !== "not-sent") return { state: "unknown", why: done.why };
    const message = `The network cannot be reached: ${done.message}`;
    return { state: "failed", error: { class: "transient", retryable: true, message } };
  }
  // Of a 5xx nobody knows whether it was written (API §2).
  if (done.status >= 500) return { state: "unknown", why: "5xx" };
  if (done.error) {
    // What is gone is as good as deleted.
    const gone = verb === "delete" && done.error.class === "not-found";
    return gone ? { state: "done" } : { state: "failed", error: done.error };
  }
  if (verb !== "report") return { state: "done" };
  const ref = text(done.body, "id");
  return ref === "" ? { state: "unknown", why: "unreadable-answer" } : { state: "done", ref };
}
