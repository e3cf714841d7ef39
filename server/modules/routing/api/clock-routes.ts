import { z } from "zod";
import { done, id, type instant } from "#contracts/common";
import { type ClockStory, clockList, pauseBody, resumeBody } from "#contracts/sla";
import { calendarsOf } from "#modules/company";
import { audit, can, need } from "#modules/people";
import { instantOf, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { pauseClocks, resumeClocks } from "../clocks/pause-clocks.ts";
import { timeOf } from "../clocks/time-of.ts";
import { counted } from "../domain/clocks/count-time.ts";
import { type EpisodeClock, isOver, isPaused } from "../domain/clocks/episode-clock.ts";
import type { PauseCause } from "../domain/clocks/sla-policy.ts";
import { clocksOfConversation } from "../store/clock-store.ts";
import { standingsOf } from "../whereabouts.ts";
import { agentOnly } from "./routing-routes.ts";

const byId = z.object({ id });
const tag = "routing";

/** Who may not read a conversation is not told that there is one. */
async function standing(tx: Tx, actor: Actor, conversationId: string) {
  const found = (await standingsOf(tx, [conversationId])).get(conversationId);
  if (!found || !can(actor, "conversation.read", found.where)) throw notFound("conversation");
  return found;
}

export function clockRoutes(r: Routes): void {
  r.query(
    "/api/conversations/:id/clocks",
    {
      summary: "What was promised in a conversation, how it ran, what stopped it, and what came of it",
      ...{ tag, params: byId, response: clockList },
    },
    async (tx, { actor, params }) => {
      const { where, work } = await standing(tx, actor, params.id);
      const clocks = await clocksOfConversation(tx, params.id);
      const calendars = await calendarsOf(tx, [...new Set(clocks.map((c) => c.hours).filter((h) => h !== "plain"))]);
      const may = work !== undefined && can(actor, "work.take", where);
      const stops = (cause: PauseCause) => may && clocks.some((c) => !isOver(c) && c.stoppedBy.includes(cause));
      return {
        clocks: clocks.map((clock) => present(clock, calendars, tx.now)),
        ...{ canPause: stops("third-party"), canHold: stops("peer-answer") },
      };
    },
  );
  const act = async (tx: Tx, actor: Actor, conversationId: string) => {
    const { where, work } = await standing(tx, actor, conversationId);
    need(actor, "work.take", where);
    agentOnly(actor, "stop clocks");
    return work?.id ?? conversationId;
  };
  r.command(
    "POST",
    "/api/conversations/:id/clocks/pause",
    {
      summary: "Stop clocks while we wait for a third party, or because another customer has answered",
      ...{ tag, params: byId, body: pauseBody, response: done },
    },
    async (tx, { actor, params, body }) => {
      await act(tx, actor, params.id);
      const until = body.until === null ? null : instantOf(body.until);
      await pauseClocks(tx, { conversationId: params.id, cause: body.cause, until });
      const detail = { cause: body.cause, reason: body.reason, until: body.until };
      await audit(tx, actor, "clocks.paused", "conversation", params.id, detail);
      return { ok: true as const };
    },
  );
  r.command(
    "POST",
    "/api/conversations/:id/clocks/resume",
    {
      summary: "Let the clocks go on that waited for a third party, or stood for another customer's answer",
      ...{ tag, params: byId, body: resumeBody, response: done },
    },
    async (tx, { actor, params, body }) => {
      const { cause } = body;
      await act(tx, actor, params.id);
      await resumeClocks(tx, { conversationId: params.id, cause });
      await audit(tx, actor, "clocks.resumed", "conversation", params.id, { cause });
      return { ok: true as const };
    },
  );
}

type Calendars = Awaited<ReturnType<typeof calendarsOf>>;

function present(clock: EpisodeClock, named: Calendars, now: number): ClockStory {
  const time = timeOf(clock.hours, new Map([...named].map(([key, { calendar }]) => [key, calendar])));
  const overAt = clock.metAt ?? clock.endedAt;
  const until = overAt ?? now;
  const late =
    clock.metAt !== null && clock.dueAt !== null && clock.metAt > clock.dueAt && clock.kind !== "reply-window";
  const isoOr = (at: number | null): z.infer<typeof instant> | null => (at === null ? null : iso(at));
  const state =
    clock.metAt !== null
      ? late
        ? "met-late"
        : "met"
      : overAt !== null
        ? "over"
        : isPaused(clock)
          ? "paused"
          : "running";
  return {
    ...{ id: clock.id, episodeId: clock.episodeId, kind: clock.kind, state, startedAt: iso(clock.startedAt) },
    ...{ knownAt: iso(clock.knownAt), targetMs: clock.targetMs, calendar: named.get(clock.hours)?.name ?? null },
    ...{ dueAt: isoOr(clock.dueAt), alarmAt: isoOr(clock.alarmAt), breachedAt: isoOr(clock.breachedAt) },
    ...{ overAt: isoOr(overAt), why: clock.endedWhy, ranMs: counted(clock.startedAt, until, clock.pauses, time) },
    stretched: clock.stretch
      ? {
          ...{ usualMs: clock.stretch.usualMs, percent: clock.stretch.percent, until: iso(clock.stretch.until) },
          ...{ byName: clock.stretch.by, reason: clock.stretch.reason },
        }
      : null,
    warnedAt: clock.warnings.flatMap((w) => (w.toldAt !== null && w.at !== null ? [iso(w.at)] : [])),
    pauses: clock.pauses.map((p) => ({
      ...{ cause: p.cause, from: iso(p.from), to: isoOr(p.to) },
      countedMs: time.between(p.from, Math.max(p.from, p.to ?? now)),
    })),
  };
}
