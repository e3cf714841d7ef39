import { z } from "zod";
import { id } from "#contracts/common";
import {
  addCapacity,
  type CapacityGivenView,
  type CapacityProfileView,
  capacityBook,
  capacityGiven,
  capacityProfile,
  changeCapacity,
  giveCapacity as giveBody,
} from "#contracts/workforce";
import { activeAgents, audit, need } from "#modules/people";
import { instantOf, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Routes } from "#platform/http/routes";
import {
  addCapacityProfile,
  capacityProfiles,
  changeCapacityProfile,
  giveCapacity,
  takeCapacityBack,
} from "../capacity.ts";
import type { Capacity, CapacityProfile, Given, MediumKind } from "../domain/capacity-profile.ts";
import { presencesOf } from "../workforce.ts";

const byId = z.object({ id });
const tag = "presence";

/** A kind of work as whoever hands it out counts it: what one item takes of 100, and the usual cap. */
export interface CapacityKind {
  readonly kind: MediumKind;
  readonly weight: number;
  readonly cap: number;
}

const presentProfile = (p: CapacityProfile): CapacityProfileView => ({
  ...p,
  limits: { ...p.limits },
  apart: p.apart.map((group) => [...group]),
});
const presentGiven = (g: Given): CapacityGivenView => ({
  ...g,
  validFrom: iso(g.validFrom),
  validUntil: g.validUntil === null ? null : iso(g.validUntil),
});
const wished = ({ name, budget, limits, apart }: z.output<typeof addCapacity>): Capacity & { name: string } => {
  const caps = Object.entries(limits).filter(([, n]) => n !== undefined);
  return { name, budget, limits: Object.fromEntries(caps), apart };
};

async function bookOf(tx: Tx, kinds: readonly CapacityKind[]): Promise<z.input<typeof capacityBook>> {
  const { profiles, given } = await capacityProfiles(tx);
  const ids = (await activeAgents(tx)).map((agent) => agent.id);
  const presences = await presencesOf(tx, ids);
  return {
    profiles: profiles.map(presentProfile),
    given: given.filter((g) => g.validUntil === null || g.validUntil > tx.now).map(presentGiven),
    agents: ids.map((agentId) => {
      const { profileId = null, budget = 100 } = presences.get(agentId) ?? {};
      return { agentId, profileId, budget };
    }),
    kinds: kinds.map((kind) => ({ ...kind })),
  };
}

/** How much agents take on. Who manages people reads and changes it; every change is in the audit log. */
export function capacityRoutes(r: Routes, kinds: readonly CapacityKind[]): void {
  r.query(
    "/api/capacity",
    { summary: "Capacity profiles, and who has which", tag, response: capacityBook },
    async (tx, { actor }) => {
      need(actor, "people.manage");
      return bookOf(tx, kinds);
    },
  );
  r.command(
    "POST",
    "/api/capacity/profiles",
    { summary: "Add a capacity profile", tag, body: addCapacity, response: capacityProfile },
    async (tx, { actor, body }) => {
      need(actor, "people.manage");
      const made = await addCapacityProfile(tx, wished(body));
      await audit(tx, actor, "capacity.added", "capacity-profile", made.id, { to: wished(body) });
      return presentProfile(made);
    },
  );
  r.command(
    "PUT",
    "/api/capacity/profiles/:id",
    {
      summary: "Change a capacity profile, at once for everybody who has it",
      ...{ tag, params: byId, body: changeCapacity, response: capacityProfile },
    },
    async (tx, { actor, params, body }) => {
      need(actor, "people.manage");
      const { before, after } = await changeCapacityProfile(tx, params.id, body.expectedVersion, wished(body));
      const { id: _, version: __, ...from } = before;
      await audit(tx, actor, "capacity.changed", "capacity-profile", params.id, { from, to: wished(body) });
      return presentProfile(after);
    },
  );
  r.command(
    "POST",
    "/api/capacity/given",
    {
      summary: "Give a capacity profile to an agent or a team, from a day on or for a while",
      ...{ tag, body: giveBody, response: capacityGiven },
    },
    async (tx, { actor, body }) => {
      need(actor, "people.manage");
      const at = (text: string | null) => (text === null ? null : instantOf(text));
      const made = await giveCapacity(tx, { ...body, validFrom: at(body.validFrom), validUntil: at(body.validUntil) });
      await audit(tx, actor, "capacity.given", body.subjectKind, body.subjectId, { to: presentGiven(made) });
      return presentGiven(made);
    },
  );
  r.command(
    "DELETE",
    "/api/capacity/given/:id",
    { summary: "Take a capacity profile back", tag, params: byId, response: capacityGiven },
    async (tx, { actor, params }) => {
      need(actor, "people.manage");
      const given = await takeCapacityBack(tx, params.id);
      await audit(tx, actor, "capacity.taken-back", given.subjectKind, given.subjectId, { from: presentGiven(given) });
      return presentGiven(given);
    },
  );
}
