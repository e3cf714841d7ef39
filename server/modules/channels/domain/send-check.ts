import type { Instant } from "#platform/clock";
import type { Capabilities } from "#shared/capabilities";
import type { PreflightFile } from "#shared/check-files";
import { type PreflightCode, type PreflightContext, preflight } from "#shared/preflight";
import type { SendIntent } from "./adapter.ts";
import type { ChannelErrorData, ErrorClass } from "./errors.ts";
import { disclosureRule, type Permit, permitFault } from "./permit.ts";

export interface SendCheck {
  now: Instant;
  intent: SendIntent;
  text: string;
  permit: unknown;
  notAfter: Instant | null;
  human: boolean;
  capabilities: Capabilities;
  channelState: "on" | "paused" | "needs-reauth" | "misconfigured" | "archive";
  stopped: { reason: string } | null;
  target: PreflightContext["target"] | undefined;
  lastInboundAt: Instant | undefined;
  sentInWindow: number;
  files?: readonly PreflightFile[];
  /** Some of what was attached is not there any more. */
  filesGone?: boolean;
  /** What was sent to whom it goes to came back for good: the reason. */
  unreachable?: string | undefined;
  /** It is an automatic answer, and they had one within the last day. */
  answeredByMachine?: boolean | undefined;
  /** The record of approvals says that this very text was passed. */
  approved?: boolean;
  /** A part is on the network already: the rest follows, whatever the window says now. */
  begun: boolean;
}

export type SendVerdict = { go: true } | { go: false; hold: string } | { go: false; error: ChannelErrorData };

const CLASSES: Partial<Record<PreflightCode, ErrorClass>> = {
  "window-closed": "window-closed",
  "limit-in-window": "window-closed",
  "cannot-reply": "permission",
  "too-long": "too-long",
  "target-deleted": "not-found",
  empty: "invalid",
  "invalid-text": "invalid",
  "too-many-attachments": "invalid",
  "file-type": "invalid",
  "file-too-large": "invalid",
  "file-waiting": "invalid",
  "alt-too-long": "invalid",
};

/** The last look before the network: stop switch and channel hold it back, a wrong permit or preflight ends it. */
export function checkSend(check: SendCheck): SendVerdict {
  const fault = permitFault(check.permit, check.intent);
  if (fault) return refused("policy", fault, "permit");
  if (check.notAfter !== null && check.notAfter < check.now && !check.begun)
    return refused("window-closed", "It waited longer than it may. Send it again if it still fits.", "expired");
  if (check.stopped) return { go: false, hold: `Outbound is stopped: ${check.stopped.reason}` };
  if (check.channelState === "archive")
    return refused("permission", "This is imported history: nothing can be sent there.", "archive");
  if (check.channelState !== "on") return { go: false, hold: `The channel is ${check.channelState}.` };
  if (check.begun) return { go: true };
  if (check.unreachable !== undefined)
    return refused(
      "recipient-unreachable",
      `What was sent to this address came back (${check.unreachable || "no reason given"}). Nothing more is sent there until they write again.`,
      "unreachable",
    );
  // RFC 3834 §2: two machines that thank each other never end.
  if (check.answeredByMachine)
    return refused(
      "policy",
      "They had an automatic answer within the last day; another could begin a loop.",
      "one-a-day",
    );
  if (check.filesGone)
    return refused("invalid", "A file of this reply is not there any more. Attach it again.", "file-gone");
  const permit = check.permit as Permit;
  const { errors } = preflight(
    {
      audience: permit.audience,
      text: check.text,
      human: check.human,
      privateReplyToPublic: check.intent.op === "private-reply",
      ...(check.files && { files: check.files }),
    },
    {
      now: check.now,
      capabilities: check.capabilities,
      disclosure: disclosureRule(permit),
      ...(check.target && { target: check.target }),
      ...(check.lastInboundAt !== undefined && { lastInboundAt: check.lastInboundAt }),
      sentInWindow: check.sentInWindow,
      ...(permit.approval && { approval: { required: true, ...(check.approved && { approvedText: check.text }) } }),
    },
  );
  const first = errors[0];
  return first ? refused(CLASSES[first.code] ?? "policy", first.message, first.code) : { go: true };
}

function refused(errorClass: ErrorClass, message: string, code: string): SendVerdict {
  return { go: false, error: { class: errorClass, retryable: false, code, message } };
}
