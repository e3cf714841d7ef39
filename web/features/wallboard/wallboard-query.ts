import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { WorkRow } from "#contracts/desk";
import type { QueueCloseUp, Supervised, Wallboard } from "#contracts/supervision";
import { api } from "../../shared/api/api.ts";
import { every } from "../../shared/api/query-client.ts";

/** Its live kinds are many and quick; use-fresh-board.ts says when it is fetched again. */
export const BOARD = "wallboard";

export type ItemsOf = "waiting" | "late" | "held" | "open";
export type ItemsAsked = {
  of: ItemsOf;
  queueId?: string | undefined;
  teamId?: string | undefined;
  agentId?: string | undefined;
};
export type ItemsPage = { items: WorkRow[]; next: string | null };

export const boardQuery = (teamId: string | undefined) =>
  queryOptions({
    queryKey: [BOARD, "board", teamId ?? "all"],
    queryFn: ({ signal }) => api.get<Wallboard>("/api/wallboard", { teamId }, signal),
    placeholderData: keepPreviousData,
    // Waits and forecasts move with the clock even when nothing happens.
    refetchInterval: every(30_000),
  });

export const closeUpQuery = (queueId: string) =>
  queryOptions({
    queryKey: [BOARD, "queue", queueId],
    queryFn: ({ signal }) => api.get<QueueCloseUp>(`/api/wallboard/queues/${queueId}`, undefined, signal),
  });

export const itemsQuery = (asked: ItemsAsked) =>
  infiniteQueryOptions({
    queryKey: [BOARD, "items", asked],
    queryFn: ({ signal, pageParam }) =>
      api.get<ItemsPage>("/api/wallboard/items", { ...asked, limit: 100, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export type Act =
  | { kind: "give"; to: { kind: "agent"; agentId: string } | { kind: "queue"; queueId: string } }
  | { kind: "priority"; priority: WorkRow["priority"] };
export type ActAsked = { items: { workItemId: string; expectedVersion: number }[]; act: Act };
export const supervise = (asked: ActAsked, commandId: string): Promise<Supervised> =>
  api.post<Supervised>("/api/supervision/acts", asked, { commandId });

export const takeBack = (
  { actId, expectedVersion }: { actId: string; expectedVersion: number },
  commandId: string,
): Promise<Supervised> =>
  api.post<Supervised>(`/api/supervision/acts/${actId}/take-back`, { expectedVersion }, { commandId });

export type LendAsked = {
  agentId: string;
  what: { kind: "skill"; skillId: string; level: number } | { kind: "team"; teamId: string };
  until: string;
  reason: string;
};
export const lend = (asked: LendAsked, commandId: string): Promise<Supervised> =>
  api.post<Supervised>("/api/supervision/loans", asked, { commandId });

export type EaseAsked = {
  queueId: string;
  what:
    | { what: "target"; percent: number; priorities: WorkRow["priority"][] }
    | { what: "skill"; skillId: string; level: number };
  until: string;
  reason: string;
};
export const ease = (asked: EaseAsked, commandId: string): Promise<Supervised> =>
  api.post<Supervised>("/api/supervision/easings", asked, { commandId });

export type ForcedState = "available" | "busy" | "break" | "training" | "away" | "offline";
export const forcePresence = (
  { agentId, ...wish }: { agentId: string; state: ForcedState; until: string | null; reason: string },
  commandId: string,
): Promise<unknown> => api.put(`/api/presence/${agentId}`, wish, { commandId });

export const writeNote = (
  { conversationId, text }: { conversationId: string; text: string },
  commandId: string,
): Promise<unknown> => api.post(`/api/desk/conversations/${conversationId}/notes`, { text }, { commandId });

export const skillsQuery = queryOptions({
  queryKey: ["people", "skills"],
  queryFn: ({ signal }) => api.get<{ skills: { id: string; name: string }[] }>("/api/skills", undefined, signal),
});
