import { MOST_NAMES, type ThingView, thingList } from "#contracts/things";
import { channelsOf, messagesById } from "#modules/channels";
import { brandsOf, defineSetting, type SettingValue, setSetting, settingOf } from "#modules/company";
import type { Tx } from "#platform/db";
import { AppError, conflict } from "#platform/errors";
import { faultOfName, ThingFinder } from "../domain/things.ts";
import { newestHeard, saveThings } from "../store/understanding-store.ts";

/** The account's own list of products and places. */
export const thingsSetting = defineSetting<ThingView[]>({
  key: "listening.things",
  schema: thingList,
  fallback: [],
  perBrand: false,
  describe: "Products and places that messages are looked through for, with the names people give them.",
});

/** Lists that are ready to be looked for; a list is some kilobytes, so only those of the last accounts stay. */
const ready = new Map<string, { version: number; finder: ThingFinder }>();
const KEPT = 200;

/** The finder of an account's list as it stands; null: it has none. */
export function finderOf(accountId: string, { value, version }: SettingValue<ThingView[]>): ThingFinder | null {
  if (value.length === 0) return null;
  const known = ready.get(accountId);
  if (known?.version === version) return known.finder;
  const finder = new ThingFinder(value);
  ready.delete(accountId);
  if (ready.size >= KEPT) ready.delete(ready.keys().next().value as string);
  ready.set(accountId, { version, finder });
  return finder;
}

/** Writes the list anew. It counts for messages that come from now on. Errors: a name that nothing could be found by, a name given twice, a strange brand. */
export async function writeThings(
  tx: Tx,
  things: ThingView[],
  expected: number,
  by: string | null,
): Promise<{ value: ThingView[]; version: number }> {
  const present = await settingOf(tx, thingsSetting);
  if (present.version !== expected) throw conflict("list", { version: present.version });
  const brands = new Set((await brandsOf(tx)).map((b) => b.id as string));
  const names = new Set<string>();
  const ids = new Set<string>();
  let count = 0;
  for (const thing of things) {
    if (ids.has(thing.id)) throw wrong(`“${thing.name}” stands twice in the list.`);
    ids.add(thing.id);
    if (thing.brandId !== null && !brands.has(thing.brandId))
      throw wrong(`“${thing.name}” is of a brand that is not there.`);
    const key = `${thing.brandId ?? ""} ${thing.name.toLowerCase()}`;
    if (names.has(key)) throw wrong(`There are two called “${thing.name}”. Give one another name.`);
    names.add(key);
    for (const name of [thing.name, ...thing.synonyms]) {
      count++;
      const fault = faultOfName(name);
      if (fault !== null) throw wrong(`“${name}” of “${thing.name}” cannot be looked for: ${fault}`);
    }
  }
  if (count > MOST_NAMES) throw wrong(`A list has at most ${MOST_NAMES} names, synonyms included; these are ${count}.`);
  const version = await setSetting(tx, thingsSetting, things, by);
  return { value: things, version };
}
const wrong = (says: string) => new AppError("invalid-request", says);

/** So many of the newest messages are looked at again. */
export const LOOKED_BACK = 2_000;

/** Says anew which things of the list the newest messages name. Only that label changes, and nothing is decided again. */
export async function lookBackForThings(tx: Tx): Promise<{ looked: number; named: number }> {
  const finder = finderOf(tx.accountId, await settingOf(tx, thingsSetting));
  const ids = await newestHeard(tx, LOOKED_BACK);
  const brandOf = new Map((await channelsOf(tx)).map((c) => [c.id as string, c.brandId as string]));
  const rows = (await messagesById(tx, ids))
    .filter((m) => m.direction === "in" && (m.state === "live" || m.state === "hidden"))
    .map((m) => ({
      messageId: m.id as string,
      things: finder?.find(m.text || m.subject, brandOf.get(m.channelId) ?? null) ?? [],
    }));
  await saveThings(tx, rows);
  return { looked: rows.length, named: rows.filter((r) => r.things.length > 0).length };
}
