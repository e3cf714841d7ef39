import { z } from "zod";
import {
  alarmAcknowledge,
  alarmClose,
  alarmList,
  alarmRuleChange,
  alarmRuleView,
  alarmStory,
  alarmView,
} from "#contracts/alarms";
import { cursor, id } from "#contracts/common";
import { audit, can, need } from "#modules/people";
import { HOUR, type Instant, iso, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { conflict, notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { isUuid } from "#platform/ids";
import { acknowledgeAlarm, closeAlarm } from "../alarms/acts.ts";
import { presentAlarms } from "../alarms/present-alarms.ts";
import {
  type Alarm,
  findAlarm,
  pastAlarms,
  rulesOf,
  SHIPPED_RULE,
  saveRule,
  standingAlarms,
} from "../store/alarm-store.ts";
import { countedSteps } from "../store/count-store.ts";
import { followSoon } from "../trends/follow-monitors.ts";
import { postsWithLabels } from "../trends/posts-shown.ts";
import { byOf, manages, readable, reads, where } from "./monitor-access.ts";

const byId = z.object({ id });
const tag = "monitors";
const PAGE = 30;
/** Around an alarm so much is shown. */
const BEFORE = 9 * HOUR;
const AFTER = 9 * HOUR;
const STEP = 15 * MINUTE;

const acts = (actor: Actor) => (brandId: string | null) => can(actor, "monitor.manage", where({ brandId }));

/** `/api/alarms`: monitors that catch unusually much, and what people make of it. */
export function alarmRoutes(r: Routes): void {
  r.query(
    "/api/alarms",
    {
      summary: "Alarms that stand, or those that are over",
      ...{ tag, response: alarmList },
      query: z.object({ state: z.enum(["standing", "past"]).default("standing"), cursor }),
    },
    async (tx, { actor, query }) => {
      need(actor, "monitor.read");
      const past = query.state === "past";
      const before = cursorOf(query.cursor);
      const found = past ? await pastAlarms(tx, before, PAGE + 1) : await standingAlarms(tx);
      const page = past ? found.slice(0, PAGE) : found;
      const last = page.at(-1);
      const seen = page.filter((a) => reads(actor, a));
      return {
        ...{ at: iso(tx.now), items: await presentAlarms(tx, seen, acts(actor)) },
        next: past && found.length > PAGE && last ? `${last.beganAt}_${last.id}` : null,
      };
    },
  );
  r.query(
    "/api/alarms/:id",
    { summary: "An alarm with the posts that show it", tag, params: byId, response: alarmStory },
    async (tx, { actor, params }) => {
      const alarm = await findAlarm(tx, params.id);
      if (!alarm || !reads(actor, alarm)) throw notFound("alarm");
      const from = Math.floor((alarm.beganAt - BEFORE) / STEP) * STEP;
      const to = Math.min(from + BEFORE + AFTER, Math.floor(tx.now / STEP) * STEP);
      const mayRead = (brandId: string) => can(actor, "monitor.read", { brandId });
      const steps = await countedSteps(tx, [alarm.monitorId], from, to, STEP);
      const posts = Array.from({ length: Math.max(1, Math.round((to - from) / STEP)) }, () => 0);
      for (const one of steps) if (one.step < posts.length) posts[one.step] = one.posts;
      return {
        alarm: await shown(tx, actor, alarm),
        posts: await postsWithLabels(tx, alarm.examples, mayRead),
        series: { from: iso(from), stepMinutes: STEP / MINUTE, posts },
      };
    },
  );
  changes(r);
  rules(r);
}

/** What a page ends with; anything else begins at the top. */
function cursorOf(text: string | undefined): { at: Instant; id: string } | null {
  const [at = "", alarmId = ""] = (text ?? "").split("_");
  return /^\d{1,15}$/.test(at) && isUuid(alarmId) ? { at: Number(at), id: alarmId } : null;
}

const shown = async (tx: Tx, actor: Actor, alarm: Alarm) => (await presentAlarms(tx, [alarm], acts(actor)))[0]!;

function changes(r: Routes): void {
  r.command(
    "POST",
    "/api/alarms/:id/acknowledge",
    { summary: "Say that an alarm is looked at", tag, params: byId, body: alarmAcknowledge, response: alarmView },
    async (tx, { actor, params, body }) => {
      const next = await acknowledgeAlarm(tx, params.id, body.expectedVersion, byOf(actor), manages(actor, "alarm"));
      await audit(tx, actor, "alarm.acknowledged", "alarm", next.id);
      return shown(tx, actor, next);
    },
  );
  r.command(
    "POST",
    "/api/alarms/:id/close",
    { summary: "Close an alarm: dealt with, or nothing", tag, params: byId, body: alarmClose, response: alarmView },
    async (tx, { actor, params, body }) => {
      const next = await closeAlarm(tx, params.id, body, byOf(actor), manages(actor, "alarm"));
      await audit(tx, actor, "alarm.closed", "alarm", next.id, { how: body.how });
      return shown(tx, actor, next);
    },
  );
}

function rules(r: Routes): void {
  r.query(
    "/api/monitors/:id/alarm-rule",
    { summary: "When a monitor raises an alarm", tag, params: byId, response: alarmRuleView },
    async (tx, { actor, params }) => {
      const monitor = await readable(tx, actor, params.id);
      const rule = (await rulesOf(tx, [monitor.id])).get(monitor.id) ?? SHIPPED_RULE;
      return { ...rule, canManage: can(actor, "monitor.manage", where(monitor)) };
    },
  );
  r.command(
    "PUT",
    "/api/monitors/:id/alarm-rule",
    {
      summary: "Say when a monitor raises an alarm",
      tag,
      params: byId,
      body: alarmRuleChange,
      response: alarmRuleView,
    },
    async (tx, { actor, params, body }) => {
      const monitor = await readable(tx, actor, params.id);
      manages(actor)(monitor);
      const was = (await rulesOf(tx, [monitor.id])).get(monitor.id) ?? SHIPPED_RULE;
      const { expectedVersion, ...wish } = body;
      if (was.version !== expectedVersion) throw conflict("alarm rule", { ...was });
      const next = { ...wish, version: was.version + 1 };
      await saveRule(tx, monitor.id, next, byOf(actor));
      await audit(tx, actor, "alarm-rule.changed", "monitor", monitor.id, { version: next.version });
      await followSoon(tx);
      return { ...next, canManage: true };
    },
  );
}
