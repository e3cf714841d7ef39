import { type Preferences, preferenceChange, preferences } from "#contracts/preferences";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { findPreferences, savePreferences } from "../store/preference-store.ts";

/** What the agent set; a part that an older or newer release wrote otherwise is as if never set. */
export async function preferencesOf(tx: Tx, agentId: string): Promise<Preferences> {
  const kept = await findPreferences(tx, agentId);
  const parts = Object.entries(preferences.shape).map(([name, shape]) => {
    const read = shape.safeParse(kept[name]);
    return [name, read.success ? read.data : undefined];
  });
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

/** Whether notices to this agent name no customer and quote nothing: so it is until the agent says otherwise. */
export async function noticesHideWords(tx: Tx, agentId: string): Promise<boolean> {
  return (await preferencesOf(tx, agentId)).notices?.hideWords ?? true;
}

/** Keys and habits of the agent who asks; they go wherever the agent signs in. */
export function preferenceRoutes(r: Routes): void {
  r.command(
    "PUT",
    "/api/preferences",
    {
      summary:
        "Set how I work: keys, how the next is served, the desk's language, what rings. Parts that are left out stay as they are",
      ...{ tag: "session", body: preferenceChange, response: preferences },
    },
    async (tx, { actor, body }) => {
      if (actor.kind !== "agent") throw new AppError("not-permitted", "Only a person has preferences.");
      const values = Object.entries(body).filter(([, value]) => value !== undefined);
      await savePreferences(
        tx,
        actor.id,
        values.map(([name, value]) => ({ name, value })),
      );
      return preferencesOf(tx, actor.id);
    },
  );
}
