import { useQueryClient } from "@tanstack/react-query";
import type { Preferences } from "#contracts/preferences";
import { api } from "../api/api.ts";
import { newId } from "../api/new-id.ts";
import { sessionQuery, useSession } from "./session.ts";

const NAME = "hubbub.preferences";

/** What the agent set, and how to change it: seen at once here and in the other tabs, kept by the server. Rejects where that is impossible. */
export function usePreferences(): [Preferences, (change: Preferences) => Promise<void>] {
  const client = useQueryClient();
  const { preferences = {} } = useSession();
  return [
    preferences,
    async (change) => {
      const put = (parts: Preferences) =>
        client.setQueryData(sessionQuery.queryKey, (session) =>
          session ? { ...session, preferences: { ...session.preferences, ...parts } } : session,
        );
      const before = Object.fromEntries(
        Object.keys(change).map((part) => [part, preferences[part as keyof Preferences]]),
      );
      put(change);
      try {
        await api.put<Preferences>("/api/preferences", change, { commandId: newId() });
      } catch (error) {
        put(before);
        throw error;
      }
      const others = new BroadcastChannel(NAME);
      others.postMessage(null);
      others.close();
    },
  ];
}

/** Calls back when another tab of this browser changed them. */
export function onPreferencesElsewhere(changed: () => void): () => void {
  const others = new BroadcastChannel(NAME);
  others.onmessage = changed;
  return () => others.close();
}
