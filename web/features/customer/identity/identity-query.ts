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
type Part = { customerId: string; handleId: string; expectedVersion: number };
export function partHandle({ customerId, handleId, expectedVersion }: Part, commandId: string) {
  const body = { handleIds: [handleId] };
  return api.post<IdentityDone>(`/api/customers/${customerId}/partings`, body, { commandId, expectedVersion });
}
export function markShared({ customerId, handleId, expectedVersion }: Part, commandId: string) {
  const path = `/api/customers/${customerId}/handles/${handleId}/shared`;
  return api.post<IdentityDone>(path, {}, { commandId, expectedVersion });
}
export function answerSuggestion({ id, as }: { id: string; as: "accept" | "refuse" }, commandId: string) {
  return api.post<IdentityDone>(`/api/customer-suggestions/${id}/${as}`, undefined, { commandId });
}
export function undoJoin({ id }: { id: string }, commandId: string) {
  return api.post<IdentityDone>(`/api/customer-joins/${id}/undo`, undefined, { commandId });
}
