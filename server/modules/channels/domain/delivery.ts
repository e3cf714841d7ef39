import type { Instant } from "#platform/clock";
import type { PartOutcome, Reconciled } from "./adapter.ts";
import type { ChannelErrorData } from "./errors.ts";
import { lookDelay, MAX_ATTEMPTS, MAX_LOOKS, retryDelay, UNREACHABLE } from "./retry.ts";

export type DeliveryState = "pending" | "in-flight" | "sent" | "unknown" | "failed" | "held" | "cancelled";
export type PartState = "pending" | "in-flight" | "sent" | "unknown" | "failed";

/** A part is one object on the network. `clientId` never changes: it is the native idempotency key where there is one. */
export interface Part {
  index: number;
  clientId: string;
  text: string;
  state: PartState;
  externalId: string | null;
  permalink: string | null;
  sentAt: Instant | null;
}

/** What moves while a delivery goes through the outbox. */
export interface Progress {
  state: DeliveryState;
  nextAt: Instant;
  /** Calls to the network so far. */
  attempt: number;
  /** Looks for a part whose outcome is unknown. */
  reconciles: number;
  error: DeliveryError | null;
  parts: readonly Part[];
}

/** `forHuman`: the program can do no more; somebody has to say what happened. */
export type DeliveryError = ChannelErrorData & { forHuman?: boolean };

/** Nothing is due at it: the year 9999. */
export const NEVER: Instant = 253_370_764_800_000;

/** The first part that is not on the network yet; null when all are. */
export function nextPart(progress: Pick<Progress, "parts">): Part | null {
  return progress.parts.find((p) => p.state !== "sent") ?? null;
}

function withPart(progress: Progress, index: number, change: Partial<Part>): Part[] {
  return progress.parts.map((p) => (p.index === index ? { ...p, ...change } : p));
}

/** Written down and committed BEFORE the call: after a crash the part is known to be possibly sent. */
export function begin(progress: Progress, claimedUntil: Instant): Progress {
  const part = nextPart(progress);
  if (part?.state !== "pending") throw new Error("only a pending part may be sent");
  return {
    ...progress,
    state: "in-flight",
    attempt: progress.attempt + 1,
    nextAt: claimedUntil,
    parts: withPart(progress, part.index, { state: "in-flight" }),
  };
}

/** The claim ran out while a part was in flight: its sender died or hangs, so nobody knows. */
export function abandoned(progress: Progress, now: Instant): Progress {
  return unknownPart(progress, "the sender stopped before the answer came", now);
}

/**
 * Read from a backup: what was not known as sent may have been sent since, by the program that went on then. So nothing of it is sent
 * before its network was asked, or, where that is impossible, a person.
 */
export function restored(progress: Progress, madeAt: string, now: Instant): Progress {
  if (progress.error?.forHuman && progress.parts.every((p) => p.state !== "pending")) return progress;
  const message = `It may have been sent after the backup of ${madeAt} was made.`;
  return {
    ...progress,
    state: "unknown",
    nextAt: now,
    reconciles: 0,
    error: { class: "unknown", retryable: false, message },
    parts: progress.parts.map((p) => (p.state === "sent" ? p : { ...p, state: "unknown" as const })),
  };
}

function unknownPart(progress: Progress, why: string, now: Instant): Progress {
  return {
    ...progress,
    state: "unknown",
    nextAt: now + (progress.state === "in-flight" ? lookDelay(0) : 0),
    error: { class: "unknown", retryable: false, message: `Whether the network took it is not known: ${why}.` },
    parts: progress.parts.map((p) => (p.state === "in-flight" ? { ...p, state: "unknown" as const } : p)),
  };
}

