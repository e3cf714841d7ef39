import type { Clock, Instant } from "#platform/clock";
import { InsideAddress, outsideRequest, RequestFailed } from "#platform/outside";
import {
  type ChannelErrorData,
  classOfStatus,
  clipped,
  type ErrorClass,
  NetworkFailure,
  retryAfterMs,
} from "../domain/errors.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { parseJson, text } from "../domain/read-json.ts";

/** What a call brought: an answer, or how it ended without one. */
export type Call =
  | { kind: "answer"; status: number; body: unknown; error: ChannelErrorData | null }
  | { kind: "none"; why: "timeout" | "connection-reset" | "not-sent" | "refused-address"; message: string }
  | { kind: "wait"; ms: number };

const CLASSES: Readonly<Record<string, ErrorClass>> = {
  AuthenticationRequired: "auth",
  AuthMissing: "auth",
  AuthFactorTokenRequired: "auth",
  ExpiredToken: "auth",
  InvalidToken: "auth",
  AccountTakedown: "auth",
  AccountDeactivated: "auth",
  RateLimitExceeded: "rate-limited",
  RecordNotFound: "not-found",
  NotFound: "not-found",
  RepoNotFound: "not-found",
  RepoTakendown: "not-found",
  RepoDeactivated: "not-found",
  InvalidSwap: "duplicate",
  InvalidRecord: "invalid",
  InvalidRequest: "invalid",
  Forbidden: "permission",
  UpstreamFailure: "transient",
  UpstreamTimeout: "transient",
  NotEnoughResources: "transient",
  InternalServerError: "transient",
};

/** The network's refusal by its code; its words are only for the operator. */
export function classify(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  now: Instant,
): ChannelErrorData {
  const code = text(body, "error").slice(0, 100);
  const byStatus = classOfStatus(status);
  const known = Object.hasOwn(CLASSES, code) ? CLASSES[code] : undefined;
  const errorClass = status === 429 ? "rate-limited" : (known ?? byStatus.class);
  const reset = Number(headers["ratelimit-reset"]);
  const wait =
    retryAfterMs(headers["retry-after"], now) ??
    (status === 429 && Number.isFinite(reset) ? Math.min(Math.max(reset * 1_000 - now, 0), 3_600_000) : undefined);
  return {
    class: errorClass,
    retryable: errorClass === "rate-limited" || errorClass === "transient",
    ...(wait !== undefined && { retryAfterMs: wait }),
    code: code === "" ? String(status) : code,
    message: clipped(text(body, "message") || `The network answered ${status}.`),
  };
}

export interface CallSpec {
  /** Base address without a slash at its end. */
  at: string;
  /** The method's name, such as `com.atproto.repo.getRecord`. */
  method: string;
  query?: Readonly<Record<string, string | number | undefined>>;
  /** Given: the call is a POST. */
  body?: object;
  /** Bytes instead; the call is a POST. */
  upload?: { bytes: Uint8Array; mime: string };
  token?: string | undefined;
  bucket: "read" | "write" | "session";
  for: "reply" | "listening";
  mayBeInside: boolean;
}

/** One XRPC call. Never throws for what the network or the line does. */
export async function xrpc(spec: CallSpec, budget: RateBudget, clock: Clock, signal: AbortSignal): Promise<Call> {
  const wait = budget.wait(spec.bucket, spec.for, clock.now());
  if (wait > 0) return { kind: "wait", ms: wait };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(spec.query ?? {})) if (value !== undefined) query.set(name, String(value));
  const path = `${spec.at}/xrpc/${spec.method}${query.size > 0 ? `?${query}` : ""}`;
  try {
    const answer = await outsideRequest(path, {
      method: spec.body || spec.upload || spec.method.endsWith("Session") ? "POST" : "GET",
      headers: {
        accept: "application/json",
        ...(spec.body && { "content-type": "application/json" }),
        ...(spec.upload && { "content-type": spec.upload.mime }),
        ...(spec.token && { authorization: `Bearer ${spec.token}` }),
      },
      ...(spec.body && { body: JSON.stringify(spec.body) }),
      ...(spec.upload && { body: spec.upload.bytes }),
      signal,
      mayBeInside: spec.mayBeInside,
    });
    observe(budget, spec.bucket, answer.headers);
    const body = parseJson(answer.body);
    const ok = answer.status >= 200 && answer.status < 300;
    const error = ok ? null : classify(answer.status, answer.headers, body, clock.now());
    if (error?.class === "rate-limited") budget.block(spec.bucket, clock.now() + (error.retryAfterMs ?? 1_000));
    return { kind: "answer", status: answer.status, body, error };
  } catch (error) {
    if (error instanceof InsideAddress) return { kind: "none", why: "refused-address", message: error.message };
    if (!(error instanceof RequestFailed)) throw error;
    const message = clipped(error.message);
    if (!error.sent) return { kind: "none", why: "not-sent", message };
    return { kind: "none", why: signal.aborted ? "timeout" : "connection-reset", message };
  }
}

function observe(budget: RateBudget, bucket: string, headers: Readonly<Record<string, string>>): void {
  const [limit, remaining, reset] = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"].map((name) =>
    headers[name] === undefined ? undefined : Number(headers[name]),
  );
  if (limit !== undefined && remaining !== undefined && reset !== undefined)
    budget.observe(bucket, { limit, remaining, resetAt: reset * 1_000 });
}

/** Why a call brought nothing, in the words of the contract; null when it brought an answer. */
export function failureOf(done: Call): ChannelErrorData | null {
  if (done.kind === "wait")
    return {
      class: "rate-limited",
      retryable: true,
      retryAfterMs: done.ms,
      message: "The network's budget of calls is used up for now.",
    };
  if (done.kind === "none")
    return done.why === "refused-address"
      ? { class: "permission", retryable: false, code: "private-address", message: done.message }
      : { class: "transient", retryable: true, message: `The network cannot be reached: ${done.message}` };
  return done.error;
}

/** The answer's body; throws `NetworkFailure` for everything else. */
export function answered(done: Call): unknown {
  const failure = failureOf(done);
  if (failure) throw new NetworkFailure(failure);
  return done.kind === "answer" ? done.body : undefined;
}
