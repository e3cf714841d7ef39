import type { AccountId } from "../ids.ts";

/** What was numbered in one go in one account: positions after `after` up to `upTo`, and the types of these events. */
export interface News {
  readonly accountId: AccountId;
  readonly after: number;
  readonly upTo: number;
  readonly types: readonly string[];
}

/** The channel on which the sequencer tells other processes what it has numbered. */
export const POSITIONS = "hubbub_position";

/** What a notice tells; undefined when it only says "look": too much was numbered for one notice, or a connection came back. */
export function newsOf(payload: string): readonly News[] | undefined {
  if (payload === "") return undefined;
  try {
    const told: unknown = JSON.parse(payload);
    return Array.isArray(told) ? (told as News[]) : undefined;
  } catch {
    return undefined;
  }
}
