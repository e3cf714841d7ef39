import { z } from "zod";
import { done, id } from "#contracts/common";
import {
  type SampleView,
  sampleList,
  samplePosts,
  sampleVerdict,
  sampleView,
  setAsidePage,
  setAsideQuery,
} from "#contracts/set-aside";
import { type Message, messagesById } from "#modules/channels";
import { brandOf } from "#modules/company";
import { labelsMarked } from "#modules/listening";
import { agentsById, audit, can, need } from "#modules/people";
import { DAY, type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notPermitted } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { isUuid } from "#platform/ids";
import { policyOf } from "../policies.ts";
import { drawSample, type Measured, markSample, measuredSamples, sampleOfBrand } from "../set-aside/samples.ts";
import { countDecided, findSamplePosts, type SetAside, setAsideBefore } from "../store/set-aside-store.ts";

const tag = "set-aside";
const byBrand = z.object({ brandId: id });
const bySample = byBrand.extend({ sampleId: id });
/** So far back it can be browsed. */
const DAYS = 28;

/** `/api/set-aside/:brandId`: what the policy left, with the reason, and the samples that measure it. */
export function setAsideRoutes(r: Routes): void {
  r.query(
    "/api/set-aside/:brandId",
    {
      summary: "What was heard and left of late, newest first, with the reason",
      ...{ tag, params: byBrand, query: setAsideQuery, response: setAsidePage },
    },
    async (tx, { actor, params: { brandId }, query }) => {
      need(actor, "conversation.read", { brandId });
      await brandOf(tx, brandId);
      const since = tx.now - DAYS * DAY;
      const before = cursorOf(query.cursor);
      const found = await setAsideBefore(tx, {
        ...{ brandId, since, before, reason: query.reason ?? null, limit: query.limit + 1 },
      });
      const page = found.slice(0, query.limit);
      const ids = page.map((p) => p.messageId);
      const [messages, marked, says] = [
        await messagesOf(tx, ids),
        await labelsMarked(tx, "actionable", ids),
        await sentences(tx, brandId),
      ];
      const counts = query.cursor === undefined ? (await countDecided(tx, brandId, since, tx.now + 1)).strata : null;
      const last = page.at(-1);
      return {
        items: page.flatMap((p) => {
          const m = messages.get(p.messageId);
          const said = marked.get(p.messageId);
          const mark: "yes" | "no" | null = said === "yes" || said === "no" ? said : null;
          return m ? [{ ...postOf(m, p, says), marked: mark }] : [];
        }),
        next: found.length > query.limit && last ? `${last.sentAt}_${last.messageId}` : null,
        days: DAYS,
        reasons: counts === null ? null : counts.map((s) => ({ ...says(s.key), posts: s.frame })),
      };
    },
  );
  samples(r);
}

