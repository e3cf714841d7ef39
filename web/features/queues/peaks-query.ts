import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { reliefList } from "#contracts/routing";
import { api } from "../../shared/api/api.ts";
import type { Peaks } from "./peaks-draft.ts";

export type ReliefLine = z.infer<typeof reliefList>["lines"][number];

export const peaksQuery = queryOptions({
  queryKey: ["settings", "routing.peaks"],
  queryFn: async ({ signal }) => {
    const { settings } = await api.get<{ settings: { key: string; value: unknown }[] }>(
      "/api/settings",
      undefined,
      signal,
    );
    return (settings.find((one) => one.key === "routing.peaks")?.value ?? { queues: [] }) as Peaks;
  },
});
export const reliefQuery = queryOptions({
  queryKey: ["settings", "relief"],
  queryFn: ({ signal }) => api.get<z.infer<typeof reliefList>>("/api/queue-relief", undefined, signal),
});
export function savePeaks(value: Peaks, commandId: string): Promise<unknown> {
  return api.put("/api/settings/routing.peaks", { value }, { commandId });
}
