import type { Place } from "./place.ts";

/** More accounts on the same network, for cases that need two. */
export interface Around {
  open(): Promise<Place>;
}

/** One case: fails by throwing. */
export type Body = (place: Place, around: Around) => Promise<void>;
export type Bodies = Readonly<Record<string, Body>>;

/** The case applies by the capabilities, so its fixture must be there. */
export function need<T>(fixture: T | undefined, name: string): T {
  if (fixture === undefined) throw new Error(`by its capabilities the network has this; its kit needs \`${name}\``);
  return fixture;
}
