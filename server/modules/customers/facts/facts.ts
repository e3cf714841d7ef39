import { settingOf } from "#modules/company";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { type CustomerField, fieldValue } from "../domain/field-value.ts";
import {
  type ConsentSaid,
  type CustomerNote,
  deleteMembership,
  type FieldValue,
  findPresent,
  hideCustomerNote,
  insertConsent,
  insertCustomerNote,
  meetOrganisation,
  type OrganisationOf,
  putField,
  putMembership,
  selectConsents,
  selectFields,
  selectNotes,
  selectOrganisations,
} from "../store/customer-fact-store.ts";
import { consentPurposesSetting, customerFieldsSetting } from "./settings.ts";

/** What is noted of a customer: every field and purpose the account has, with what is known of it. */
export interface CustomerFacts {
  organisations: OrganisationOf[];
  fields: (CustomerField & { said: FieldValue | null })[];
  consents: { purpose: string; label: string; said: ConsentSaid | null }[];
  notes: CustomerNote[];
}

/** Asks everything at once: one round of reads. */
export async function factsOf(tx: Tx, customerId: string): Promise<CustomerFacts> {
  const [organisations, values, said, notes, fields, purposes] = await Promise.all([
    selectOrganisations(tx, customerId),
    selectFields(tx, customerId),
    selectConsents(tx, customerId),
    selectNotes(tx, customerId),
    settingOf(tx, customerFieldsSetting),
    settingOf(tx, consentPurposesSetting),
  ]);
  return {
    organisations,
    fields: fields.value.map((f) => ({ ...f, said: values.find((v) => v.key === f.key) ?? null })),
    consents: purposes.value.map((p) => ({
      purpose: p.key,
      label: p.label,
      said: said.find((c) => c.purpose === p.key) ?? null,
    })),
    notes,
  };
}

/** The customer an address leads to: whoever was joined is found under the one he became. */
export async function presentCustomer(tx: Tx, customerId: string): Promise<string | null> {
  return findPresent(tx, customerId);
}

/** Sets a field of the account's own, or empties it. Returns its new version. */
export async function setCustomerField(
  tx: Tx,
  set: { customerId: string; key: string; value: string | null; expectedVersion: number; by: string | null },
): Promise<number> {
  const field = (await settingOf(tx, customerFieldsSetting)).value.find((f) => f.key === set.key);
  if (!field) throw notFound("field");
  const checked = set.value === null ? { ok: true as const, value: null } : fieldValue(field, set.value);
  if (!checked.ok) throw new AppError("invalid-request", `${field.label}: ${checked.why}`);
  const { customerId, key, by, expectedVersion: expected } = set;
  const version = await putField(tx, { customerId, key, value: checked.value, by, expected });
  if (version === null)
    throw conflict("field", (await selectFields(tx, customerId)).find((f) => f.key === key) ?? { version: 0 });
  return version;
}

export async function addOrganisation(
  tx: Tx,
  add: { customerId: string; name: string; role: string; by: string | null },
): Promise<{ organisationId: string }> {
  const organisationId = await meetOrganisation(tx, { id: uuidv7(tx.now), name: add.name.trim(), by: add.by });
  await putMembership(tx, { customerId: add.customerId, organisationId, role: add.role.trim(), by: add.by });
  return { organisationId };
}

export async function dropOrganisation(tx: Tx, customerId: string, organisationId: string): Promise<void> {
  if (!(await deleteMembership(tx, customerId, organisationId))) throw notFound("organisation");
}

/** `source`: how we know, in words. */
export async function recordConsent(
  tx: Tx,
  said: { customerId: string; purpose: string; given: boolean; source: string; by: string | null },
): Promise<{ consentId: string }> {
  const known = (await settingOf(tx, consentPurposesSetting)).value;
  if (!known.some((p) => p.key === said.purpose)) throw notFound("purpose");
  const consentId = uuidv7(tx.now);
  await insertConsent(tx, { ...said, id: consentId, source: said.source.trim() });
  return { consentId };
}

export async function addCustomerNote(
  tx: Tx,
  note: { customerId: string; agentId: string; text: string },
): Promise<CustomerNote> {
  const id = uuidv7(tx.now);
  await insertCustomerNote(tx, { ...note, id });
  return { id, agentId: note.agentId, text: note.text, at: tx.now };
}

export async function dropCustomerNote(tx: Tx, customerId: string, noteId: string, by: string): Promise<void> {
  if (!(await hideCustomerNote(tx, customerId, noteId, by))) throw notFound("note");
}
