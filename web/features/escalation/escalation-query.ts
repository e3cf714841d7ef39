import { queryOptions } from "@tanstack/react-query";
import type {
  AlertView,
  CrisisStory,
  CrisisView,
  EscalationStory,
  EscalationView,
  Ladder,
  LadderFinding,
  LadderView,
  ReachView,
  ReachWish,
  Rota,
  RotaView,
  Way,
} from "#contracts/escalation";
import { api } from "../../shared/api/api.ts";

export type Named = { id: string; name: string };
export type Person = { id: string; name: string; state: string };

export const openQuery = queryOptions({
  queryKey: ["escalations", "open"],
  queryFn: ({ signal }) => api.get<{ items: EscalationView[] }>("/api/escalations", { state: "open" }, signal),
});
export const overQuery = queryOptions({
  queryKey: ["escalations", "over"],
  queryFn: ({ signal }) => api.get<{ items: EscalationView[] }>("/api/escalations", { state: "over" }, signal),
});
export const storyQuery = (id: string) =>
  queryOptions({
    queryKey: ["escalations", "story", id],
    queryFn: ({ signal }) => api.get<EscalationStory>(`/api/escalations/${id}`, undefined, signal),
  });
export const alertsQuery = queryOptions({
  queryKey: ["alerts"],
  queryFn: ({ signal }) => api.get<AlertView>("/api/alerts", undefined, signal),
});
export const ladderQuery = (brandId: string | null) =>
  queryOptions({
    queryKey: ["escalations", "ladder", brandId],
    queryFn: ({ signal }) =>
      api.get<LadderView>("/api/escalation-ladder", brandId === null ? undefined : { brandId }, signal),
  });
export const onCallQuery = queryOptions({
  queryKey: ["escalations", "on-call"],
  queryFn: ({ signal }) => api.get<{ rotas: RotaView[]; version: number }>("/api/on-call", undefined, signal),
});
export const reachQuery = queryOptions({
  queryKey: ["escalations", "reach"],
  queryFn: ({ signal }) => api.get<ReachView>("/api/reach", undefined, signal),
});
export type Webhook = {
  id: string;
  name: string;
  url: string;
  state: "on" | "dead";
  trouble: string | null;
  lastOkAt: string | null;
};
export const webhooksQuery = queryOptions({
  queryKey: ["escalations", "webhooks"],
  queryFn: ({ signal }) => api.get<{ webhooks: Webhook[] }>("/api/page-webhooks", undefined, signal),
});
export const crisesQuery = queryOptions({
  queryKey: ["crises"],
  queryFn: ({ signal }) => api.get<{ crises: CrisisView[] }>("/api/crises", undefined, signal),
});
export const crisisQuery = (id: string) =>
  queryOptions({
    queryKey: ["crises", id],
    queryFn: ({ signal }) => api.get<CrisisStory>(`/api/crises/${id}`, undefined, signal),
  });
export const agentsQuery = queryOptions({
  queryKey: ["people", "agents"],
  queryFn: ({ signal }) => api.get<{ agents: Person[] }>("/api/agents", undefined, signal),
});
export const teamsQuery = queryOptions({
  queryKey: ["people", "teams"],
  queryFn: ({ signal }) => api.get<{ teams: Named[] }>("/api/teams", undefined, signal),
});
export const brandsQuery = queryOptions({
  queryKey: ["account", "brands"],
  queryFn: ({ signal }) => api.get<{ brands: Named[] }>("/api/brands", undefined, signal),
});

/** What an act on an escalation touches. */
export const touched = (): readonly (readonly string[])[] => [["escalations"], ["alerts"]];

type On = { id: string; expectedVersion: number };
export const acknowledge = ({ id, expectedVersion }: On, commandId: string) =>
  api.post<EscalationView>(`/api/escalations/${id}/acknowledge`, {}, { commandId, expectedVersion });
export const actOn = ({ id, expectedVersion, says }: On & { says: string }, commandId: string) =>
  api.post<EscalationView>(`/api/escalations/${id}/act`, { says }, { commandId, expectedVersion });
