import { queryOptions } from "@tanstack/react-query";
import type { WindowReplay, Windows, WindowsView } from "#contracts/windows";
import { api } from "../../../shared/api/api.ts";

export function windowsQuery(brandId: string) {
  return queryOptions({
    queryKey: ["policy", brandId, "windows"],
    queryFn: ({ signal }) => api.get<WindowsView>(`/api/policies/${brandId}/windows`, undefined, signal),
  });
}

export function saveWindows(
  { brandId, windows, expectedVersion }: { brandId: string; windows: Windows; expectedVersion: number },
  commandId: string,
): Promise<WindowsView> {
  return api.put<WindowsView>(`/api/policies/${brandId}/windows`, { windows }, { commandId, expectedVersion });
}

export function replayWindows(
  { brandId, ...body }: { brandId: string; windows: Windows; from: string; to: string },
  commandId: string,
): Promise<WindowReplay> {
  return api.post<WindowReplay>(`/api/policies/${brandId}/windows/replay`, body, { commandId });
}
