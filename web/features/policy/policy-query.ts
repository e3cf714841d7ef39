import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { dryRunResult, PolicyRule, policyView } from "#contracts/policy";
import { api } from "../../shared/api/api.ts";

export type Policy = z.infer<typeof policyView>;
export type DryRun = z.infer<typeof dryRunResult>;
export type Draft = { text: string; rules: PolicyRule[] };

export const brandsQuery = queryOptions({
  queryKey: ["account", "brands"],
  queryFn: ({ signal }) => api.get<{ brands: { id: string; name: string }[] }>("/api/brands", undefined, signal),
});

export type MonitorName = { id: string; name: string };

/** Whoever may not see monitors sees rules on them without their names. */
export const monitorNamesQuery = queryOptions({
  queryKey: ["policy", "monitor-names"],
  queryFn: async ({ signal }) => {
    const { monitors } = await api.get<{ monitors: MonitorName[] }>("/api/monitors", undefined, signal);
    return monitors.map(({ id, name }) => ({ id, name }));
  },
  retry: false,
});

/** Products and places of the account's list, by their names. */
export const thingNamesQuery = queryOptions({
  queryKey: ["policy", "thing-names"],
  queryFn: async ({ signal }) => {
    const { things } = await api.get<{ things: MonitorName[] }>("/api/things", undefined, signal);
    return things.map(({ id, name }) => ({ id, name }));
  },
  retry: false,
});

export function policyQuery(brandId: string) {
  return queryOptions({
    queryKey: ["policy", brandId],
    queryFn: ({ signal }) => api.get<Policy>(`/api/policies/${brandId}`, undefined, signal),
  });
}

export function savePolicy(
  wanted: Draft & { brandId: string; expectedVersion: number },
  commandId: string,
): Promise<unknown> {
  const { brandId, expectedVersion, ...draft } = wanted;
  return api.put(`/api/policies/${brandId}`, draft, { commandId, expectedVersion });
}

export function dryRun(
  wanted: { brandId: string; rules: PolicyRule[]; last: number },
  commandId: string,
): Promise<DryRun> {
  const { brandId, ...body } = wanted;
  return api.post<DryRun>(`/api/policies/${brandId}/dry-run`, body, { commandId });
}
