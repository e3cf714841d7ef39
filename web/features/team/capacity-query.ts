import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { addCapacity, CapacityGivenView, CapacityProfileView, capacityBook } from "#contracts/workforce";
import { api } from "../../shared/api/api.ts";

export type CapacityBook = z.infer<typeof capacityBook>;
export type Profile = CapacityProfileView;
export type Given = CapacityGivenView;
export type Kind = CapacityBook["kinds"][number]["kind"];
export type NewProfile = z.infer<typeof addCapacity>;

export const capacityQuery = queryOptions({
  queryKey: ["people", "capacity"],
  queryFn: ({ signal }) => api.get<CapacityBook>("/api/capacity", undefined, signal),
});
/** Whoever takes on more or less is shown so everywhere. */
export const CAPACITY_MOVES = () => [["people", "capacity"], ["presence"]];

export function saveProfile(
  { id, expectedVersion, ...profile }: NewProfile & { id: string | null; expectedVersion: number },
  commandId: string,
): Promise<Profile> {
  return id === null
    ? api.post<Profile>("/api/capacity/profiles", profile, { commandId })
    : api.put<Profile>(`/api/capacity/profiles/${id}`, profile, { commandId, expectedVersion });
}
export function giveProfile(
  wish: Pick<Given, "profileId" | "subjectKind" | "subjectId"> & {
    validFrom: string | null;
    validUntil: string | null;
  },
  commandId: string,
): Promise<Given> {
  return api.post<Given>("/api/capacity/given", wish, { commandId });
}
export function takeProfile(id: string, commandId: string): Promise<Given> {
  return api.delete<Given>(`/api/capacity/given/${id}`, {}, { commandId });
}
