import type { QueryClient } from "@tanstack/react-query";
import type { ConversationView } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";
import { newId } from "../../shared/api/new-id.ts";
import { isProblem } from "../../shared/api/problem.ts";
import { createDraftKeeper } from "./draft-keeper.ts";
import type { ServerDraft } from "./draft-merge.ts";
import { createDraftShelf, type Shelf } from "./draft-shelf.ts";

export type DraftKeeper = ReturnType<typeof createDraftKeeper>;

const place = (agentId: string, conversationId: string) => `hubbub.draft.${agentId}.${conversationId}`;
const keepers = new Map<string, DraftKeeper>();

/** The one keeper of this page for this agent. Another agent on the same machine never sees these words. */
export function draftsOf(agentId: string, client: QueryClient): DraftKeeper {
  let keeper = keepers.get(agentId);
  if (!keeper) {
    const shelf = createDraftShelf(storageHere(), newId());
    keeper = createDraftKeeper({
      read: (id) => tried(() => shelf.read(place(agentId, id)), null),
      // Without storage the server's copy is the only one.
      write: (id, draft) => tried(() => shelf.write(place(agentId, id), draft), undefined),
      async put(id, draft, expectedVersion) {
        try {
          const saved = await api.put<{ version: number; savedAt: string }>(
            `/api/desk/conversations/${id}/draft`,
            { ...draft, files: (draft.files ?? []).map(({ id, alt }) => ({ id, alt })) },
            { expectedVersion },
          );
          await tell(client, id, { ...draft, ...saved });
          return { ok: true, ...saved };
        } catch (error) {
          if (!isProblem(error) || error.code !== "version-conflict") return "later";
          return { ok: false, present: (error.present ?? null) as ServerDraft | null };
        }
      },
      drop: async (id) => {
        await api.delete(`/api/desk/conversations/${id}/draft`);
        await tell(client, id, null);
      },
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    keepers.set(agentId, keeper);
  }
  return keeper;
}

/**
 * The conversation in the cache learns what was saved, and an older reading of it that is still on its way is given up:
 * a view without the draft would be taken for "sent elsewhere". The work list shows drafts too.
 */
async function tell(client: QueryClient, id: string, draft: ServerDraft | null): Promise<void> {
  const queryKey = ["conversation", id];
  const reading = client.isFetching({ queryKey, exact: true }) > 0;
  if (reading) await client.cancelQueries({ queryKey, exact: true });
  client.setQueryData<ConversationView>(
    queryKey,
    (view) =>
      view && {
        ...view,
        draft: draft && { ...draft, files: [...(draft.files ?? [])], copies: draft.copies ? [...draft.copies] : null },
      },
  );
  if (reading) void client.invalidateQueries({ queryKey, exact: true });
  void client.invalidateQueries({ queryKey: ["work"] });
}

/** The browser's own storage; where it has none, one for this page. */
function storageHere(): Shelf {
  const none: Shelf = { getItem: () => null, setItem: () => {}, removeItem: () => {}, key: () => null, length: 0 };
  return tried(() => localStorage, none);
}

function tried<T>(run: () => T, otherwise: T): T {
  try {
    return run();
  } catch {
    return otherwise;
  }
}
