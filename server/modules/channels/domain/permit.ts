import type { DisclosureRule } from "#shared/disclosure";
import type { SendIntent } from "./adapter.ts";

/** The desk's statement that this text may leave. `channels` looks at it again when it sends. */
export interface Permit {
  policyVersion: number;
  disclosure: {
    /** The very words in the text, e.g. "— Priya Nair, Northwind Mobile"; empty where the profile discloses. */
    text: string;
    /** The brand's style (`full-name`, `initials`, `first-name`, `first-name-brand`, `profile`) or the rule's (`signature`, `none`). */
    style: string;
    agentId: string | null;
    agentName: string;
    brandName: string;
    locale?: string;
  };
  /** Null where none is required; else who passed which text, by its hash: the record of approvals is asked whether that is so. */
  approval: null | { id: string; textHash: string; by: string; at: string };
  preflightVersion: number;
  audience: "public" | "private";
  /** It answers somebody in danger: it goes first, and may use the calls that are kept for that. */
  urgency?: "crisis";
  /** A program says it by itself, and its text says so: it answers nobody and stops no clock. */
  automatic?: true;
}

/** Public and private are told apart by what is done, not by what somebody says of it; null: whatever the target is. */
export function audienceOf(intent: SendIntent): "private" | null {
  return intent.op === "reply" ? null : "private";
}

/** What is wrong with the permit, as a sentence; null when it is one. */
export function permitFault(permit: unknown, intent: SendIntent): string | null {
  const p = permit as Partial<Permit> | null | undefined;
  if (!p || typeof p !== "object" || typeof p.disclosure !== "object" || p.disclosure === null)
    return "It has no permit. Send it from the desk.";
  if (!Number.isInteger(p.policyVersion) || !Number.isInteger(p.preflightVersion))
    return "Its permit does not say by which policy it was checked. Send it from the desk again.";
  if (p.audience !== "public" && p.audience !== "private") return "Its permit does not say who may read it.";
  const only = audienceOf(intent);
  if (only !== null && p.audience !== only) return "It was permitted for the public and would go out in private.";
  if (
    p.approval !== null &&
    (typeof p.approval?.id !== "string" || !/^[0-9a-f]{64}$/.test(String(p.approval.textHash)))
  )
    return "Its approval names no text.";
  return null;
}

/** The rule that preflight checks the text by. */
export function disclosureRule(permit: Permit): DisclosureRule {
  const { style, agentName: agent, brandName: brand, locale } = permit.disclosure;
  const named = { agent, brand, ...(locale === undefined ? {} : { locale }) };
  if (style === "profile" || style === "none") return { style: "none", profileDiscloses: true, ...named };
  if (style === "initials" || style === "first-name" || style === "first-name-brand") return { style, ...named };
  return { style: "signature", ...named };
}
