import type { Evidence, StitchSettings } from "./evidence.ts";
import type { Said } from "./said.ts";
import { standing } from "./standing.ts";
import type { Placed, StitchMessage, StitchWorld } from "./stitch-world.ts";

/** What became of a link we gave: the customer came back and said so. `cited`: speaks of it and does not say whether it helped. */
export interface HelpEffect {
  link: string;
  givenMessageId: string;
  effect: "worked" | "failed" | "cited";
  /** From our words to the customer's. */
  afterMs: number;
}

/** The effect that a customer's message tells of the last link we gave in its conversation; each link is told of once. */
export function helpEffect(
  world: StitchWorld,
  m: StitchMessage,
  conversationId: string | null,
  settings: StitchSettings,
): HelpEffect | null {
  const matter = conversationId === null ? undefined : world.matters.get(conversationId);
  if (m.by !== "customer" || !matter) return null;
  const before = standing(matter, m).messages;
  const at = before.findLastIndex((p) => p.by === "us" && p.said.gives);
  const given = before[at];
  if (!given || m.at - given.at > settings.memoryMs) return null;
  const since = before.slice(at + 1);
  const effect = told(m.said, since);
  if (effect === null || since.some((p, i) => p.by === "customer" && told(p.said, since.slice(0, i)) !== null))
    return null;
  const link = given.said.links[0];
  return link === undefined ? null : { link, givenMessageId: given.id, effect, afterMs: m.at - given.at };
}

/** "That worked" is said of the link while we have said nothing else since; who names it may say so later. */
function told(said: Said, since: readonly Placed[]): HelpEffect["effect"] | null {
  const ofIt = said.citesHelp || since.every((p) => p.by !== "us");
  if (ofIt && said.failed) return "failed";
  if (ofIt && said.worked) return "worked";
  return said.citesHelp ? "cited" : null;
}

const SAYS = { worked: "it worked", failed: "it did not help", cited: "speaks of it" };

/** As it is kept among the evidence of the place, and shown as a step of the conversation. */
export function helpEvidence(effect: HelpEffect): Evidence {
  return { code: `help-${effect.effect}`, weight: 0, text: `Came back after ${effect.link}: ${SAYS[effect.effect]}.` };
}
