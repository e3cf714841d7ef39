import { queryOptions } from "@tanstack/react-query";
import { api } from "../../shared/api/api.ts";
import type { Acknowledge } from "./acknowledge-draft.ts";

export function acknowledgeQuery(brandId: string) {
  return queryOptions({
    queryKey: ["settings", "desk.acknowledge", brandId],
    queryFn: async ({ signal }) => {
      const { settings } = await api.get<{ settings: { key: string; value: unknown }[] }>(
        "/api/settings",
        { brandId },
        signal,
      );
      return settings.find((one) => one.key === "desk.acknowledge")?.value as Acknowledge;
    },
  });
}
export function saveAcknowledge(
  { brandId, value }: { brandId: string; value: Acknowledge },
  commandId: string,
): Promise<unknown> {
  return api.put("/api/settings/desk.acknowledge", { value, brandId }, { commandId });
}