export const handOn = ({ id, expectedVersion, ...to }: On & { agentId: string; reason: string }, commandId: string) =>
  api.post<EscalationView>(`/api/escalations/${id}/hand-on`, to, { commandId, expectedVersion });
export const standDown = ({ id, expectedVersion, reason }: On & { reason: string }, commandId: string) =>
  api.post<EscalationView>(`/api/escalations/${id}/stand-down`, { reason }, { commandId, expectedVersion });
export const raise = (
  asked: { conversationId: string; severity: number; reason: string },
  commandId: string,
): Promise<EscalationView> => api.post<EscalationView>("/api/escalations", asked, { commandId });

export const saveLadder = (
  { expectedVersion, ...asked }: { brandId: string | null; ladder: Ladder; expectedVersion: number },
  commandId: string,
) => api.put<LadderView>("/api/escalation-ladder", asked, { commandId, expectedVersion });
export const checkLadder = (ladder: Ladder, commandId: string) =>
  api.post<{ findings: LadderFinding[] }>("/api/escalation-ladder/check", { ladder }, { commandId });
export const saveRotas = (
  { rotas, expectedVersion }: { rotas: Rota[]; expectedVersion: number },
  commandId: string,
): Promise<unknown> => api.put("/api/on-call", { rotas }, { commandId, expectedVersion });
export const swapDuty = (
  { rotaId, ...asked }: { rotaId: string; from: string; to: string; agentId: string; reason: string },
  commandId: string,
): Promise<unknown> => api.post(`/api/on-call/${rotaId}/swaps`, asked, { commandId });

export const saveWish = ({ wish, expectedVersion }: { wish: ReachWish; expectedVersion: number }, commandId: string) =>
  api.put<ReachView>("/api/reach", { wish }, { commandId, expectedVersion });
export const addBrowser = (subscription: object, commandId: string) =>
  api.post<ReachView>("/api/reach/push", subscription, { commandId });
export const dropBrowser = (id: string, commandId: string) =>
  api.delete<ReachView>(`/api/reach/push/${id}`, {}, { commandId });
export const testPage = (way: Way, commandId: string) =>
  api.post<{ sent: number }>("/api/reach/test", { way }, { commandId });
export const addWebhook = (hook: { name: string; url: string }, commandId: string) =>
  api.post<Webhook & { secret: string }>("/api/page-webhooks", hook, { commandId });
export const dropWebhook = (id: string, commandId: string) => api.delete(`/api/page-webhooks/${id}`, {}, { commandId });

export type CrisisStart = {
  brandId: string;
  topic: string;
  spokespersonId: string;
  pause: boolean;
  holding: string;
  conversationIds: string[];
};
export const startCrisis = (asked: CrisisStart, commandId: string) =>
  api.post<CrisisView>("/api/crises", asked, { commandId });
export const changeCrisis = (
  { id, expectedVersion, ...change }: On & { spokespersonId?: string; pause?: boolean; holding?: string },
  commandId: string,
) => api.patch<CrisisView>(`/api/crises/${id}`, change, { commandId, expectedVersion });
export const bindConversation = (
  { id, expectedVersion, ...asked }: On & { conversationId: string; bound: boolean },
  commandId: string,
) => api.post<CrisisView>(`/api/crises/${id}/conversations`, asked, { commandId, expectedVersion });
export const noteInCrisis = ({ id, says }: { id: string; says: string }, commandId: string) =>
  api.post<CrisisView>(`/api/crises/${id}/log`, { says }, { commandId });
export const endCrisis = ({ id, expectedVersion, review }: On & { review: string }, commandId: string) =>
  api.post<CrisisView>(`/api/crises/${id}/end`, { review }, { commandId, expectedVersion });
/** Queues whose volume can begin an escalation. */
export const volumeQueuesQuery = queryOptions({
  queryKey: ["queues", "names"],
  queryFn: ({ signal }) => api.get<{ queues: Named[] }>("/api/queues", undefined, signal),
});
export const volumeMonitorsQuery = queryOptions({
  queryKey: ["monitors", "names"],
  queryFn: ({ signal }) => api.get<{ monitors: Named[] }>("/api/monitors", undefined, signal),
});
