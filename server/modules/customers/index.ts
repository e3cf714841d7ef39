/** The front door of `customers`: who is speaking, over all channels. */
import type { LiveMapping } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import { onAuthorChanged } from "./reactions/on-author-changed.ts";

export { customersById, handlesById, handlesOfCustomers, type Met, meetHandles } from "./customers.ts";
export { type Claims, claimsOf, phone } from "./domain/claims.ts";
export { handleKey, type Identity, scopeOf } from "./domain/meet.ts";
export type { Customer, Handle } from "./store/customer-store.ts";

export const reader: Reader = { name: "customers", reactions: [onAuthorChanged] };

/** Screens learn of a changed name with the next change of the conversation they show. */
export const liveMappings: readonly LiveMapping[] = [];
