import type { Instant } from "#platform/clock";
import type { ActionCap, Capabilities } from "#shared/capabilities";
import type { ModerationOutcome, ModerationVerb } from "./adapter.ts";
import type { ChannelErrorData } from "./errors.ts";
import type { Message } from "./message.ts";
import { MAX_ATTEMPTS, retryDelay } from "./retry.ts";

export type ModerationState = "pending" | "in-flight" | "done" | "unknown" | "failed" | "cancelled";

/** What moves while an act is on its way. */
export interface ActProgress {
  state: ModerationState;
  attempt: number;
  nextAt: Instant;
  networkRef: string | null;
  error: ChannelErrorData | null;
  doneAt: Instant | null;
}

const REVERSE: Partial<Record<ModerationVerb, ModerationVerb>> = { hide: "unhide", block: "unblock" };

/** The act that takes another one back, where the network has it. */
export function reverseOf(verb: ModerationVerb, capabilities: Capabilities): ModerationVerb | null {
  return capOf(verb, capabilities)?.undo ? (REVERSE[verb] ?? null) : null;
}

function capOf(verb: ModerationVerb, c: Capabilities): ActionCap | undefined {
  if (verb === "hide" || verb === "unhide") return c.canHide;
  if (verb === "block" || verb === "unblock") return c.canBlock;
  return verb === "delete" ? c.canDelete : c.canReport;
}

/** The acts that an agent begins; the others are their undoing. */
export const FIRST_VERBS = ["hide", "delete", "block", "report"] as const satisfies readonly ModerationVerb[];

type Judged = Pick<Message, "direction" | "visibility" | "state" | "sentAt">;

/** Why this cannot be done about a message, as a sentence; null: it can. `rootIsOurs`: its thread began with a message of ours. */
export function refusalOf(
  verb: ModerationVerb,
  message: Judged,
  capabilities: Capabilities,
  rootIsOurs: boolean,
  now: Instant,
): string | null {
  const cap = capOf(verb, capabilities);
  if (!cap?.supported) return "This network does not let it be done from here.";
  const own = message.direction === "out";
  if (own ? !cap.onOwn : !cap.onOthers)
    return own ? "This is our own message." : "It can be done only with our own messages.";
  if (cap.withinMs !== undefined && now - message.sentAt > cap.withinMs)
    return "The time in which the network allows it is over.";
  if (verb === "block" || verb === "unblock") return null;
  if (message.state === "tombstone" || message.state === "erased") return "The message is gone.";
  if (verb === "hide" && message.state === "hidden") return "It is hidden already.";
  if ((verb === "hide" || verb === "unhide") && message.visibility === "private") return "Nobody else can read it.";
  if (cap.inOwnThreads && !rootIsOurs) return "Only answers under our own posts can be hidden.";
  return null;
}

/** What the network's answer means. What may be called again is called again; of the rest a person says what became of it. */
export function afterAct(
  before: ActProgress,
  outcome: ModerationOutcome,
  repeatable: boolean,
  now: Instant,
  chance: number,
): ActProgress {
  if (outcome.state === "done")
    return { ...before, state: "done", networkRef: outcome.ref ?? before.networkRef, error: null, doneAt: now };
  const error: ChannelErrorData =
    outcome.state === "failed"
      ? outcome.error
      : {
          class: "unknown",
          retryable: repeatable,
          message: `The network did not say whether it did it: ${outcome.why}.`,
        };
  const again = error.retryable && (error.class === "rate-limited" || before.attempt < MAX_ATTEMPTS);
  if (again)
    return {
      ...before,
      state: "pending",
      nextAt: now + retryDelay(before.attempt, chance, error.retryAfterMs),
      error,
    };
  return { ...before, state: outcome.state === "unknown" ? "unknown" : "failed", error };
}

export type ActSettlement = "it-was-done" | "try-again" | "give-up";

/** A person has looked at the network. */
export function settledAct(before: ActProgress, how: ActSettlement, now: Instant): ActProgress {
  if (how === "it-was-done") return { ...before, state: "done", error: null, doneAt: now };
  // What was tried may have been done: it keeps a try, and is not withdrawn as if it had never left.
  if (how === "try-again")
    return { ...before, state: "pending", attempt: Math.min(before.attempt, 1), nextAt: now, error: null };
  const error = { class: "unknown" as const, retryable: false, message: "Given up by a person." };
  return { ...before, state: "failed", error };
}
