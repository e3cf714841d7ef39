import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { OfferView } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";
import { presenceQuery } from "../../shared/api/presence-query.ts";
import type { Problem } from "../../shared/api/problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { useSession } from "../../shared/session/session.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { sayProblem } from "../../shared/ui/problem-words.ts";
import { toasts } from "../../shared/ui/toast.tsx";
import type { DeclineReason } from "./offer-card.tsx";
import { offersQuery } from "./work-query.ts";

type Moved = { workItemId: string; conversationId: string };
const LISTS = [["work"], ["offers"], ["presence"]] as const;

/** Taking and declining work; `onTaken` opens it. `onNone`: nothing is to be had; true when there was something else to open. */
export function useTake(onTaken: (conversationId: string) => void, onNone: () => Promise<boolean>) {
  const { t } = useLingui();
  const client = useQueryClient();
  const me = useSession().agent.id;

  function refused(problem: Problem): void {
    // Somebody was first or the time ran out: the lists are stale in any case.
    for (const queryKey of LISTS) void client.invalidateQueries({ queryKey });
    const said = sayProblem(problem);
    toasts.add({ text: said });
  }
  const without = (offerId: string) => {
    const before = client.getQueryData(offersQuery.queryKey);
    client.setQueryData(offersQuery.queryKey, (offers) => offers?.filter((offer) => offer.offerId !== offerId));
    return () => client.setQueryData(offersQuery.queryKey, before);
  };
  const touched = (moved: Moved) => [...LISTS, ["conversation", moved.conversationId]];

  const accept = useCommand<OfferView, Moved>({
    run: (offer, commandId) => api.post(`/api/offers/${offer.offerId}/accept`, {}, { commandId }),
    optimistic: (offer) => without(offer.offerId),
    invalidates: (_offer, moved) => touched(moved),
    onDone: (moved, offer) => {
      announce(t`Taken: ${offer.row.customer.name || offer.row.customer.handle}.`);
      onTaken(moved.conversationId);
    },
    onProblem: refused,
  });

  const decline = useCommand<{ offer: OfferView; reason: DeclineReason }, Moved>({
    run: ({ offer, reason }, commandId) =>
      api.post(`/api/offers/${offer.offerId}/decline`, { reason, note: "" }, { commandId }),
    optimistic: ({ offer }) => without(offer.offerId),
    invalidates: () => LISTS,
    onDone: (_moved, { offer }) =>
      toasts.add({
        text: t`Declined: ${offer.row.customer.name || offer.row.customer.handle}. It goes to somebody else.`,
      }),
    onProblem: refused,
  });

  /** Whoever asks for work is here. Said by a command of its own: what is refused afterwards takes nothing of it back. */
  async function beHere(commandId: string): Promise<void> {
    const mine = client.getQueryData(presenceQuery.queryKey)?.agents.find((agent) => agent.agentId === me);
    if (mine?.state !== "not-responding") return;
    const here = { state: "available", until: null, reason: "" };
    await api.put("/api/presence/me", here, { commandId: `${commandId}-here` });
    void client.invalidateQueries({ queryKey: presenceQuery.queryKey });
    toasts.add({ text: t`You are available again.` });
  }

  const next = useCommand<{ quiet: boolean }, Moved>({
    run: async (_input, commandId) => {
      await beHere(commandId);
      return api.post("/api/work/next", {}, { commandId });
    },
    invalidates: (_input, moved) => touched(moved),
    onDone: (moved) => onTaken(moved.conversationId),
    onProblem: async (problem, { quiet }) => {
      const nothing = problem.kind === "conflict" || problem.kind === "refused";
      if (nothing && (quiet || (await onNone()))) return;
      refused(problem);
    },
  });

  const take = useCommand<{ conversationId: string; version: number }, unknown>({
    run: ({ conversationId, version }, commandId) =>
      api.post(`/api/desk/conversations/${conversationId}/take`, {}, { commandId, expectedVersion: version }),
    invalidates: ({ conversationId }) => [...LISTS, ["conversation", conversationId]],
    onDone: (_answer, { conversationId }) => onTaken(conversationId),
    onProblem: (problem, { conversationId }) => {
      void client.invalidateQueries({ queryKey: ["conversation", conversationId] });
      refused(problem);
    },
  });

  return { accept, decline, next, take };
}
