import type { QueryClient } from "@tanstack/react-query";
import type { ConversationView } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";
import { isProblem } from "../../shared/api/problem.ts";
import { createDraftKeeper } from "./draft-keeper.ts";
import { isEmpty, type LocalDraft, readLocal, type ServerDraft } from "./draft-merge.ts";

export type DraftKeeper = ReturnType<typeof createDraftKeeper>;

const place = (agentId: string, conversationId: string) => `hubbub.draft.${agentId}.${conversationId}`;
const keepers = new Map<string, DraftKeeper>();

/** The one keeper of this page for this agent. Another agent on the same machine never sees these words. */
export function draftsOf(agentId: string, client: QueryClient): DraftKeeper {
  let keeper = keepers.get(agentId);
  if (!keeper) {
    keeper = createDraftKeeper({
      read: (id) => readLocal(stored(place(agentId, id))),
      write: (id, draft) => store(place(agentId, id), draft),
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
    (view) => view && { ...view, draft: draft && { ...draft, files: [...(draft.files ?? [])] } },
  );
  if (reading) void client.invalidateQueries({ queryKey, exact: true });
  void client.invalidateQueries({ queryKey: ["work"] });
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, draft: LocalDraft | null): void {
  try {
    if (draft === null || (isEmpty(draft) && draft.base === 0)) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Without storage the server's copy is the only one.
  }
}
