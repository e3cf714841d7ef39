/** The front door of `customers`: who is speaking, over all channels. */
import type { LiveMapping } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import { joinNotices } from "./joins/notices.ts";
import { onAuthorChanged } from "./reactions/on-author-changed.ts";

export { customersById, handlesById, handlesOfCustomers, type Met, meetHandles } from "./customers.ts";
export { type Claims, claimsOf, phone } from "./domain/claims.ts";
export { handleKey, type Identity, scopeOf } from "./domain/meet.ts";
export {
  addCustomerNote,
  addOrganisation,
  type CustomerFacts,
  dropCustomerNote,
  dropOrganisation,
  factsOf,
  presentCustomer,
  recordConsent,
  setCustomerField,
} from "./facts/facts.ts";
export { customerFieldsSetting } from "./facts/settings.ts";
export {
  answerSuggestion,
  type Done as IdentityDone,
  joinCustomers,
  markHandleShared,
  partHandles,
  undoJoin,
} from "./joins/acts.ts";
export {
  type Evidence as JoinEvidence,
  type Heard,
  joinHandles,
  learnIdentities,
  suggestJoin,
  withdrawSuggestion,
} from "./joins/learn.ts";
export {
  customersOfJoin,
  type Identity as CustomerIdentity,
  identityOf,
  type Preview,
  previewJoin,
  previewPart,
  previewUndo,
} from "./joins/read.ts";
export type { Moved } from "./joins/settle.ts";
export type { Customer, Handle } from "./store/customer-store.ts";

export const reader: Reader = { name: "customers", reactions: [onAuthorChanged] };

/** Screens learn of a changed name with the next change of the conversation they show; of joins at once. */
export const liveMappings: readonly LiveMapping[] = joinNotices;
