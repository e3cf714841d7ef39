import type { Evidence, StitchSettings } from "./evidence.ts";
import { overlap } from "./said.ts";
import { standing } from "./standing.ts";
import { compareSaid, type Matter, type Naming, type StitchMessage, type StitchWorld } from "./stitch-world.ts";

/** So many people at most have a matter in common; a number that more of them name is something public. */
const NAMED_BY = 2;
/** Shorter numbers are not one's own: years, lines, house numbers. */
const OWN_LENGTH = 5;
/** A message names so many numbers of its own at most; a longer list is a table of something. */
export const MOST_NUMBERS = 5;
/** Shorter parts of a name are initials and particles. */
const NAME_LENGTH = 4;

/** Another customer's conversation that a message speaks of by its number. `sure`: more than the number speaks for it. */
export interface OfAnother {
  conversationId: string;
  evidence: Evidence[];
  sure: boolean;
  /** From the last word in it to the message. */
  afterMs: number;
}

/** The numbers of a text by which another customer's matter is found: not addresses, not telephones, not short ones. */
export function ownNumbers(refs: ReadonlySet<string>): string[] {
  return [...refs].filter((ref) => ref.length >= OWN_LENGTH && !/^tel:|@/u.test(ref)).slice(0, MOST_NUMBERS);
}

/**
 * Another customer's conversation whose number a message names, as everything stood when it was said. A number alone may be overheard or
 * guessed, or be a product's: it is enough only together with words for somebody else or the customer's name; words of the same matter
 * make it a better question.
 */
export function matterOfAnother(world: StitchWorld, m: StitchMessage, settings: StitchSettings): OfAnother | null {
  if (world.byReference === null || m.thanksOnly || m.customerId === null) return null;
  for (const ref of ownNumbers(m.said.refs)) {
    const named = (world.byReference.get(ref) ?? []).filter((n) => compareSaid(n, m) < 0);
    if (new Set(named.map((n) => n.customerId)).size > NAMED_BY) continue;
    const matter = firstMatter(world, named, m);
    const afterMs = m.at - (matter?.messages.at(-1)?.at ?? 0);
    if (!matter || afterMs > settings.memoryMs) continue;
    const evidence: Evidence[] = [
      {
        ...{ code: "same-reference", weight: 3 },
        text: m.said.forOther
          ? `Speaks for somebody else and names ${ref}, of which that customer spoke here.`
          : `Names ${ref}, of which another customer spoke here.`,
      },
    ];
    const shared = sharedWords(m, matter);
    if (shared.length > 0)
      evidence.push({ code: "words", weight: 0.75, text: `Speaks of the same: ${shared.slice(0, 4).join(", ")}.` });
    const name = sharedName(m, matter);
    if (name !== null) evidence.push({ code: "name", weight: 1, text: `The name ${name} is the customer's, too.` });
    return { conversationId: matter.id, evidence, sure: m.said.forOther || name !== null, afterMs };
  }
  return null;
}

function firstMatter(world: StitchWorld, named: readonly Naming[], m: StitchMessage): Matter | undefined {
  for (const { conversationId } of named) {
    const matter = conversationId === null ? undefined : world.matters.get(conversationId);
    if (!matter || matter.customerId === m.customerId) continue;
    const stood = standing(matter, m);
    if (stood.messages.length > 0) return stood;
  }
  return undefined;
}

function sharedWords(m: StitchMessage, matter: Matter): string[] {
  const words = new Set(matter.messages.flatMap((p) => (p.by === "customer" ? [...p.said.words] : [])));
  // The number itself is no second reason.
  return overlap(m.said.words, words).shared.filter((w) => !/\p{N}/u.test(w));
}

/** A part of the writer's name, or a word of what he says, that is part of the customer's name. */
function sharedName(m: StitchMessage, matter: Matter): string | null {
  const theirs = namesIn(matter.customerName ?? "");
  const said = new Set([...namesIn(m.name ?? ""), ...m.said.words]);
  // A name that is a word of the matter ("lamp_fan") is no name.
  const words = new Set(matter.messages.flatMap((p) => [...p.said.words]));
  return theirs.find((part) => said.has(part) && !words.has(part)) ?? null;
}

function namesIn(name: string): string[] {
  return name
    .slice(0, 200)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((part) => part.length >= NAME_LENGTH);
}
