import type { AttachedFile, ConversationView } from "#contracts/desk";
import type { AttachmentRule } from "#shared/capabilities";
import { type Count, countText } from "#shared/count";
import { appendDisclosure, hasDisclosure } from "#shared/disclosure";
import { type PreflightContext, type PreflightResult, preflight } from "#shared/preflight";
import type { Audience } from "./draft-merge.ts";

type Side = ConversationView["composer"]["public"];
export type Door = NonNullable<Side["door"]>;
type MessageFacts = { id: string; at: string; audience: "public" | "private" };

/** A stretch of the typed text that is marked: what must go, what is over the length, or what to think over. UTF-16 units. */
export type Mark = { start: number; end: number; kind: "stop" | "over" | "doubt" };

export type ReplyCheck = {
  /** What would leave, disclosure included. */
  full: string;
  /** The disclosure that is added; empty where none is, or where the agent typed it. */
  signature: string;
  verdict: PreflightResult;
  count: Count;
  marks: Mark[];
  /** What the network takes beside the text. */
  fileRules: readonly AttachmentRule[];
  /** How long the description of a picture may be; null: the network takes none. */
  altMost: number | null;
};

/** The door's context as preflight reads it. The server sends it whole; only the time is ours. */
export function contextOf(door: Door, target: MessageFacts | null, now: number): PreflightContext {
  const context = door.context as unknown as Omit<PreflightContext, "now">;
  if (!target || target.id === door.answersMessageId) return { ...context, now };
  const namesUs = context.target?.namesUs;
  return { ...context, target: { audience: target.audience, at: Date.parse(target.at), namesUs }, now };
}

/** Whether the network of the private line shows both sides who is writing. */
export function showsTyping(view: Pick<ConversationView, "composer">): boolean {
  const { door } = view.composer.private;
  return (
    (door?.context as { capabilities?: { canType?: { supported: boolean } } } | undefined)?.capabilities?.canType
      ?.supported === true
  );
}

/** Everything the composer shows about a text, by the rules the outbox will apply again. */
export function checkReply(
  text: string,
  audience: "public" | "private",
  door: Door,
  target: MessageFacts | null,
  now: number,
  files: readonly AttachedFile[] = [],
  copies: readonly string[] = [],
): ReplyCheck {
  const context = contextOf(door, target, now);
  const { style, agent, brand, locale } = context.disclosure;
  const adds = audience === "public" && !hasDisclosure(text, context.disclosure);
  const full = audience === "public" ? appendDisclosure(text, style, agent, brand, locale) : text.trimEnd();
  const privateReplyToPublic = audience === "private" && context.target?.audience === "public";
  const verdict = preflight({ audience, text: full, human: true, privateReplyToPublic, files, copies }, context);
  const fileRules = context.capabilities.attachments[audience];
  const rule = context.capabilities.length[audience] ?? { unit: "none" as const };
  return {
    full,
    signature: adds && style !== "none" ? appendDisclosure("", style, agent, brand, locale) : "",
    verdict,
    count: countText(full, rule),
    marks: marksOf(verdict, text.length),
    fileRules,
    altMost: fileRules.find((one) => one.altText)?.altText?.maxGraphemes ?? null,
  };
}

function marksOf(verdict: PreflightResult, length: number): Mark[] {
  const marks = verdict.errors.flatMap((finding): Mark[] => {
    if (!finding.span) return [];
    const { start } = finding.span;
    const end = Math.min(length, finding.span.end);
    return start < end ? [{ start, end, kind: finding.code === "too-long" ? "over" : "stop" }] : [];
  });
  return marks.toSorted((a, b) => a.start - b.start || (a.kind === "stop" ? -1 : 1));
}

export type Stretch = { text: string; kind: Mark["kind"] | null };

/** The text cut at its marks. */
export function stretches(text: string, marks: readonly Mark[]): Stretch[] {
  const cuts = new Set([0, text.length]);
  for (const { start, end } of marks) cuts.add(start).add(end);
  const ordered = [...cuts].filter((cut) => cut >= 0 && cut <= text.length).sort((a, b) => a - b);
  const parts: Stretch[] = [];
  for (const [at, from] of ordered.slice(0, -1).entries()) {
    const to = ordered[at + 1]!;
    const kinds = marks.filter((mark) => mark.start <= from && mark.end >= to).map((mark) => mark.kind);
    const kind = (["stop", "over", "doubt"] as const).find((one) => kinds.includes(one)) ?? null;
    parts.push({ text: text.slice(from, to), kind });
  }
  return parts;
}

/** Who could be reached, and why not otherwise. */
export type HandOff = NonNullable<ConversationView["composer"]["public"]["handOff"]>;
export type Doorway =
  | { door: Door; reason: null; handOff: null }
  | { door: null; reason: "take-first" | "has-owner" | string; handOff: HandOff | null };

export function doorway(view: ConversationView, audience: "public" | "private", me: string): Doorway {
  if (view.work && view.work.owner?.id !== me)
    return { door: null, reason: view.work.owner ? "has-owner" : "take-first", handOff: null };
  const { door, reason, handOff } = view.composer[audience];
  return door ? { door, reason: null, handOff: null } : { door: null, reason: reason ?? "", handOff };
}

/**
 * The audience a conversation opens with. The one chosen last stays; but after the customer moved to private a public
 * draft becomes a private one, never the other way round.
 */
export function firstAudience(view: ConversationView, chosen: Audience | null): Audience {
  const { first } = view.composer;
  if (chosen === "note") return "note";
  if (chosen === "private" || (chosen === "public" && first === "public")) return chosen;
  if (view.composer[first].door === null) {
    const other = first === "public" ? "private" : "public";
    // A private matter is never offered to the public by default.
    if (first === "public" && view.composer[other].door !== null) return other;
  }
  return first;
}
