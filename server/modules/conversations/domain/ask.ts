import { CLOSE_CALL, type Evidence } from "./evidence.ts";
import type { Alternative } from "./stitch.ts";

/** What a person is asked about a message. */
export interface Question {
  messageId: string;
  conversationId: string;
  /** Where else it may belong; null: to nothing that was said before. */
  otherId: string | null;
  /** Its conversation began with it. */
  begins: boolean;
  why: string;
  /** From the last word of the other conversation to the message. */
  afterMs: number | null;
}

/** What is known of a placed message when the question is raised. */
export interface Placed {
  messageId: string;
  conversationId: string | null;
  begins: boolean;
  evidence: readonly Evidence[];
  alternatives: readonly Alternative[];
  backfilled: boolean;
}

/** The question a decision leaves open, if it was a close call. History is not asked about: nobody waits for it. */
export function questionOf(p: Placed): Question | null {
  if (p.conversationId === null || p.backfilled || !p.evidence.some((e) => e.code === CLOSE_CALL.code)) return null;
  const { messageId, conversationId, begins } = p;
  const other = p.alternatives.find((a) => a.conversationId !== conversationId);
  if (begins)
    return other
      ? {
          ...{ messageId, conversationId, begins },
          otherId: other.conversationId,
          why: other.text,
          afterMs: other.afterMs ?? null,
        }
      : null;
  const speaks = p.evidence.filter((e) => e.code !== CLOSE_CALL.code && e.weight > 0);
  return {
    ...{ messageId, conversationId, begins },
    otherId: null,
    why: speaks.map((e) => e.text).join(" "),
    afterMs: null,
  };
}

/** The evidence after a person has answered: what he said outweighs everything, and nothing is asked any more. */
export function answeredEvidence(evidence: readonly Evidence[], says: string): Evidence[] {
  return [
    { code: "agent", weight: 10, text: says },
    ...evidence.filter((e) => e.code !== CLOSE_CALL.code && e.code !== "agent"),
  ];
}
