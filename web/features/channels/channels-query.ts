import { queryOptions } from "@tanstack/react-query";
import type { ChannelView } from "#contracts/channels";
import type { Capabilities } from "#shared/capabilities";
import { api } from "../../shared/api/api.ts";
import type { StopSwitch } from "../../shared/api/channels-query.ts";

export type Brand = { id: string; name: string };
export type Channels = { channels: ChannelView[]; stopped: StopSwitch[] };

export const brandsQuery = queryOptions({
  queryKey: ["account", "brands"],
  queryFn: ({ signal }) => api.get<{ brands: Brand[] }>("/api/brands", undefined, signal),
});

/** The sheet as it came; an administrator may have overridden any part of it. */
export function sheetOf(channel: ChannelView): Partial<Capabilities> {
  return channel.capabilities as Partial<Capabilities>;
}

export type SetState = { id: string; state: "on" | "paused"; expectedVersion: number };

export function setState({ id, state, expectedVersion }: SetState, commandId: string): Promise<ChannelView> {
  return api.put<ChannelView>(`/api/channels/${id}/state`, { state }, { commandId, expectedVersion });
}

export function backfill(id: string, commandId: string): Promise<{ started: boolean }> {
  return api.post<{ started: boolean }>(`/api/channels/${id}/backfill`, {}, { commandId });
}

export type SetStop = { scope: "all" | "brand"; brandId: string | null; on: boolean; reason: string };

export function setStop(wanted: SetStop, commandId: string): Promise<unknown> {
  return api.put("/api/stop-switch", wanted, { commandId });
}
