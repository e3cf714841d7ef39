import { z } from "zod";
import { id } from "#contracts/common";
import { dryRunPolicy, dryRunResult, policyView, setPolicy as setPolicyBody } from "#contracts/policy";
import { brandOf } from "#modules/company";
import { audit, can, need } from "#modules/people";
import { iso } from "#platform/clock";
import type { Routes } from "#platform/http/routes";
import { dryRun, policyOf, setPolicy } from "../policies.ts";
import type { StoredPolicy } from "../store/policy-store.ts";

const params = z.object({ brandId: id });
const tag = "policies";

function present(p: StoredPolicy): z.input<typeof policyView> {
  return { ...p, validFrom: iso(p.validFrom) };
}

/** `/api/policies/:brandId`: what a brand takes for work, in words and as ordered rules. */
export function policyRoutes(r: Routes): void {
  r.query(
    "/api/policies/:brandId",
    { summary: "The written policy of a brand and its rules", tag, params, response: policyView },
    async (tx, { actor, params: { brandId } }) => {
      if (!can(actor, "policy.manage", { brandId })) need(actor, "work.read", { brandId });
      await brandOf(tx, brandId);
      return present(await policyOf(tx, brandId));
    },
  );
  r.command(
    "PUT",
    "/api/policies/:brandId",
    {
      summary: "Write the next version of a brand's policy; it counts for what comes from now on",
      tag,
      params,
      body: setPolicyBody,
      response: policyView,
    },
    async (tx, { actor, params: { brandId }, body }) => {
      need(actor, "policy.manage", { brandId });
      await brandOf(tx, brandId);
      const set = await setPolicy(tx, brandId, body, actor.kind === "agent" ? actor.id : null);
      await audit(tx, actor, "policy.set", "policy", brandId, { version: set.version });
      return present(set);
    },
  );
  r.command(
    "POST",
    "/api/policies/:brandId/dry-run",
    {
      summary: "Run draft rules over the last messages; changes nothing",
      tag,
      params,
      body: dryRunPolicy,
      response: dryRunResult,
    },
    async (tx, { actor, params: { brandId }, body }) => {
      need(actor, "policy.manage", { brandId });
      await brandOf(tx, brandId);
      return dryRun(tx, brandId, body.rules, body.last);
    },
  );
}
