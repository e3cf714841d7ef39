import { HOUR } from "#platform/clock";
import type { Evidence, StitchSettings } from "./evidence.ts";
import { overlap } from "./said.ts";
import { shortened, standing } from "./standing.ts";
import { type Matter, type Placed, type StitchMessage, saidBefore } from "./stitch-world.ts";

/**
 * A private thread goes on for ever: a customer who says so, who comes back after a month about something else, or who asks something
 * else after we had answered, begins anew.
 */
export function beginsAnew(
  m: StitchMessage,
  linked: Matter,
  ranked: readonly { matter: Matter; evidence: readonly Evidence[] }[],
  settings: StitchSettings,
): boolean {
  if (!m.linear || m.thanksOnly) return false;
  if (m.said.newMatter) return true;
  const last = saidBefore(linked, m).at(-1);
  if (last === undefined) return false;
  const speaks = (...codes: string[]) =>
    ranked.find((r) => r.matter.id === linked.id)?.evidence.some((e) => codes.includes(e.code)) ?? false;
  if (m.at - last.at > settings.memoryMs && !speaks("words", "reference")) return true;
  return m.at - last.at > ANSWERED && !speaks("reference", "address") && asksAnother(m, linked, last);
}

/** After an answer of ours, what shares nothing with it may be another matter from then on. */
const ANSWERED = HOUR;
/** So many words of meaning make a sentence that stands for itself. */
const OWN_WORDS = 3;

/** We had answered and asked nothing back; what comes stands for itself and shares no word with what was said. */
function asksAnother(m: StitchMessage, linked: Matter, last: Placed): boolean {
  const { said } = m;
  if (last.by !== "us" || last.said.asks || last.said.invitesPrivate) return false;
  if (said.followsUp || said.goesOn || said.citesHelp || said.worked || said.laterPart) return false;
  const before = shortened(standing(linked, m)).messages;
  const numbers = (refs: ReadonlySet<string>) => [...refs].filter((ref) => !/^tel:|@/u.test(ref));
  // Another order has its own number.
  if (numbers(said.refs).length > 0 && before.some((p) => p.by === "customer" && numbers(p.said.refs).length > 0))
    return true;
  if (said.words.size < OWN_WORDS || !(said.asks || said.greets)) return false;
  return !before.some((p) => overlap(said.words, p.said.words).shared.length > 0);
}
