import { z } from "zod";
import { stopSwitch } from "#contracts/channels";
import { done, id } from "#contracts/common";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { accountOf, brandOf, brandsOf } from "../company.ts";
import { allSettings, setSetting, settingByKey, settingOf } from "../settings.ts";
import { setStop } from "../stop-switch.ts";

/** Rights live in `people`, to the right of here; the composition hands the question in. */
export interface CompanyRouteRights {
  need(actor: Actor, verb: "settings.manage" | "outbound.stop", where?: { brandId?: string }): void;
  audit(
    tx: Tx,
    actor: Actor,
    act: string,
    entity: string,
    entityId: string,
    detail: Record<string, unknown>,
  ): Promise<void>;
}

const settingView = z.object({
  key: z.string(),
  describe: z.string(),
  perBrand: z.boolean(),
  value: z.unknown(),
  version: z.int(),
});

export function companyRoutes(r: Routes, rights: CompanyRouteRights): void {
  const tag = "company";
  r.query(
    "/api/account",
    {
      summary: "The account you are signed in to",
      tag,
      response: z.object({ id, name: z.string(), mission: z.string(), demo: z.boolean(), version: z.int() }),
    },
    (tx) => accountOf(tx),
  );

  r.query(
    "/api/brands",
    {
      summary: "The brands of the account",
      tag,
      response: z.object({
        brands: z.array(
          z.object({
            id,
            name: z.string(),
            names: z.array(z.string()),
            voice: z.string(),
            disclosure: z.enum(["full-name", "initials", "profile"]),
            locale: z.string(),
            version: z.int(),
          }),
        ),
      }),
    },
    async (tx) => ({ brands: await brandsOf(tx) }),
  );

  r.query(
    "/api/settings",
    {
      summary: "All settings with the values in force",
      tag,
      query: z.object({ brandId: id.optional() }),
      response: z.object({ settings: z.array(settingView) }),
    },
    async (tx, { actor, query }) => {
      rights.need(actor, "settings.manage", query.brandId ? { brandId: query.brandId } : undefined);
      if (query.brandId) await brandOf(tx, query.brandId);
      const where = query.brandId ? { brandId: query.brandId } : {};
      const settings = [];
      for (const s of allSettings())
        settings.push({ key: s.key, describe: s.describe, perBrand: s.perBrand, ...(await settingOf(tx, s, where)) });
      return { settings };
    },
  );

  r.command(
    "PUT",
    "/api/settings/:key",
    {
      summary: "Give a setting a new version",
      tag,
      params: z.object({ key: z.string().max(120) }),
      body: z.object({ value: z.unknown(), brandId: id.optional() }),
      response: z.object({ version: z.int() }),
    },
    async (tx, { actor, params, body }) => {
      rights.need(actor, "settings.manage", body.brandId ? { brandId: body.brandId } : {});
      if (body.brandId) await brandOf(tx, body.brandId);
      const version = await setSetting(
        tx,
        settingByKey(params.key),
        body.value,
        actor.id,
        body.brandId ? { brandId: body.brandId } : {},
      );
      await rights.audit(tx, actor, "setting.changed", "setting", params.key, { version });
      return { version };
    },
  );

  r.command(
    "PUT",
    "/api/stop-switch",
    { summary: "Stop everything outbound, or let it go on", tag, body: stopSwitch, response: done },
    async (tx, { actor, body }) => {
      // A brand that is not named must not become "everything".
      if ((body.scope === "brand") !== (body.brandId !== null))
        throw new AppError("invalid-request", "The scope brand needs a brandId, the scope all takes none.");
      const { brandId } = body;
      rights.need(actor, "outbound.stop", brandId ? { brandId } : {});
      if (brandId) await brandOf(tx, brandId);
      await setStop(tx, { brandId, on: body.on, reason: body.reason, by: actor.id });
      await rights.audit(
        tx,
        actor,
        body.on ? "outbound.stopped" : "outbound.released",
        "account",
        brandId ?? tx.accountId,
        { reason: body.reason },
      );
      return { ok: true as const };
    },
  );
}
