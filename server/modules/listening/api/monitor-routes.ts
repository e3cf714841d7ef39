import { z } from "zod";
import { cursor, done, id } from "#contracts/common";
import {
  type MonitorView,
  monitorBody,
  monitorChange,
  monitorColours,
  monitorList,
  monitorPosts,
  monitorRemoval,
  monitorSwitch,
  monitorTried,
  monitorTry,
  monitorVersions,
  monitorView,
  queryAdopt,
  queryAdopted,
} from "#contracts/monitors";
import { brandsOf } from "#modules/company";
import { agentsById, audit, can, need } from "#modules/people";
import { DAY, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { timeOfUuid } from "#platform/ids";
import { adoptQuery } from "#shared/query/adopt";
import { changeMonitor, dropMonitor, faultOf, makeMonitor, presentFault, switchMonitor } from "../monitors/monitors.ts";
import { postsOfMonitor } from "../monitors/posts-of-monitor.ts";
import { tryQuery } from "../monitors/try-query.ts";
import { findMonitors, findVersions, hitCounts, type Monitor } from "../store/monitor-store.ts";
import { byOf, manages, readable, reads, where } from "./monitor-access.ts";

const byId = z.object({ id });
const tag = "monitors";

async function needBrand(tx: Tx, brandId: string | null): Promise<void> {
  if (brandId !== null && !(await brandsOf(tx)).some((brand) => brand.id === brandId)) throw notFound("brand");
}

async function present(tx: Tx, actor: Actor, all: readonly Monitor[]): Promise<MonitorView[]> {
  const counts = await hitCounts(tx, tx.now - DAY);
  const names = await agentsById(
    tx,
    all.flatMap((m) => m.createdBy ?? []),
  );
  return all.map((m) => {
    const { count, last } = counts.get(m.id) ?? { count: 0, last: null };
    const { id: monitorId, brandId, name, query, accents, languages, tag: word, on, version } = m;
    return {
      ...{ id: monitorId, brandId, name, query, accents, languages: [...languages], tag: word, on, version },
      colour: monitorColours.find((one) => one === m.colour) ?? "grey",
      ...{ createdAt: iso(m.createdAt), changedAt: iso(m.changedAt) },
      createdBy: (m.createdBy !== null && names.get(m.createdBy)?.name) || null,
      ...{ hits24h: count, lastHitAt: last === null ? null : iso(timeOfUuid(last)) },
      canManage: can(actor, "monitor.manage", where(m)),
    };
  });
}

/** `/api/monitors`: saved listening queries over public posts. */
export function monitorRoutes(r: Routes): void {
  r.query(
    "/api/monitors",
    { summary: "Monitors with what they caught in the last day", tag, response: monitorList },
    async (tx, { actor }) => {
      need(actor, "monitor.read");
      const all = (await findMonitors(tx)).filter((m) => reads(actor, m));
      return { monitors: await present(tx, actor, all), canMake: can(actor, "monitor.manage") };
    },
  );
  r.query(
    "/api/monitors/:id/versions",
    { summary: "What a monitor asked for, and from when", tag, params: byId, response: monitorVersions },
    async (tx, { actor, params }) => {
      await readable(tx, actor, params.id);
      const versions = await findVersions(tx, params.id, 200);
      const names = await agentsById(
        tx,
        versions.flatMap((v) => v.by ?? []),
      );
      return {
        versions: versions.map((v) => ({
          ...{ version: v.version, at: iso(v.at), by: (v.by !== null && names.get(v.by)?.name) || null },
          ...{ change: v.change, name: v.name, query: v.query, accents: v.accents },
          ...{ languages: [...v.languages], on: v.on },
        })),
      };
    },
  );
  r.query(
    "/api/monitors/:id/posts",
    {
      summary: "What a monitor caught, newest first, with the words that did it",
      ...{ tag, params: byId, response: monitorPosts },
      query: z.object({ cursor, limit: z.coerce.number().int().min(1).max(100).default(50) }),
    },
    async (tx, { actor, params, query }) => {
      await readable(tx, actor, params.id);
      const before = query.cursor && id.safeParse(query.cursor).success ? query.cursor : null;
      const mayRead = (brandId: string) => can(actor, "monitor.read", { brandId });
      return postsOfMonitor(tx, params.id, before, query.limit, mayRead);
    },
  );
  changes(r);
  r.command(
    "POST",
    "/api/monitors/try",
    {
      summary: "Ask a query of recent traffic: a count, examples and what each part finds; changes nothing",
      ...{ tag, body: monitorTry, response: monitorTried },
    },
    async (tx, { actor, body }) => {
      need(actor, "monitor.read");
      return tryQuery(tx, body, (brandId) => can(actor, "monitor.read", { brandId }));
    },
  );
  r.command(
    "POST",
    "/api/monitors/adopt",
    {
      summary: "A query of another listening tool in our language, with what had to change; changes nothing",
      ...{ tag, body: queryAdopt, response: queryAdopted },
    },
    async (_tx, { actor, body }) => {
      need(actor, "monitor.read");
      const { query, notes } = adoptQuery(body.query, body.tool);
      const fault = faultOf(query, "fold");
      return { query, notes, fault: fault && presentFault(fault) };
    },
  );
}

function changes(r: Routes): void {
  const one = async (tx: Tx, actor: Actor, m: Monitor) => (await present(tx, actor, [m]))[0] as MonitorView;
  r.command(
    "POST",
    "/api/monitors",
    { summary: "Make a monitor; it listens from now on", tag, body: monitorBody, response: monitorView, status: 201 },
    async (tx, { actor, body }) => {
      need(actor, "monitor.manage", where(body));
      await needBrand(tx, body.brandId);
      const made = await makeMonitor(tx, body, byOf(actor), (await findMonitors(tx)).length);
      await audit(tx, actor, "monitor.made", "monitor", made.id, { name: made.name });
      return one(tx, actor, made);
    },
  );
  r.command(
    "PUT",
    "/api/monitors/:id",
    { summary: "Change what a monitor asks for", tag, params: byId, body: monitorChange, response: monitorView },
    async (tx, { actor, params, body }) => {
      await needBrand(tx, body.brandId);
      const may = (m: Monitor) => {
        manages(actor)(m);
        need(actor, "monitor.manage", where(body));
      };
      const next = await changeMonitor(tx, params.id, body, byOf(actor), may);
      await audit(tx, actor, "monitor.changed", "monitor", next.id, { version: next.version });
      return one(tx, actor, next);
    },
  );
  r.command(
    "PUT",
    "/api/monitors/:id/switch",
    { summary: "Let a monitor listen, or not", tag, params: byId, body: monitorSwitch, response: monitorView },
    async (tx, { actor, params, body }) => {
      const next = await switchMonitor(tx, params.id, body, byOf(actor), manages(actor));
      await audit(tx, actor, next.on ? "monitor.on" : "monitor.off", "monitor", next.id);
      return one(tx, actor, next);
    },
  );
  r.command(
    "DELETE",
    "/api/monitors/:id",
    { summary: "Remove a monitor; what it caught stays", tag, params: byId, body: monitorRemoval, response: done },
    async (tx, { actor, params, body }) => {
      await dropMonitor(tx, params.id, body.expectedVersion, byOf(actor), manages(actor));
      await audit(tx, actor, "monitor.removed", "monitor", params.id);
      return { ok: true as const };
    },
  );
}
