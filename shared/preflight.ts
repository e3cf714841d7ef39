import type { Audience, Capabilities, LengthRule } from "./capabilities.ts";
import { checkFiles, type FileFault, type PreflightFile } from "./check-files.ts";
import { type CopyFacts, type CopyFault, checkCopies, newRecipients } from "./copies.ts";
import { countText, surplusFrom } from "./count.ts";
import { countSms } from "./count-sms.ts";
import { type DisclosureRule, disclosureLine, hasDisclosure, withoutDisclosure } from "./disclosure.ts";
import { type Instant, MINUTE } from "./instant.ts";
import { findPrivateFacts } from "./private-facts.ts";
import { redactCards } from "./redact-cards.ts";
import { type ReplyWindow, replyWindow, windowRule } from "./reply-window.ts";
import { splitText } from "./split.ts";

/** A reply as it stands in the composer, or as it waits in the outbox. */
export interface Draft {
  audience: Audience;
  /** What the customer will read, disclosure included. */
  text: string;
  /** Written or released by a person (a longer window may apply). */
  human: boolean;
  /** A private message that answers a public post. */
  privateReplyToPublic?: boolean;
  /** The files that go with it, in order. */
  files?: readonly PreflightFile[];
  /** Addresses that get an open copy. */
  copies?: readonly string[];
}

/** All that preflight must know; the caller loads it, preflight decides. Missing facts are read as "not so". */
export interface PreflightContext {
  now: Instant;
  capabilities: Capabilities;
  disclosure: DisclosureRule;
  /** The message that is answered. */
  target?: { audience: Audience; at?: Instant; deletedAt?: Instant; namesUs?: boolean; alreadyAnswered?: boolean };
  lastInboundAt?: Instant;
  /** Our messages since `lastInboundAt`. */
  sentInWindow?: number;
  optedIn?: boolean;
  recipientConsents?: boolean;
  /** `approvedText` is the very text somebody with the right has passed. */
  approval?: { required: boolean; approvedText?: string };
  /** The stop switch for everything outbound, of this brand or of all. */
  stopped?: { by: "brand" | "all"; reason?: string; publicOnly?: boolean };
  /** In a crisis one person speaks for the company: who else may not answer in public on this topic. */
  spokesperson?: { topic: string; name: string };
  /** What this customer said in private in this conversation; none of it may stand in a public reply. */
  privateTexts?: readonly string[];
  /** What the customer said in public, and the brand's own public facts: no secrets. */
  publicTexts?: readonly string[];
  /** Who may get copies; left out where the network has none. */
  copies?: CopyFacts;
  /** Why the channel cannot send now, as a sentence for the agent. */
  channelProblem?: string;
}

export type PreflightCode =
  | "empty"
  | "invalid-text"
  | "too-long"
  | "window-closed"
  | "limit-in-window"
  | "cannot-reply"
  | "audience-mismatch"
  | "disclosure-missing"
  | "approval-missing"
  | "stopped"
  | "spokesperson"
  | "private-fact"
  | "card-number"
  | "target-deleted"
  | "channel-problem"
  | FileFault
  | CopyFault;

export type PreflightWarning = "nearly-too-long" | "window-closing" | "split" | "encoding" | "new-recipient";

/** `message` is a sentence in English for logs and API; screens choose their own words by `code`. */
export interface Finding<Code extends string> {
  code: Code;
  message: string;
  /** UTF-16 units of the draft's text, end exclusive. */
  span?: { start: number; end: number };
  /** Which of the draft's files it is about. */
  file?: number;
  /** Which of the draft's copies it is about. */
  copy?: number;
}

export interface PreflightResult {
  ok: boolean;
  /** The texts to send, in order; one unless the network's limit splits it. Empty when not `ok`. */
  parts: string[];
  errors: Finding<PreflightCode>[];
  warnings: Finding<PreflightWarning>[];
  window: ReplyWindow;
}

type Say = (code: PreflightCode, message: string, span?: { start: number; end: number }) => void;

const nearlyFull = 20;
const windowAlmostOver = 15 * MINUTE;

