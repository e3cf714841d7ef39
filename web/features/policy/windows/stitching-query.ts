import { queryOptions } from "@tanstack/react-query";
import type { StitchingView, StitchLimits, StitchReplay } from "#contracts/windows";
import { api } from "../../../shared/api/api.ts";

export function stitchingQuery(brandId: string) {
  return queryOptions({
    queryKey: ["policy", brandId, "stitching"],
    queryFn: ({ signal }) => api.get<StitchingView>(`/api/policies/${brandId}/stitching`, undefined, signal),
  });
}

export function saveStitching(
  { brandId, limits, expectedVersion }: { brandId: string; limits: StitchLimits; expectedVersion: number },
  commandId: string,
): Promise<StitchingView> {
  return api.put<StitchingView>(`/api/policies/${brandId}/stitching`, { limits }, { commandId, expectedVersion });
}

export function replayStitching(
  { brandId, ...body }: { brandId: string; limits: StitchLimits; from: string; to: string },
  commandId: string,
): Promise<StitchReplay> {
  return api.post<StitchReplay>(`/api/policies/${brandId}/stitching/replay`, body, { commandId });
}
