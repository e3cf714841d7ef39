import { HandleJoined, HandleParted, JoinSuggested, JoinUndone } from "#events/customers";
import { type LiveMapping, type LiveNotice, live } from "#platform/journal/live";

/**
 * That something about a customer changed, never what. Where customers stand is not known here: these are for who may know all of them;
 * the others hear of it by the conversations that follow.
 */
const about = (id: string, version: number): LiveNotice => ({
  ...{ kind: "customer", id, version },
  needs: { verb: "customer.read", at: { of: "conversation", id } },
});

export const joinNotices: readonly LiveMapping[] = [
  live(HandleJoined, (e) => [
    about(e.payload.customerId, e.entityVersion),
    about(e.payload.fromCustomerId, e.entityVersion),
  ]),
  live(HandleParted, (e) => [
    about(e.payload.customerId, e.entityVersion),
    about(e.payload.fromCustomerId, e.entityVersion),
  ]),
  live(JoinUndone, (e) => [about(e.payload.customerId, e.entityVersion)]),
  live(JoinSuggested, (e) => e.payload.customerIds.map((id) => about(id, e.entityVersion))),
];
