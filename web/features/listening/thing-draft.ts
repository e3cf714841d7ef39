import type { Thing } from "./things-query.ts";

/** A thing as it is written on the screen: its other names stand in one line. */
export interface ThingDraft extends Omit<Thing, "synonyms"> {
  also: string;
}
export type ThingFault = "no-name" | "long-name" | "long-synonym" | "many-synonyms" | "twice";

const MOST_LENGTH = 80;
const MOST_SYNONYMS = 30;
/** As the contract has it. */
export const MOST_THINGS = 500;

export const draftOfThing = ({ synonyms, ...thing }: Thing): ThingDraft => ({ ...thing, also: synonyms.join(", ") });

/** Other names by commas or lines, each once and none that is the name itself. */
export function synonymsOf({ name, also }: Pick<ThingDraft, "name" | "also">): string[] {
  const all = also.split(/[,;\n]/u).map((part) => part.trim());
  return [...new Set(all)].filter((part) => part !== "" && part !== name.trim());
}

export const thingOf = ({ also, ...rest }: ThingDraft): Thing => ({
  ...rest,
  name: rest.name.trim(),
  synonyms: synonymsOf({ name: rest.name, also }),
});

/** What the server would refuse of each thing, by its id. */
export function faultsOfThings(drafts: readonly ThingDraft[]): Map<string, ThingFault> {
  const faults = new Map<string, ThingFault>();
  const names = new Set<string>();
  for (const draft of drafts) {
    const synonyms = synonymsOf(draft);
    const key = `${draft.brandId ?? ""} ${draft.name.trim().toLowerCase()}`;
    if (draft.name.trim() === "") faults.set(draft.id, "no-name");
    else if (draft.name.trim().length > MOST_LENGTH) faults.set(draft.id, "long-name");
    else if (names.has(key)) faults.set(draft.id, "twice");
    else if (synonyms.length > MOST_SYNONYMS) faults.set(draft.id, "many-synonyms");
    else if (synonyms.some((one) => one.length > MOST_LENGTH)) faults.set(draft.id, "long-synonym");
    names.add(key);
  }
  return faults;
}
