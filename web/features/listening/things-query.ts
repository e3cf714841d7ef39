import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { ThingView, thingsLookedBack, thingsView } from "#contracts/things";
import { api } from "../../shared/api/api.ts";

export type Thing = ThingView;
export type Things = z.infer<typeof thingsView>;

export const thingsQuery = queryOptions({
  queryKey: ["things"],
  queryFn: ({ signal }) => api.get<Things>("/api/things", undefined, signal),
});

export function saveThings(
  { things, expectedVersion }: { things: Thing[]; expectedVersion: number },
  commandId: string,
): Promise<Things> {
  return api.put<Things>("/api/things", { things }, { commandId, expectedVersion });
}
export function lookBack(_: null, commandId: string): Promise<z.infer<typeof thingsLookedBack>> {
  return api.post<z.infer<typeof thingsLookedBack>>("/api/things/look-back", {}, { commandId });
}
