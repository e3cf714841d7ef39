import { z } from "zod";
import { done } from "#contracts/common";
import {
  answerDaily as answerBody,
  chooseVersion as chooseBody,
  type DailyPostView,
  type LearntLabelView,
  learningView,
  learntLabels,
  type ModelVersionView,
  today,
  versionChanges,
  versionChosen,
} from "#contracts/learning";
import { channelsOf, type Message, messagesById } from "#modules/channels";
import { agentsById, audit, can, need } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { shareOf } from "#shared/proportions";
import { answerDaily, dayOf, fiveOf, fiveOfPast } from "../learning/five.ts";
import { chooseVersion, flipsBetween, type TaskNow, tasksNow } from "../learning/versions.ts";
import type { Version } from "../store/model-store.ts";

const tag = "learning";
const byTask = z.object({ key: z.enum(learntLabels) });
const version = z.coerce.number().int().min(0).max(2_147_483_647);

/** Whoever marks or looks at figures may see how good the labels are; posts only of brands they may read. */
function needLook(actor: Actor): void {
  if (!can(actor, "insights.read")) need(actor, "policy.manage");
}
const marks = (actor: Actor) => (brandId: string) =>
  can(actor, "label.mark", { brandId }) && can(actor, "conversation.read", { brandId });

/** `/api/learning`: what the account's marks taught, how good it is, and the posts of the day. */
export function learningRoutes(r: Routes): void {
  r.query(
    "/api/learning",
    { summary: "Labels with their versions, measured on marks never learnt from", tag, response: learningView },
    async (tx, { actor }) => {
      needLook(actor);
      return { labels: await present(tx, await tasksNow(tx)), canChoose: can(actor, "policy.manage", {}) };
    },
  );
  r.command(
    "PUT",
    "/api/learning/:key/version",
    {
      summary: "Go back to a version, or release it; what is pinned is not replaced",
      ...{ tag, params: byTask, body: chooseBody, response: versionChosen },
    },
    async (tx, { actor, params, body }) => {
      need(actor, "policy.manage", {});
      const was = await chooseVersion(tx, {
        ...{ ...body, task: params.key },
        by: actor.kind === "agent" ? actor.id : null,
      });
      const { version: to, pinned } = body;
      await audit(tx, actor, pinned ? "model.pinned" : "model.released", "label", params.key, {
        ...{ from: was.version, to, pinned },
      });
      const [label] = await present(
        tx,
        (await tasksNow(tx)).filter((t) => t.task === params.key),
      );
      return { was, label: label! };
    },
  );
  r.query(
    "/api/learning/:key/changes",
    {
      summary: "Messages of late that two versions label differently",
      ...{ tag, params: byTask, query: z.object({ from: version, to: version }), response: versionChanges },
    },
    async (tx, { actor, params, query }) => {
      needLook(actor);
      const found = await flipsBetween(tx, params.key, query.from, query.to, (brandId) =>
        can(actor, "conversation.read", { brandId }),
      );
      return {
        ...{ looked: found.looked, changed: found.changed },
        examples: found.flips.map(({ message, was, is }) => ({ ...postOf(message), was, is })),
      };
    },
  );
  daily(r);
}

function daily(r: Routes): void {
  r.query(
    "/api/learning/today",
    { summary: "Five posts worth marking, the same for everybody today (UTC)", tag, response: today },
    async (tx, { actor }) => {
      const day = dayOf(tx.now);
      const brands = await brandOfChannels(tx);
      const may = marks(actor);
      if (![...brands.values()].some(may))
        throw notPermitted("mark posts (it needs the rights label.mark and conversation.read for a brand)");
      const five = await fiveOf(tx, day);
      const messages = new Map(
        (
          await messagesById(
            tx,
            five.map((p) => p.messageId),
          )
        ).map((m) => [m.id, m]),
      );
      const names = await agentsById(
        tx,
        five.flatMap((p) => p.answeredBy ?? []),
      );
      const posts = five.flatMap((p): DailyPostView[] => {
        const m = messages.get(p.messageId);
        if (m?.state !== "live" || !may(brands.get(m.channelId) ?? "")) return [];
        const { place, task, likely, answer, answeredBy } = p;
        return [
          {
            ...postOf(m),
            ...{ place, task: task as DailyPostView["task"], likely, answer },
            answeredBy: answeredBy === null ? null : (names.get(answeredBy)?.name ?? null),
          },
        ];
      });
      return { day, posts, hidden: five.length - posts.length };
    },
  );
  r.command(
    "PUT",
    "/api/learning/days/:day/:place",
    {
      summary: "Answer one of a day's posts; the models learn from it",
      ...{ tag, body: answerBody, response: done },
      params: z.object({ day: z.iso.date(), place: z.coerce.number().int().min(1).max(20) }),
    },
    async (tx, { actor, params, body }) => {
      const brands = await brandOfChannels(tx);
      const may = marks(actor);
      if (actor.kind !== "agent" || ![...brands.values()].some(may))
        throw notPermitted("mark posts (it needs the rights label.mark and conversation.read for a brand)");
      const five = params.day === dayOf(tx.now) ? await fiveOf(tx, params.day) : await fiveOfPast(tx, params.day);
      const messages = await messagesById(
        tx,
        five.map((p) => p.messageId),
      );
      const markable = new Set(
        messages.filter((m) => m.state === "live" && may(brands.get(m.channelId) ?? "")).map((m) => m.id),
      );
      await answerDaily(tx, {
        ...{ ...params, answer: body.said, agentId: actor.id },
        mayMark: (messageId) => markable.has(messageId),
      });
      return { ok: true as const };
    },
  );
}

async function brandOfChannels(tx: Tx): Promise<Map<string, string>> {
  return new Map((await channelsOf(tx)).map((c) => [c.id, c.brandId]));
}

function postOf(m: Message) {
  return {
    ...{ messageId: m.id, network: m.network, author: m.authorName || m.authorHandle, handle: m.authorHandle },
    ...{ text: m.text || m.subject, at: iso(m.sentAt), permalink: m.permalink },
  };
}

async function present(tx: Tx, tasks: readonly TaskNow[]): Promise<LearntLabelView[]> {
  const names = await agentsById(
    tx,
    tasks.flatMap((t) => t.choice?.changedBy ?? []),
  );
  return tasks.map(({ task, ships, marks: count, inUse, choice, versions }) => ({
    ...{ task: task as LearntLabelView["task"], ships, marks: count, inUse, pinned: choice?.pinned ?? false },
    pinnedBy: choice?.pinned && choice.changedBy !== null ? (names.get(choice.changedBy)?.name ?? null) : null,
    changedAt: choice === null ? null : iso(choice.changedAt),
    version: (choice?.rowVersion ?? 0) + 1,
    versions: versions.map(presentVersion),
  }));
}

function presentVersion({ version: number, at, learnedFrom, heldOut, figures, verdict }: Version): ModelVersionView {
  return {
    ...{ version: number, at: iso(at), learnedFrom, heldOut, verdict },
    figures: figures && {
      right: shareOf(figures.right, figures.of),
      calibration: figures.calibration,
      labels: figures.labels.map((l) => ({
        ...{ label: l.label, true: l.true },
        precision: shareOf(l.hits, l.said),
        recall: shareOf(l.hits, l.true),
      })),
      before: figures.before && {
        version: figures.before.version,
        right: shareOf(figures.before.right, figures.of),
      },
    },
  };
}