/**
 * May this reply go out as it is? The same pure function runs in the composer at every pause of typing and once more
 * when the outbox is about to send, so an agent sees every refusal before the network does.
 */
export function preflight(draft: Draft, context: PreflightContext): PreflightResult {
  const errors: Finding<PreflightCode>[] = [];
  const warnings: Finding<PreflightWarning>[] = [];
  const say: Say = (code, message, span) => errors.push(span ? { code, message, span } : { code, message });
  const window = windowOf(draft, context);

  checkPermission(context, say, draft);
  checkAudience(draft, context, say);
  checkWindow(window, say);
  checkText(draft, context, say);
  for (const { code, message, file } of checkFiles(draft.files ?? [], context.capabilities.attachments[draft.audience]))
    errors.push({ code, message, ...(file !== null && { file }) });
  const copies = draft.copies ?? [];
  errors.push(...checkCopies(copies, context.copies));
  const fresh = newRecipients(copies, context.copies);
  if (context.copies && fresh.length > 0)
    warnings.push({
      code: "new-recipient",
      message: `New in this conversation, and would read what is quoted: ${fresh.join(", ")}.`,
    });
  if (window.open && window.closesAt !== undefined && window.closesAt - context.now <= windowAlmostOver)
    warnings.push({ code: "window-closing", message: "The network closes this conversation within 15 minutes." });
  const parts = fitToLength(draft, context, say, warnings);
  return { ok: errors.length === 0, parts: errors.length === 0 ? parts : [], errors, warnings, window };
}

function windowOf(draft: Draft, context: PreflightContext): ReplyWindow {
  const rule = windowRule(context.capabilities, draft.audience, draft.privateReplyToPublic);
  return replyWindow(rule, {
    now: context.now,
    human: draft.human,
    lastInboundAt: context.lastInboundAt,
    sentInWindow: context.sentInWindow,
    targetAt: context.target?.at,
    alreadyAnswered: context.target?.alreadyAnswered,
    namesUs: context.target?.namesUs,
    optedIn: context.optedIn,
    recipientConsents: context.recipientConsents,
  });
}

function checkPermission(context: PreflightContext, say: Say, { text, audience }: Draft): void {
  const { stopped, approval, channelProblem, spokesperson } = context;
  if (spokesperson && audience === "public")
    say(
      "spokesperson",
      `In public only ${spokesperson.name} answers on "${spokesperson.topic}" at present. Hand it to them, or answer in private.`,
    );
  if (stopped && !(stopped.publicOnly && audience === "private")) {
    const whose = stopped.by === "all" ? "Everything outbound is" : "This brand's outbound messages are";
    say(
      "stopped",
      `${whose} stopped${stopped.reason ? `: ${stopped.reason}` : ""}. Ask a supervisor to lift the stop.`,
    );
  }
  if (channelProblem) say("channel-problem", channelProblem);
  if (approval?.required && approval.approvedText === undefined)
    say("approval-missing", "This reply needs approval before it goes out. Ask for it.");
  else if (approval?.required && approval.approvedText !== text)
    say("approval-missing", "The text was changed after it was approved. Ask for approval again.");
}

function checkAudience(draft: Draft, { capabilities, target }: PreflightContext, say: Say): void {
  if (!capabilities[draft.audience])
    say("audience-mismatch", `This channel has no ${draft.audience} messages. Choose the other audience.`);
  else if (draft.audience === "public" && target?.audience === "private")
    say("audience-mismatch", "A private message cannot be answered in public. Answer it privately.");
  else if (draft.audience === "private" && target?.audience === "public" && !draft.privateReplyToPublic)
    say("audience-mismatch", "This answers a public post. Publish it, or take the conversation private first.");
  if (target?.deletedAt !== undefined)
    say("target-deleted", "The post you answer was deleted. Choose another message to answer; your text is safe.");
}