function samples(r: Routes): void {
  r.query(
    "/api/set-aside/:brandId/samples",
    { summary: "Samples of what was left, and what they say of recall", tag, params: byBrand, response: sampleList },
    async (tx, { actor, params: { brandId } }) => {
      need(actor, "conversation.read", { brandId });
      await brandOf(tx, brandId);
      return {
        samples: await present(tx, brandId, await measuredSamples(tx, brandId)),
        canMark: can(actor, "label.mark", { brandId }),
      };
    },
  );
  r.command(
    "POST",
    "/api/set-aside/:brandId/samples",
    {
      summary: "Draw a sample of the last seven days now, beside the one of each week",
      ...{ tag, params: byBrand, response: sampleView, status: 201 },
    },
    async (tx, { actor, params: { brandId } }) => {
      need(actor, "label.mark", { brandId });
      need(actor, "conversation.read", { brandId });
      await brandOf(tx, brandId);
      const drawn = await drawSample(tx, brandId, actor.kind === "agent" ? actor.id : null);
      await audit(tx, actor, "set-aside.drawn", "brand", brandId, { sampleId: drawn.id, frame: drawn.frame });
      const [shown] = await present(
        tx,
        brandId,
        (await measuredSamples(tx, brandId)).filter((m) => m.sample.id === drawn.id),
      );
      return shown!;
    },
  );
  r.query(
    "/api/set-aside/:brandId/samples/:sampleId",
    { summary: "The posts of a sample, in the order they are marked in", tag, params: bySample, response: samplePosts },
    async (tx, { actor, params: { brandId, sampleId } }) => {
      need(actor, "conversation.read", { brandId });
      await sampleOfBrand(tx, brandId, sampleId);
      const drawn = await findSamplePosts(tx, [sampleId]);
      const messages = await messagesOf(
        tx,
        drawn.map((p) => p.messageId),
      );
      const says = await sentences(tx, brandId);
      return {
        posts: drawn.flatMap((p) => {
          const m = messages.get(p.messageId);
          const placed = { conversationId: null, reason: p.stratum };
          return m ? [{ ...postOf(m, placed, says), place: p.place, verdict: p.verdict }] : [];
        }),
      };
    },
  );
  r.command(
    "PUT",
    "/api/set-aside/:brandId/samples/:sampleId/:place",
    {
      summary: "Say of a drawn post whether it needed an answer",
      ...{ tag, body: sampleVerdict, response: done },
      params: bySample.extend({ place: z.coerce.number().int().min(1).max(10_000) }),
    },
    async (tx, { actor, params, body }) => {
      need(actor, "label.mark", { brandId: params.brandId });
      need(actor, "conversation.read", { brandId: params.brandId });
      if (actor.kind !== "agent") throw notPermitted("mark posts: only people do");
      await markSample(tx, { ...params, verdict: body.verdict, agentId: actor.id });
      return { ok: true as const };
    },
  );
}

type Says = (key: string) => { key: string; says: string };

const OWN: Readonly<Record<string, string>> = {
  "thanks-only": "It says thanks and nothing else: thanks open no work.",
  copy: "The same mail came to another mailbox and is worked on there.",
  "no-rule": "No rule of the policy asks for an answer.",
  noise: "Noise.",
  "not-addressed": "It is not said to us.",
  automatic: "A machine answered by itself.",
};

/** The sentence of a reason, in the words of the policy that is in force; of a rule that is gone its name is left. */
async function sentences(tx: Tx, brandId: string): Promise<Says> {
  const rules = new Map((await policyOf(tx, brandId)).rules.map((rule) => [rule.id, rule.says]));
  return (key) => ({ key, says: rules.get(key) ?? (Object.hasOwn(OWN, key) ? OWN[key]! : key) });
}

async function messagesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Message>> {
  return new Map((await messagesById(tx, ids)).filter((m) => m.state === "live").map((m) => [m.id, m]));
}

function postOf(m: Message, placed: Pick<SetAside, "conversationId" | "reason">, says: Says) {
  return {
    ...{ messageId: m.id, conversationId: placed.conversationId, network: m.network, visibility: m.visibility },
    ...{ author: m.authorName || m.authorHandle, handle: m.authorHandle, text: m.text || m.subject },
    ...{ at: iso(m.sentAt), permalink: m.permalink, reason: says(placed.reason) },
  };
}

function cursorOf(text: string | undefined): { at: Instant; id: string } | null {
  const [at = "", messageId = ""] = (text ?? "").split("_");
  return /^\d{1,15}$/.test(at) && isUuid(messageId) ? { at: Number(at), id: messageId } : null;
}

async function present(tx: Tx, brandId: string, measured: readonly Measured[]): Promise<SampleView[]> {
  const says = await sentences(tx, brandId);
  const names = await agentsById(
    tx,
    measured.map((m) => m.sample.drawnBy),
  );
  return measured.map(({ sample: s, strata, taken, marked, work, gone, missed, recall }) => ({
    ...{ id: s.id, since: iso(s.since), until: iso(s.until), drawnAt: iso(s.drawnAt), frame: s.frame },
    drawnBy: s.drawnBy === null ? null : (names.get(s.drawnBy)?.name ?? null),
    drawn: strata.reduce((sum, one) => sum + one.drawn, 0),
    ...{ taken, marked, work, gone, missed, recall },
    strata: strata.map(({ key, ...counts }) => ({ ...says(key), ...counts })),
  }));
}
