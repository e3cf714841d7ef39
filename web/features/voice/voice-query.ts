import { queryOptions } from "@tanstack/react-query";
import type { BrandVoice, BrandVoices } from "#contracts/voice";
import { api } from "../../shared/api/api.ts";

export const voicesQuery = queryOptions({
  queryKey: ["settings", "voices"],
  queryFn: ({ signal }) => api.get<BrandVoices>("/api/voices", undefined, signal),
});

export type SaveVoice = { brandId: string; voice: BrandVoice; base: number };
export function saveVoice({ brandId, ...body }: SaveVoice, commandId: string) {
  return api.put<BrandVoices["brands"][number]>(`/api/voices/${brandId}`, body, { commandId });
}
