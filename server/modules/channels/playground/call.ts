import { HOUR, type Instant } from "#platform/clock";
import { traceparent } from "#platform/trace";
import type { ChannelAccess } from "../domain/adapter.ts";
import { type ChannelErrorData, classOfStatus, clipped, type ErrorClass, retryAfterMs } from "../domain/errors.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { text } from "../domain/read-json.ts";

/** What a call brought: an answer, or how it ended without one. */
export type Call =
  | {
      kind: "answer";
      status: number;
      body: unknown;
      error: ChannelErrorData | null;
      headers?: Readonly<Record<string, string>>;
    }
  | { kind: "none"; why: "timeout" | "connection-reset" | "not-sent"; message: string }
  | { kind: "wait"; ms: number };

const CLASSES: Readonly<Record<string, ErrorClass>> = {
  unauthorized: "auth",
  "token-expired": "auth",
  "scope-missing": "permission",
  forbidden: "permission",
  "dm-not-allowed": "recipient-unreachable",
  "private-reply-used": "window-closed",
  "private-reply-expired": "window-closed",
  "not-found": "not-found",
  deleted: "not-found",
  "text-too-long": "too-long",
  "text-invalid": "invalid",
  "text-empty": "invalid",
  "idempotency-mismatch": "duplicate",
  "rate-limited": "rate-limited",
};

/** The network's refusal by its code; its words are only for the operator. */
export function classify(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  now: Instant,
): ChannelErrorData {
  const code = text(body, "code");
  const known = Object.hasOwn(CLASSES, code) ? CLASSES[code] : undefined;
  const byStatus = classOfStatus(status);
  const errorClass = known ?? byStatus.class;
  const reset = Number(headers["x-ratelimit-reset"]);
  const wait =
    retryAfterMs(headers["retry-after"], now) ??
    (status === 429 && Number.isFinite(reset) ? Math.min(Math.max(reset * 1_000 - now, 0), HOUR) : undefined);
  return {
    class: errorClass,
    retryable: errorClass === "rate-limited" || (known === undefined && byStatus.retryable),
    ...(wait !== undefined && { retryAfterMs: wait }),
    code: code === "" ? String(status) : code,
    message: clipped(text(body, "detail") || `The network answered ${status}.`),
  };
}

const MOST = 8 * 1_048_576;
/** Errors of the connection that come before a byte of the request has left. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

export interface CallSpec {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  body?: object;
  /** Bytes instead of JSON. */
  upload?: { bytes: Uint8Array; mime: string };
  idempotencyKey?: string;
  traceId?: string | null | undefined;
  for: "reply" | "listening";
}

/** One call of the company API. Never throws for what the network or the line does. */
export async function call(
  access: ChannelAccess,
  spec: CallSpec,
  budget: RateBudget,
  now: () => Instant,
  signal: AbortSignal,
): Promise<Call> {
  const bucket = spec.method === "GET" ? "read" : "write";
  const wait = budget.wait(bucket, spec.for, now());
  if (wait > 0) return { kind: "wait", ms: wait };
  const url = `${String(access.config.baseUrl ?? "").replace(/\/+$/, "")}${spec.path}`;
  try {
    const answer = await fetch(url, {
      method: spec.method,
      headers: {
        authorization: `Bearer ${access.secret.token ?? ""}`,
        ...(spec.body && { "content-type": "application/json" }),
        ...(spec.upload && { "content-type": spec.upload.mime }),
        ...(spec.traceId && { traceparent: traceparent(spec.traceId) }),
        ...(spec.idempotencyKey && { "idempotency-key": spec.idempotencyKey }),
      },
      ...(spec.body && { body: JSON.stringify(spec.body) }),
      ...(spec.upload && { body: Buffer.from(spec.upload.bytes) }),
      redirect: "error",
      signal,
    });
    const headers = Object.fromEntries(answer.headers);
    observe(budget, bucket, headers);
    const body = await readBody(answer);
    const error = answer.ok ? null : classify(answer.status, headers, body, now());
    if (error?.class === "rate-limited") budget.block(bucket, now() + (error.retryAfterMs ?? 1_000));
    return { kind: "answer", status: answer.status, body, error, headers };
  } catch (error) {
    return lineFault(error, signal);
  }
}

function observe(budget: RateBudget, bucket: string, headers: Readonly<Record<string, string>>): void {
  const number = (name: string) => (headers[name] === undefined ? undefined : Number(headers[name]));
  const [limit, remaining, reset] = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"].map(number);
  if (limit !== undefined && remaining !== undefined && reset !== undefined)
    budget.observe(bucket, { limit, remaining, resetAt: reset * 1_000 });
}

async function readBody(answer: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > MOST) throw new Error("the answer is too large");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}

function lineFault(error: unknown, signal: AbortSignal): Call {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const message = clipped(cause?.message ?? (error as Error).message);
  if (signal.aborted) return { kind: "none", why: "timeout", message: "The network did not answer in time." };
  if (
    NOT_SENT.has(cause?.code ?? "") ||
    ((error as Error).name === "TypeError" && /Invalid URL|Failed to parse URL/.test((error as Error).message))
  )
    return { kind: "none", why: "not-sent", message };
  return { kind: "none", why: "connection-reset", message };
}