const refusals: Record<Extract<ReplyWindow, { open: false }>["why"], [PreflightCode, string]> = {
  never: ["cannot-reply", "This network takes no answer here from software. Answer by hand, or by another channel."],
  expired: ["window-closed", "The network's time for answering has passed. Use another way that still reaches them."],
  "nobody-wrote": [
    "window-closed",
    "They have not written here, so the network lets nobody begin. Invite them to write.",
  ],
  "used-up": ["window-closed", "The network allows one answer to this message, and it has gone out."],
  limit: ["limit-in-window", "The network takes no more messages until they answer."],
  "no-opt-in": ["cannot-reply", "They have not agreed to messages here. Ask them to opt in first."],
  "no-consent": ["cannot-reply", "They take no messages from accounts they do not follow. Invite them to write."],
  "not-named": [
    "cannot-reply",
    "The network takes answers only to posts that name us. Copy the text and post it there.",
  ],
};

function checkWindow(window: ReplyWindow, say: Say): void {
  if (window.open) return;
  const [code, message] = refusals[window.why];
  say(code, window.templateOnly ? `${message} An approved template is still possible.` : message);
}

/** Signs no network takes and that break what comes after: control characters and halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const unsendable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/u;

function checkText(draft: Draft, context: PreflightContext, say: Say): void {
  const { text, audience } = draft;
  const isPublic = audience === "public";
  const said = isPublic ? withoutDisclosure(text, context.disclosure) : text;
  // An empty text with a file is a reply; in public the file still needs its disclosure.
  if (/^[\s\p{Cf}\p{Zs}]*$/u.test(said) && !draft.files?.length)
    say("empty", "There is nothing to send yet. Write the reply.");
  const control = unsendable.exec(text);
  if (!text.isWellFormed() || control)
    say(
      "invalid-text",
      "The text holds a character no network takes. Remove it.",
      control ? { start: control.index, end: control.index + 1 } : undefined,
    );
  for (const card of redactCards([text]).found.filter((f) => f.kind === "card"))
    say("card-number", "A card number may not be sent. Take it out.", { start: card.start, end: card.end });
  if (!isPublic) return;
  if (!hasDisclosure(text, context.disclosure)) say("disclosure-missing", missingDisclosure(context.disclosure));
  for (const { start, end } of findPrivateFacts(said, context.privateTexts ?? [], context.publicTexts))
    say("private-fact", "This was told in private. Take it out, or answer privately.", { start, end });
}

function missingDisclosure({ style, agent, brand, locale }: DisclosureRule): string {
  if (style === "none")
    return "The profile does not say who answers, so the reply must. Choose a signature for this brand.";
  return `A public reply must end with "${disclosureLine(style, agent, brand, locale)}".`;
}

function fitToLength(
  draft: Draft,
  { capabilities, disclosure }: PreflightContext,
  say: Say,
  warnings: Finding<PreflightWarning>[],
): string[] {
  const rule: LengthRule = capabilities.length[draft.audience] ?? { unit: "none" };
  const { text } = draft;
  const count = countText(text, rule);
  if (!count.over) {
    if (rule.unit === "sms-segments") warnAboutSms(text, rule, warnings);
    else if (count.left <= nearlyFull)
      warnings.push({ code: "nearly-too-long", message: `${count.left} left of ${count.max}.` });
    return [text];
  }
  const { onOver } = capabilities.length;
  if (onOver === "split-thread" || onOver === "split-messages") {
    const closing = draft.audience === "public" ? text.slice(withoutDisclosure(text, disclosure).length).trim() : "";
    const split = splitText(text, rule, { closing });
    if (split.ok) {
      warnings.push({ code: "split", message: `This goes out as ${split.parts.length} messages.` });
      return split.parts;
    }
  }
  const start = surplusFrom(text, rule);
  say("too-long", `${-count.left} too long for this network (${count.length} of ${count.max}). Shorten it.`, {
    start,
    end: text.length,
  });
  return [];
}

function warnAboutSms(
  text: string,
  rule: LengthRule & { unit: "sms-segments" },
  warnings: Finding<PreflightWarning>[],
) {
  const sms = countSms(text);
  if (sms.segments >= rule.warnAt)
    warnings.push({ code: "nearly-too-long", message: `${sms.segments} of ${rule.max} text messages.` });
  if (sms.costly.length > 0)
    warnings.push({
      code: "encoding",
      message: `${sms.costly.slice(0, 5).join(" ")} make every text message shorter.`,
    });
}
