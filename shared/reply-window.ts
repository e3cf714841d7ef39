import type { Audience, Capabilities, WindowRule } from "./capabilities.ts";
import type { DurationMs, Instant } from "./instant.ts";

/** What decides whether a network lets us speak now. Facts that are missing are read as "not so". */
export interface WindowFacts {
  now: Instant;
  /** Written or released by a person. */
  human: boolean;
  /** The customer's last message on this thread. */
  lastInboundAt?: Instant;
  /** Our messages since then. */
  sentInWindow?: number;
  /** When the message we answer was said. */
  targetAt?: Instant;
  /** Our one allowed answer to it has gone out. */
  alreadyAnswered?: boolean;
  namesUs?: boolean;
  optedIn?: boolean;
  recipientConsents?: boolean;
}

export type ReplyWindow =
  | { open: true; closesAt?: Instant /** The tag a longer window needs on the message. */; tag?: string; left?: number }
  | {
      open: false;
      why: "never" | "expired" | "nobody-wrote" | "used-up" | "limit" | "no-opt-in" | "no-consent" | "not-named";
      closedAt?: Instant;
      templateOnly?: boolean;
    };

/** The rule that governs a reply of this audience. */
export function windowRule(capabilities: Capabilities, audience: Audience, privateReplyToPublic = false): WindowRule {
  if (audience === "public") return capabilities.canReplyPublic;
  return privateReplyToPublic ? capabilities.canPrivateReplyToPublic : capabilities.canReplyPrivate;
}

const until = (from: Instant | undefined, duration: DurationMs | undefined) =>
  from === undefined || duration === undefined ? undefined : from + duration;

/** Whether a message may go out now, and until when. The last millisecond of a window is open, its end is closed. */
export function replyWindow(rule: WindowRule, facts: WindowFacts): ReplyWindow {
  const { now } = facts;
  switch (rule.kind) {
    case "always":
      return { open: true };
    case "never":
      return { open: false, why: "never" };
    case "requires-opt-in":
      return facts.optedIn ? { open: true } : { open: false, why: "no-opt-in" };
    case "requires-recipient-consent":
      return facts.recipientConsents ? { open: true } : { open: false, why: "no-consent" };
    case "summoned-only":
      return facts.namesUs ? { open: true } : { open: false, why: "not-named" };
    case "once-per-item": {
      if (facts.alreadyAnswered) return { open: false, why: "used-up" };
      const closesAt = until(facts.targetAt, rule.durationMs);
      if (rule.durationMs !== undefined && (closesAt === undefined || now >= closesAt))
        return { open: false, why: "expired", closedAt: closesAt };
      return { open: true, closesAt };
    }
    case "since-last-inbound":
      return sinceLastInbound(rule, facts);
  }
}

function sinceLastInbound(rule: WindowRule, { now, human, lastInboundAt, sentInWindow = 0 }: WindowFacts): ReplyWindow {
  if (lastInboundAt === undefined) return { open: false, why: "nobody-wrote" };
  const closesAt = until(lastInboundAt, rule.durationMs);
  const left = rule.maxMessagesInWindow === undefined ? undefined : rule.maxMessagesInWindow - sentInWindow;
  if (closesAt === undefined || now < closesAt) {
    if (left !== undefined && left <= 0) return { open: false, why: "limit" };
    return { open: true, closesAt, left };
  }
  const longer = rule.extension;
  if (longer && (human || !longer.humansOnly) && now < lastInboundAt + longer.durationMs)
    return { open: true, closesAt: lastInboundAt + longer.durationMs, tag: longer.tag };
  const closedAt = longer && human ? lastInboundAt + longer.durationMs : closesAt;
  return { open: false, why: "expired", closedAt, templateOnly: rule.afterExpiry === "template-only" };
}
