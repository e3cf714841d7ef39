import type { Clock } from "#platform/clock";
import { InsideAddress, outsideRequest, RequestFailed } from "#platform/outside";
import type { ChannelAccess } from "../../domain/adapter.ts";
import { type ChannelErrorData, classOfStatus, clipped, retryAfterMs } from "../../domain/errors.ts";
import type { RateBudget } from "../../domain/rate-budget.ts";
import { parseJson, text } from "../../domain/read-json.ts";

/** What a call brought. `lost`: it may have arrived, and nobody answered. */
export type Call = { ok: true; body: unknown } | { ok: false; error: ChannelErrorData; lost: boolean };

export interface Asked {
  path: string;
  body?: object;
  for: "reply" | "listening";
}

/** One call as our account, within the budget. Never throws for what the network or the line does. */
export async function call(
  access: ChannelAccess,
  asked: Asked,
  budget: RateBudget,
  clock: Clock,
  signal: AbortSignal,
): Promise<Call> {
  const bucket = asked.body ? "write" : "read";
  const wait = budget.wait(bucket, asked.for, clock.now());
  if (wait > 0)
    return refused({
      class: "rate-limited",
      retryable: true,
      retryAfterMs: wait,
      message: "The budget of calls is used up for now.",
    });
  try {
    const answer = await outsideRequest(`${String(access.config.baseUrl ?? "")}${asked.path}`, {
      method: asked.body ? "POST" : "GET",
      headers: { authorization: `Bearer ${access.secret.token ?? ""}`, "content-type": "application/json" },
      ...(asked.body && { body: JSON.stringify(asked.body) }),
      signal,
      mayBeInside: access.config.privateNetwork === true,
    });
    const body = parseJson(answer.body);
    if (answer.status >= 200 && answer.status < 300) return { ok: true, body };
    const known = classOfStatus(answer.status);
    const after = retryAfterMs(answer.headers["retry-after"], clock.now());
    if (known.class === "rate-limited") budget.block(bucket, clock.now() + (after ?? 1_000));
    const error: ChannelErrorData = {
      ...{ ...known, code: text(body, "code") || String(answer.status) },
      ...(after !== undefined && { retryAfterMs: after }),
      message: clipped(text(body, "says") || `The guestbook answered ${answer.status}.`),
    };
    // Of a 5xx nobody knows whether the write happened.
    return { ok: false, error, lost: answer.status >= 500 };
  } catch (error) {
    if (error instanceof InsideAddress)
      return refused({ class: "permission", retryable: false, code: "private-address", message: error.message });
    if (!(error instanceof RequestFailed)) throw error;
    const message = `The guestbook cannot be reached: ${clipped(error.message)}`;
    return { ok: false, error: { class: "transient", retryable: true, message }, lost: error.sent };
  }
}

const refused = (error: ChannelErrorData): Call => ({ ok: false, error, lost: false });
