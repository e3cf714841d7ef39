import { z } from "zod";
import { id } from "#contracts/common";
import { setStitching, stitchingView } from "#contracts/windows";
import { brandOf, setSetting, settingOf } from "#modules/company";
import { audit, can, need } from "#modules/people";
import { conflict } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { stitchSetting } from "../settings.ts";
import { lockWindows } from "../store/windows-store.ts";

const params = z.object({ brandId: id });
const tag = "policies";

/** `/api/policies/:brandId/stitching`: how far apart messages may lie and be one matter. One for the whole account, shown with each brand. */
export function stitchingRoutes(r: Routes): void {
  r.query(
    "/api/policies/:brandId/stitching",
    { summary: "How far apart messages may lie and be one matter", tag, params, response: stitchingView },
    async (tx, { actor, params: { brandId } }) => {
      if (!can(actor, "policy.manage", { brandId })) need(actor, "work.read", { brandId });
      await brandOf(tx, brandId);
      const { value, version } = await settingOf(tx, stitchSetting);
      return { limits: value, version };
    },
  );
  r.command(
    "PUT",
    "/api/policies/:brandId/stitching",
    {
      summary: "Write the limits, for all brands of the account; they count for what comes from now on",
      ...{ tag, params, body: setStitching, response: stitchingView },
    },
    async (tx, { actor, params: { brandId }, body }) => {
      // It is the account's: a right to one brand is not enough.
      need(actor, "policy.manage", {});
      await brandOf(tx, brandId);
      await lockWindows(tx);
      const now = await settingOf(tx, stitchSetting);
      if (now.version !== body.expectedVersion) throw conflict("limits", { version: now.version });
      await setSetting(tx, stitchSetting, body.limits, actor.kind === "agent" ? actor.id : null);
      const { value, version } = await settingOf(tx, stitchSetting);
      await audit(tx, actor, "stitching.set", "brand", brandId, { version });
      return { limits: value, version };
    },
  );
}
