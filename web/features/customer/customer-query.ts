import { queryOptions } from "@tanstack/react-query";
import type { CustomerPage } from "#contracts/customer-page";
import { api } from "../../shared/api/api.ts";

/** A customer with the newest part of the line of time; kept fresh by the live kinds customer and conversation. */
export function customerQuery(id: string) {
  return queryOptions({
    queryKey: ["customer", id],
    queryFn: ({ signal }) => api.get<CustomerPage>(`/api/customers/${id}`, undefined, signal),
  });
}

/** What was said before the part that is shown. */
export function earlierOfCustomer(id: string, before: string) {
  return queryOptions({
    queryKey: ["customer", id, "before", before],
    queryFn: ({ signal }) => api.get<CustomerPage>(`/api/customers/${id}`, { before }, signal),
  });
}

/** What an act on a customer makes stale. */
export const staleOf = (customerId: string) => [["customer", customerId], ["conversation"]];

type Of<T> = T & { customerId: string };

export function setField(
  { customerId, key, ...body }: Of<{ key: string; value: string | null; expectedVersion: number }>,
  commandId: string,
) {
  const { expectedVersion, ...said } = body;
  return api.put<{ version: number }>(`/api/customers/${customerId}/fields/${key}`, said, {
    commandId,
    expectedVersion,
  });
}
export function addOrganisation({ customerId, ...body }: Of<{ name: string; role: string }>, commandId: string) {
  return api.post<{ organisationId: string }>(`/api/customers/${customerId}/organisations`, body, { commandId });
}
export function dropOrganisation({ customerId, organisationId }: Of<{ organisationId: string }>, commandId: string) {
  return api.delete(`/api/customers/${customerId}/organisations/${organisationId}`, { commandId });
}
export function recordConsent(
  { customerId, ...body }: Of<{ purpose: string; given: boolean; source: string }>,
  commandId: string,
) {
  return api.post<{ consentId: string }>(`/api/customers/${customerId}/consents`, body, { commandId });
}
export function addNote({ customerId, ...body }: Of<{ text: string }>, commandId: string) {
  return api.post<{ id: string }>(`/api/customers/${customerId}/notes`, body, { commandId });
}
export function dropNote({ customerId, noteId }: Of<{ noteId: string }>, commandId: string) {
  return api.delete(`/api/customers/${customerId}/notes/${noteId}`, { commandId });
}
