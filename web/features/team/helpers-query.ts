import { queryOptions } from "@tanstack/react-query";
import { api } from "../../shared/api/api.ts";

/** The setting `desk.surge-helpers`, as the server keeps it. */
export interface SurgeHelpers {
  agentIds: string[];
}

export const helpersQuery = queryOptions({
  queryKey: ["settings", "desk.surge-helpers"],
  queryFn: async ({ signal }) => {
    const { settings } = await api.get<{ settings: { key: string; value: unknown }[] }>(
      "/api/settings",
      undefined,
      signal,
    );
    return (settings.find((one) => one.key === "desk.surge-helpers")?.value ?? { agentIds: [] }) as SurgeHelpers;
  },
});
export function saveHelpers(value: SurgeHelpers, commandId: string): Promise<unknown> {
  return api.put("/api/settings/desk.surge-helpers", { value }, { commandId });
}