/** What the network's answer to one part means for the whole. `chance` 0 to 1 spreads the retries. */
export function afterOutcome(
  progress: Progress,
  index: number,
  outcome: PartOutcome,
  now: Instant,
  chance: number,
): Progress {
  if (outcome.state === "sent") return sentPart(progress, index, outcome, now);
  if (outcome.state === "unknown") return unknownPart(progress, outcome.why, now);
  const { error } = outcome;
  const again = error.retryable && (error.class === "rate-limited" || progress.attempt < MAX_ATTEMPTS);
  return again
    ? {
        ...progress,
        state: "pending",
        nextAt: now + retryDelay(progress.attempt, chance, error.retryAfterMs),
        error,
        parts: withPart(progress, index, { state: "pending" }),
      }
    : { ...progress, state: "failed", nextAt: NEVER, error, parts: withPart(progress, index, { state: "failed" }) };
}

function sentPart(
  progress: Progress,
  index: number,
  sent: { externalId: string; permalink: string | null },
  now: Instant,
): Progress {
  const parts = withPart(progress, index, {
    state: "sent",
    externalId: sent.externalId,
    permalink: sent.permalink,
    sentAt: now,
  });
  const all = parts.every((p) => p.state === "sent");
  // The answer came after it had ended: what is on the network is known now, but nothing more follows by itself.
  const ended = progress.state === "failed" || progress.state === "cancelled";
  if (ended && !all) return { ...progress, parts };
  // After a restore several parts may be unknown: each is looked for before anything behind it is sent.
  const next = parts.find((p) => p.state !== "sent");
  if (next?.state === "unknown") return { ...progress, parts, state: "unknown", nextAt: now, reconciles: 0 };
  return { ...progress, parts, state: all ? "sent" : "pending", nextAt: all ? NEVER : now, reconciles: 0, error: null };
}

/** Only a sure not-found permits a second try; what cannot be known goes to a person after a few looks. */
export function afterReconcile(progress: Progress, index: number, result: Reconciled, now: Instant): Progress {
  if (result.found) return sentPart(progress, index, result, now);
  if (result.sure)
    return {
      ...progress,
      state: "pending",
      nextAt: now,
      reconciles: 0,
      error: null,
      parts: withPart(progress, index, { state: "pending" }),
    };
  const looks = progress.reconciles + 1;
  return looks >= MAX_LOOKS
    ? forHuman(progress, looks)
    : { ...progress, reconciles: looks, nextAt: now + lookDelay(looks) };
}

/** The network could not be asked: it is asked again, for as long as it takes, and soon, because a whole thread waits behind this. */
export function reconcileUnreachable(progress: Progress, now: Instant): Progress {
  return { ...progress, nextAt: now + UNREACHABLE };
}

function forHuman(progress: Progress, looks: number): Progress {
  const message =
    "The network does not say whether it took this message. Look there, then say here whether it was sent.";
  return {
    ...progress,
    reconciles: looks,
    nextAt: NEVER,
    error: { class: "unknown", retryable: false, message, forHuman: true },
  };
}

export type Settlement = "it-was-sent" | "it-was-not-sent-send-again" | "give-up";

/** A person decides about an unknown part. */
export function settled(progress: Progress, how: Settlement, now: Instant): Progress {
  const open = (state: PartState) =>
    progress.parts.map((p) => (p.state === "unknown" ? { ...p, state, sentAt: state === "sent" ? now : null } : p));
  if (how === "give-up") {
    const error = { class: "unknown" as const, retryable: false, message: "Given up by a person." };
    return { ...progress, state: "failed", nextAt: NEVER, error, parts: open("failed") };
  }
  const parts = open(how === "it-was-sent" ? "sent" : "pending");
  const all = parts.every((p) => p.state === "sent");
  return { ...progress, parts, state: all ? "sent" : "pending", nextAt: all ? NEVER : now, reconciles: 0, error: null };
}

/** A failed delivery is tried again from its first part that is not on the network. */
export function retried(progress: Progress, now: Instant): Progress {
  const parts = progress.parts.map((p) => (p.state === "failed" ? { ...p, state: "pending" as const } : p));
  return { ...progress, state: "pending", nextAt: now, attempt: 0, reconciles: 0, error: null, parts };
}
