import type { AlertView, CrisisView, EscalationView, Rota, RotaView } from "#contracts/escalation";
import { brandsOf } from "#modules/company";
import { conversationsById } from "#modules/conversations";
import { agentsById, can } from "#modules/people";
import { DAY, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { type Duty, holes, nextOnCall, onCall } from "./domain/rota.ts";
import { boundTo, type Crisis, runningCrises } from "./store/crisis-store.ts";
import { type Escalation, openEscalations } from "./store/escalation-store.ts";

const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

export async function presentEscalations(tx: Tx, actor: Actor, list: readonly Escalation[]): Promise<EscalationView[]> {
  const approverIds = list.flatMap((e) =>
    e.approvers.flatMap((key) => (key.startsWith("agent:") ? [key.slice(6)] : [])),
  );
  const agents = await agentsById(tx, [...new Set([...list.flatMap((e) => [...e.paged, e.owner]), ...approverIds])]);
  const conversations = await conversationsById(
    tx,
    list.flatMap((e) => e.conversationId ?? []),
  );
  const who = (id: string) => {
    const agent = agents.get(id);
    return { id, name: agent?.name ?? "", initials: agent?.initials ?? "" };
  };
  return list.map((e) => {
    const about = e.conversationId ? conversations.get(e.conversationId) : undefined;
    return {
      ...{ id: e.id, trigger: e.trigger, severity: e.severity, says: e.says, state: e.state, brandId: e.brandId },
      conversation: about ? { id: about.id, number: about.number, subject: about.subject } : null,
      paged: e.paged.map(who),
      owner: e.owner ? who(e.owner) : null,
      mine: e.paged.includes(actor.id) || e.owner === actor.id,
      ...{
        openedAt: iso(e.openedAt),
        dueAt: isoOrNull(e.dueAt),
        since: iso(e.since),
        alarmedAt: isoOrNull(e.alarmedAt),
      },
      ...{ round: e.round, seen: e.seen, endedAt: isoOrNull(e.endedAt), endReason: e.endReason },
      approvers: e.approvers.map((key) => (key.startsWith("agent:") ? who(key.slice(6)).name : key)),
      ...{ holding: [...e.holding], version: e.version },
    };
  });
}

/** Far enough for next week's plan to be mended in time. */
const HOLES_AHEAD = 14 * DAY;

export async function presentRotas(tx: Tx, rotas: readonly Rota[]): Promise<RotaView[]> {
  const ids = rotas.flatMap((r) => [...r.shifts.flatMap((s) => s.agentIds), ...r.overrides.map((o) => o.agentId)]);
  const agents = await agentsById(tx, [...new Set(ids)]);
  const duty = (d: Duty) => ({
    ...{
      agentId: d.agentId,
      name: agents.get(d.agentId)?.name ?? "",
      from: iso(d.from),
      to: iso(d.to),
      override: d.override,
    },
  });
  return rotas.map((r) => {
    const next = nextOnCall(r, tx.now);
    return {
      ...r,
      now: onCall(r, tx.now).map(duty),
      next: next && duty(next),
      holes: holes(r, tx.now, tx.now + HOLES_AHEAD, (id) => agents.get(id)?.state === "active")
        .slice(0, 40)
        .map((h) => ({ from: iso(h.from), to: iso(h.to) })),
    };
  });
}

export async function presentCrises(tx: Tx, list: readonly Crisis[]): Promise<CrisisView[]> {
  const bound = await boundTo(
    tx,
    list.map((c) => c.id),
  );
  const agents = await agentsById(tx, [...new Set(list.flatMap((c) => [c.startedBy, c.spokespersonId]))]);
  const brands = new Map((await brandsOf(tx)).map((b) => [b.id as string, b.name]));
  const found = await conversationsById(tx, [...bound.values()].flat());
  const numbered = (ids: readonly string[]) => ids.map((id) => ({ id, number: found.get(id)?.number ?? "" }));
  return list.map((c) => ({
    ...{ id: c.id, brandId: c.brandId, brand: brands.get(c.brandId) ?? "", topic: c.topic, state: c.state },
    ...{ startedAt: iso(c.startedAt), startedBy: agents.get(c.startedBy ?? "")?.name ?? "", paused: c.paused },
    spokesperson: { id: c.spokespersonId, name: c.speaker, initials: agents.get(c.spokespersonId)?.initials ?? "" },
    ...{ holding: c.holding, conversations: numbered(bound.get(c.id) ?? []), endedAt: isoOrNull(c.endedAt) },
    ...{ review: c.review, version: c.version },
  }));
}

/** What stands over every page of this agent. Crises are everybody's; alarms are for who may see escalations. */
export async function alertsOf(tx: Tx, actor: Actor): Promise<AlertView> {
  const [crises, open] = [await runningCrises(tx), await openEscalations(tx)];
  const brands = new Map((crises.length > 0 ? await brandsOf(tx) : []).map((b) => [b.id as string, b.name]));
  const sees = can(actor, "escalation.manage", {}) || can(actor, "crisis.lead", {});
  return {
    crises: crises.map((c) => ({
      ...{
        id: c.id,
        brand: brands.get(c.brandId) ?? "",
        topic: c.topic,
        spokesperson: c.speaker,
        mine: c.spokespersonId === actor.id,
        paused: c.paused,
      },
      startedAt: iso(c.startedAt),
    })),
    alarms: (sees ? open.filter((e) => e.alarmedAt !== null) : []).map((e) => ({
      ...{ id: e.id, severity: e.severity, says: e.says, at: iso(e.alarmedAt ?? e.since) },
    })),
    pages: open
      .filter((e) => e.state === "paging" && e.paged.includes(actor.id))
      .map((e) => ({ id: e.id, severity: e.severity, says: e.says, dueAt: isoOrNull(e.dueAt), version: e.version })),
  };
}
