import { queryOptions } from "@tanstack/react-query";
import type { IdentityDone, IdentityPreview, IdentityView } from "#contracts/identity";
import { api } from "../../../shared/api/api.ts";

/** How a customer's handles hang together; kept fresh by the live kinds customer and conversation. */
export function identityQuery(id: string) {
  return queryOptions({
    queryKey: ["customer", id, "identity"],
    queryFn: ({ signal }) => api.get<IdentityView>(`/api/customers/${id}/identity`, undefined, signal),
  });
}
export function partPreviewQuery(id: string, handleId: string) {
  return queryOptions({
    queryKey: ["customer", id, "part", handleId],
    queryFn: ({ signal }) => api.get<IdentityPreview>(`/api/customers/${id}/part-preview`, { handleId }, signal),
  });
}
/** `number`: of any conversation of the other customer. */
export function previewJoin(id: string, number: string) {
  return api.get<IdentityPreview>(`/api/customers/${id}/join-preview`, { number });
}

/** Every act here changes whose conversations these are. */
export const touched = () => [["customer"], ["conversation"], ["work"]];

type Join = { customerId: string; otherId: string; expectedVersion: number; otherVersion: number };
export function joinCustomers({ customerId, expectedVersion, ...body }: Join, commandId: string) {
  return api.post<IdentityDone>(`/api/customers/${customerId}/joins`, body, { commandId, expectedVersion });
}
/** What an act would take back; asked when somebody is about to do it. */
export function undoPreviewQuery(id: string) {
  return queryOptions({
    queryKey: ["customer", "undo", id],
    queryFn: ({ signal }) => api.get<IdentityPreview>(`/api/customer-joins/${id}/undo-preview`, undefined, signal),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}
/** Of messages that were placed because of the join that goes. */
export type Stitched = "part" | "leave";

type Part = { customerId: string; handleId: string; expectedVersion: number; stitched?: Stitched };
export function partHandle({ customerId, handleId, expectedVersion, stitched = "leave" }: Part, commandId: string) {
  const body = { handleIds: [handleId], stitched };
  return api.post<IdentityDone>(`/api/customers/${customerId}/partings`, body, { commandId, expectedVersion });
}
export function markShared({ customerId, handleId, expectedVersion }: Part, commandId: string) {
  const path = `/api/customers/${customerId}/handles/${handleId}/shared`;
  return api.post<IdentityDone>(path, {}, { commandId, expectedVersion });
}
export function answerSuggestion({ id, as }: { id: string; as: "accept" | "refuse" }, commandId: string) {
  return api.post<IdentityDone>(`/api/customer-suggestions/${id}/${as}`, undefined, { commandId });
}
export function undoJoin({ id, stitched = "leave" }: { id: string; stitched?: Stitched }, commandId: string) {
  return api.post<IdentityDone>(`/api/customer-joins/${id}/undo`, { stitched }, { commandId });
}
