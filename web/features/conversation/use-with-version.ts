import { useQueryClient } from "@tanstack/react-query";
import type { ConversationView } from "#contracts/desk";
import { isProblem } from "../../shared/api/problem.ts";
import { conversationQuery, seenVersion } from "./conversation-query.ts";
import { type Change, whatChanged } from "./what-changed.ts";

export type WithVersion = <Answer>(run: (version: number) => Promise<Answer>, first?: number) => Promise<Answer>;

/** Another version is another command: under the old id the server would repeat its old answer. */
export const versionedId = (commandId: string, version: number): string => `${commandId}.${version}`;

/**
 * Does something with the version on the screen. When only our own doings moved that on (a reply that has just left),
 * it is done once more with the present version; when another person changed something, the agent is told what and
 * decides anew.
 */
export function useWithVersion(id: string, me: string, onChanged: (changes: readonly Change[]) => void): WithVersion {
  const client = useQueryClient();
  const query = conversationQuery(id);
  return async (run, first) => {
    const before = client.getQueryData<ConversationView>(query.queryKey);
    const seen = first ?? (before ? seenVersion(before) : 0);
    try {
      return await run(seen);
    } catch (error) {
      if (!isProblem(error) || error.kind !== "conflict" || !before) throw error;
      const after = await client.fetchQuery({ ...query, staleTime: 0 });
      const changes = whatChanged(before, after, me);
      const moved = error.code === "version-conflict" && seenVersion(after) !== seen;
      if (moved && after.work && changes.length === 0) return await run(seenVersion(after));
      onChanged(changes);
      throw error;
    }
  };
}
