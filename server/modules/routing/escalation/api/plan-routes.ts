import { z } from "zod";
import { done, id } from "#contracts/common";
import {
  type Ladder,
  ladder,
  ladderFinding,
  ladderSave,
  ladderView,
  rotaList,
  rotaSave,
  swap,
} from "#contracts/escalation";
import { brandOf, settingOf } from "#modules/company";
import { can, need } from "#modules/people";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { findingsOf, saveLadder, saveRotas, swapDuty } from "../plans.ts";
import { ladderSetting, rotasSetting } from "../settings.ts";
import { presentRotas } from "../views.ts";

const tag = "escalation";

/** Ladders and rotas: who is asked, and who is on call. */
export function planRoutes(r: Routes): void {
  const view = async (tx: Tx, brandId: string | null) => {
    const own = brandId ? await settingOf(tx, ladderSetting, { brandId }) : await settingOf(tx, ladderSetting);
    const account = brandId ? await settingOf(tx, ladderSetting) : own;
    return {
      ...{ brandId, ladder: own.value as Ladder, version: own.version },
      own: brandId === null || JSON.stringify(own.value) !== JSON.stringify(account.value),
      findings: await findingsOf(tx, own.value),
    };
  };
  r.query(
    "/api/escalation-ladder",
    {
      summary: "Who is asked about what, with what this leaves open in the next eight days",
      tag,
      query: z.object({ brandId: id.optional() }),
      response: ladderView,
    },
    async (tx, { actor, query }) => {
      need(actor, "escalation.read", {});
      if (query.brandId) await brandOf(tx, query.brandId);
      return view(tx, query.brandId ?? null);
    },
  );
  r.command(
    "POST",
    "/api/escalation-ladder/check",
    {
      summary: "Check a ladder without saving it (changes nothing)",
      tag,
      body: z.object({ ladder }),
      response: z.object({ findings: z.array(ladderFinding) }),
    },
    async (tx, { actor, body }) => {
      need(actor, "escalation.manage", {});
      return { findings: await findingsOf(tx, body.ladder) };
    },
  );
  r.command(
    "PUT",
    "/api/escalation-ladder",
    { summary: "Give the ladder a new version", tag, body: ladderSave, response: ladderView },
    async (tx, { actor, body }) => {
      need(actor, "escalation.manage", {});
      if (body.brandId) await brandOf(tx, body.brandId);
      const from = body.from === null ? null : Date.parse(body.from);
      if (from !== null && from < tx.now)
        throw new AppError("invalid-request", "A ladder cannot be in force in the past.");
      const { brandId, expectedVersion } = body;
      await saveLadder(tx, actor, { brandId, ladder: body.ladder, expectedVersion, from });
      return view(tx, brandId);
    },
  );
  r.query(
    "/api/on-call",
    { summary: "Who is on call now and next, and the hours in which nobody is", tag, response: rotaList },
    async (tx, { actor }) => {
      need(actor, "work.read");
      const { value, version } = await settingOf(tx, rotasSetting);
      return { rotas: await presentRotas(tx, value), version };
    },
  );
  r.command(
    "PUT",
    "/api/on-call",
    { summary: "Give the rotas a new version", tag, body: rotaSave, response: rotaList },
    async (tx, { actor, body }) => {
      need(actor, "escalation.manage", {});
      const version = await saveRotas(tx, actor, body.rotas, body.expectedVersion);
      return { rotas: await presentRotas(tx, (await settingOf(tx, rotasSetting)).value), version };
    },
  );
  r.command(
    "POST",
    "/api/on-call/:id/swaps",
    {
      summary: "Somebody stands in for a time: yourself, or whom you name if you manage escalations",
      tag,
      params: z.object({ id }),
      body: swap,
      response: done,
    },
    async (tx, { actor, params, body }) => {
      if (body.agentId !== actor.id || !can(actor, "escalation.act", {})) need(actor, "escalation.manage", {});
      const [from, to] = [Date.parse(body.from), Date.parse(body.to)];
      await swapDuty(tx, actor, params.id, { from, to, agentId: body.agentId, reason: body.reason });
      return { ok: true as const };
    },
  );
}
