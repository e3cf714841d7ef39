import { queryOptions } from "@tanstack/react-query";
import type { ChannelView, CheckView, NetworkView } from "#contracts/channels";
import { api } from "../../../shared/api/api.ts";

export type { CheckView, NetworkView };
export type Answers = Record<string, string>;
export type Checked = { channel: ChannelView; check: CheckView };

export const networksQuery = queryOptions({
  queryKey: ["networks"],
  queryFn: async ({ signal }) =>
    (await api.get<{ networks: NetworkView[] }>("/api/networks", undefined, signal)).networks,
  staleTime: Number.POSITIVE_INFINITY,
});

export type Try = { network: string; brandId: string; answers: Answers };
export const tryNetwork = ({ network, ...body }: Try, commandId: string) =>
  api.post<CheckView>(`/api/networks/${encodeURIComponent(network)}/try`, body, { commandId });

export type Connect = Try & { name: string };
export const connectChannel = (body: Connect, commandId: string) =>
  api.post<ChannelView>("/api/channels", body, { commandId });

export const checkChannel = ({ id, mend }: { id: string; mend: boolean }, commandId: string) =>
  api.post<Checked>(`/api/channels/${id}/check`, { mend }, { commandId });

export type Exchange = { id: string; answers: Answers; expectedVersion: number };
export const exchangeSecret = ({ id, answers, expectedVersion }: Exchange, commandId: string) =>
  api.put<ChannelView>(`/api/channels/${id}/secret`, { answers }, { commandId, expectedVersion });

export const disconnectChannel = (
  { id, expectedVersion }: { id: string; expectedVersion: number },
  commandId: string,
) => api.delete(`/api/channels/${id}`, {}, { commandId, expectedVersion });

export const fillGap = ({ id, gapId }: { id: string; gapId: string }, commandId: string) =>
  api.post<{ started: boolean }>(`/api/channels/${id}/gaps/${gapId}/fill`, {}, { commandId });
