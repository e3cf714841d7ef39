import type { PartOutcome } from "../../domain/adapter.ts";
import { type ChannelErrorData, clipped } from "../../domain/errors.ts";

/** What the SMTP server said to one recipient, or why it said nothing. */
export type Posted =
  /** By at least one of those it goes to; not for those it `refused`. */
  | { state: "accepted"; refused: readonly string[] }
  /** The server's own reply (RFC 5321 §4.2): certain. */
  | { state: "refused"; code: number; said: string; at: "connect" | "auth" | "from" | "to" | "data" }
  /** The line broke; `began`: after the mail's text was on its way. */
  | { state: "broken"; began: boolean; timedOut: boolean; said: string };

type Bad = Exclude<Posted, { state: "accepted" }>;

export function outcomeOf(posted: Bad, host: string): Exclude<PartOutcome, { state: "sent" }> {
  if (posted.state === "refused") return { state: "failed", error: refusal(posted, host) };
  // Between the last byte and the server's word it may have been taken.
  if (posted.began) return { state: "unknown", why: posted.timedOut ? "timeout" : "connection-reset" };
  return {
    state: "failed",
    error: {
      ...{ class: "transient", retryable: true, code: "unreachable" },
      message: clipped(`${host} could not be reached: ${posted.said}`),
    },
  };
}

/** By the code, and the enhanced code (RFC 3463) where there is one; never by the words. */
function refusal({ code, said, at }: Extract<Posted, { state: "refused" }>, host: string): ChannelErrorData {
  const enhanced = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/.exec(said);
  const [subject, detail] = [Number(enhanced?.[2] ?? Number.NaN), Number(enhanced?.[3] ?? Number.NaN)];
  const of = (kind: ChannelErrorData["class"], message: string, retryable = false): ChannelErrorData => ({
    ...{ class: kind, retryable, code: enhanced ? `${code} ${enhanced[0]}` : String(code) },
    message: clipped(`${message} ${host}: ${said}`),
  });
  if (code >= 400 && code < 500)
    return of(at === "auth" ? "transient" : subject === 7 ? "rate-limited" : "transient", "It is tried again.", true);
  if (at === "auth" || code === 530 || code === 535)
    return of("auth", "The server for sending does not accept the sign-in.");
  if (code === 552 && at !== "to") return of("too-long", "The mail is too large for the server.");
  if (subject === 3 && detail === 4) return of("too-long", "The mail is too large for the server.");
  if (at === "from") return of("permission", "This address may not send through this server.");
  if (subject === 7 || code === 554) return of("policy", "The mail was refused by a rule of the server.");
  if (at === "to") return of("recipient-unreachable", "This address takes no mail.");
  return of("invalid", "The server refused the mail.");
}
