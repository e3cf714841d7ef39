import { z } from "zod";
import { done, id } from "#contracts/common";
import {
  consentRecorded,
  customerNoteMade,
  customerPage,
  customerPageQuery,
  fieldSet,
  newConsent,
  newCustomerNote,
  newOrganisation,
  organisationAdded,
  setField,
} from "#contracts/customer-page";
import { CustomerNoted } from "#events/desk";
import type { ConversationFacts } from "#modules/conversations";
import {
  addCustomerNote,
  addOrganisation,
  dropCustomerNote,
  dropOrganisation,
  recordConsent,
  setCustomerField,
} from "#modules/customers";
import { audit, auditLook } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { uuidv7 } from "#platform/ids";
import { accessCustomer } from "../customer-access.ts";
import { customerFor } from "../read/customer-page.ts";

const tag = "customers";
const byId = z.object({ id });
const ok = { ok: true as const };
const authorOf = (actor: Actor) => (actor.kind === "agent" ? actor.id : null);

/** `/api/customers/:id`: who somebody is, over all media, and what is noted of him. */
export function customerRoutes(r: Routes): void {
  r.query(
    "/api/customers/:id",
    {
      summary: "A customer: handles, facts, conversations, and all media on one line of time",
      tag,
      params: byId,
      query: customerPageQuery,
      response: customerPage,
    },
    async (tx, { actor, params, query }) => {
      const view = await customerFor(tx, actor, params.id, query.before ?? null);
      // Who looked at a customer is kept, once an hour; a program looks, too.
      await auditLook(tx, actor, "customer.opened", "customer", view.id);
      return view;
    },
  );
  r.command(
    "PUT",
    "/api/customers/:id/fields/:key",
    {
      summary: "Set one of the account's own fields of a customer, or empty it",
      tag,
      params: byId.extend({ key: z.string().min(1).max(40) }),
      body: setField,
      response: fieldSet,
    },
    async (tx, { actor, params: { id, key }, body }) => {
      const { customerId, conversations } = await accessCustomer(tx, actor, id);
      const version = await setCustomerField(tx, { customerId, key, ...body, by: authorOf(actor) });
      // What was written stays out of the log: it may be personal, and the log is never erased.
      await noted(tx, actor, "customer.field-set", customerId, conversations, { key, emptied: body.value === null });
      return { version };
    },
  );
  r.command(
    "POST",
    "/api/customers/:id/organisations",
    {
      summary: "Say that a customer belongs to an organisation; it is made when its name is new",
      tag,
      params: byId,
      body: newOrganisation,
      response: organisationAdded,
      status: 201,
    },
    async (tx, { actor, params, body }) => {
      const { customerId, conversations } = await accessCustomer(tx, actor, params.id);
      const added = await addOrganisation(tx, { customerId, ...body, by: authorOf(actor) });
      await noted(tx, actor, "customer.organisation-added", customerId, conversations, added);
      return added;
    },
  );
  r.command(
    "DELETE",
    "/api/customers/:id/organisations/:organisationId",
    {
      summary: "Say that a customer does not belong to an organisation",
      tag,
      params: byId.extend({ organisationId: id }),
      response: done,
    },
    async (tx, { actor, params: { id, organisationId } }) => {
      const { customerId, conversations } = await accessCustomer(tx, actor, id);
      await dropOrganisation(tx, customerId, organisationId);
      await noted(tx, actor, "customer.organisation-dropped", customerId, conversations, { organisationId });
      return ok;
    },
  );
  r.command(
    "POST",
    "/api/customers/:id/consents",
    {
      summary: "Record what a customer said yes or no to; the last word on a purpose counts",
      tag,
      params: byId,
      body: newConsent,
      response: consentRecorded,
      status: 201,
    },
    async (tx, { actor, params, body }) => {
      const { customerId, conversations } = await accessCustomer(tx, actor, params.id);
      const recorded = await recordConsent(tx, { customerId, ...body, by: authorOf(actor) });
      const { purpose, given } = body;
      await noted(tx, actor, "customer.consent-recorded", customerId, conversations, { ...recorded, purpose, given });
      return recorded;
    },
  );
  r.command(
    "POST",
    "/api/customers/:id/notes",
    {
      summary: "Write a note about a customer that only the team reads",
      tag,
      params: byId,
      body: newCustomerNote,
      response: customerNoteMade,
      status: 201,
    },
    async (tx, { actor, params, body }) => {
      const { customerId, conversations } = await accessCustomer(tx, actor, params.id);
      const note = await addCustomerNote(tx, { customerId, agentId: actor.id, text: body.text });
      await noted(tx, actor, "customer.note-added", customerId, conversations, { noteId: note.id });
      return { id: note.id, at: iso(note.at) };
    },
  );
  r.command(
    "DELETE",
    "/api/customers/:id/notes/:noteId",
    {
      summary: "Take a note about a customer away",
      tag,
      params: byId.extend({ noteId: id }),
      response: done,
    },
    async (tx, { actor, params: { id, noteId } }) => {
      const { customerId, conversations } = await accessCustomer(tx, actor, id);
      await dropCustomerNote(tx, customerId, noteId, actor.id);
      await noted(tx, actor, "customer.note-dropped", customerId, conversations, { noteId });
      return ok;
    },
  );
}

/** Keeps who did it, and tells those who look at the customer or at one of his conversations. */
async function noted(
  tx: Tx,
  actor: Actor,
  act: string,
  customerId: string,
  conversations: readonly ConversationFacts[],
  detail: Record<string, unknown>,
): Promise<void> {
  await audit(tx, actor, act, "customer", customerId, detail);
  tx.announce(CustomerNoted, {
    key: customerId,
    entity: "customer",
    entityId: customerId,
    entityVersion: 1,
    payload: { customerId, actId: uuidv7(tx.now), conversationIds: conversations.map((c) => c.id) },
  });
}
