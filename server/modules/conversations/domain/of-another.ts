import type { Evidence, StitchSettings } from "./evidence.ts";
import { standing } from "./standing.ts";
import type { StitchMessage, StitchWorld } from "./stitch-world.ts";

/** So many people at most have a matter in common; a number that more of them name is something public. */
const NAMED_BY = 2;
/** Shorter numbers are not one's own: years, lines, house numbers. */
const OWN_LENGTH = 5;

/** Another customer's conversation that a message speaks of by its number; only where all that was said is known. */
export function matterOfAnother(
  world: StitchWorld,
  m: StitchMessage,
  settings: StitchSettings,
): { conversationId: string; evidence: Evidence } | null {
  if (world.byReference === null || m.thanksOnly) return null;
  for (const ref of m.said.refs) {
    const named = world.byReference.get(ref);
    if (!named || ref.length < OWN_LENGTH || /^tel:|@/u.test(ref) || named.by.size > NAMED_BY) continue;
    const matter = [...named.matters]
      .map((id) => standing(world.matters.get(id)!, m))
      .find((x) => x.customerId !== m.customerId && x.messages.length > 0);
    if (matter && m.at - (matter.messages.at(-1)?.at ?? 0) <= settings.memoryMs)
      return {
        conversationId: matter.id,
        evidence: {
          code: "same-reference",
          weight: 3,
          text: m.said.forOther
            ? `Speaks for somebody else and names ${ref}, of which that customer spoke here.`
            : `Names ${ref}, of which another customer spoke here.`,
        },
      };
  }
  return null;
}
