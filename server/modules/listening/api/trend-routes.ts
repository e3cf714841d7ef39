import { z } from "zod";
import { id } from "#contracts/common";
import { monitorThemes, trendSpan, trends } from "#contracts/trends";
import { can, need } from "#modules/people";
import type { Routes } from "#platform/http/routes";
import { themesOfMonitor } from "../trends/themes-of-monitor.ts";
import { trendsOf } from "../trends/trends.ts";
import { readable, reads } from "./monitor-access.ts";

const span = trendSpan.default("7d");
const several = z
  .string()
  .max(2_000)
  .transform((said) => said.split(","))
  .pipe(z.array(id).max(50))
  .optional();

/** `/api/trends`: how much, how it is meant, and of what. */
export function trendRoutes(r: Routes): void {
  r.query(
    "/api/trends",
    {
      summary: "Volume, sentiment and share of voice of monitors over a span",
      ...{ tag: "monitors", query: z.object({ span, monitors: several }), response: trends },
    },
    async (tx, { actor, query }) => {
      need(actor, "monitor.read");
      return trendsOf(tx, query.span, query.monitors ?? null, (m) => reads(actor, m));
    },
  );
  r.query(
    "/api/monitors/:id/themes",
    {
      summary: "What the posts of a monitor speak of, and what is new in it",
      ...{ tag: "monitors", params: z.object({ id }), query: z.object({ span }), response: monitorThemes },
    },
    async (tx, { actor, params, query }) => {
      await readable(tx, actor, params.id);
      return themesOfMonitor(tx, params.id, query.span, (brandId) => can(actor, "monitor.read", { brandId }));
    },
  );
}
