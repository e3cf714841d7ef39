import type { Message } from "#modules/channels";
import { HOUR } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { SaidBefore } from "./domain/near-copies.ts";
import { copyKey } from "./domain/near-copy.ts";
import { tokenise } from "./domain/tokens.ts";
import { authorNumber } from "./monitors/hit-facts.ts";
import { findCopies } from "./store/understanding-store.ts";

/** What is passed round is passed round within two days. */
const SPAN = 48 * HOUR;

type Keyed = { key: string; author: string };

/** Of public posts by others that are long enough to be compared: what nearly the same ones share, and who wrote them. */
export function keysOfCopies(messages: readonly Message[]): Map<string, Keyed> {
  const keys = new Map<string, Keyed>();
  for (const m of messages) {
    if (m.direction === "out" || m.visibility === "private" || m.visibility === "internal") continue;
    const key = copyKey(tokenise(m.text));
    if (key !== null) keys.set(m.id, { key, author: authorNumber(m) });
  }
  return keys;
}

/** Nearly the same posts said before each, among those stored of late and among these. */
export async function copiesNow(
  tx: Tx,
  messages: readonly Message[],
  keys: ReadonlyMap<string, Keyed>,
): Promise<Map<string, SaidBefore[]>> {
  const last = new Map<string, string>();
  for (const [id, { key }] of keys) if (id > (last.get(key) ?? "")) last.set(key, id);
  const stored = await findCopies(tx, last, tx.now - SPAN);
  const here = Map.groupBy(
    messages.flatMap((m) => {
      const of = keys.get(m.id);
      return of ? [{ messageId: m.id, ...of }] : [];
    }),
    (m) => m.key,
  );
  const found = new Map<string, SaidBefore[]>();
  for (const [id, { key }] of keys) {
    const all = new Map([...(stored.get(key) ?? []), ...(here.get(key) ?? [])].map((m) => [m.messageId, m]));
    // Ids carry the time of their messages: whichever of them came first, it is the first.
    found.set(
      id,
      [...all.values()].filter((m) => m.messageId < id),
    );
  }
  return found;
}
