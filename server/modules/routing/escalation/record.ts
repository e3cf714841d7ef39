import {
  EscalationAcknowledged,
  EscalationAlarmed,
  EscalationChanged,
  EscalationEnded,
  EscalationOpened,
  EscalationPaged,
  EscalationRaised,
} from "#events/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { clearTimer, setTimer } from "#platform/timers";
import type { Happened, Step } from "./domain/page.ts";
import { managersOf, type People } from "./reach-people.ts";
import { dropDeliveries } from "./store/delivery-store.ts";
import { addSteps, type Escalation, type StepRow, updateEscalation } from "./store/escalation-store.ts";
import { sendPages } from "./ways-out.ts";

export const DUE = "escalation-due";

/** Writes a step: the row, its log, its timer, what goes out, what is told. */
export async function saveStep(tx: Tx, people: People, before: Escalation, step: Step): Promise<Escalation> {
  if (step.happened.length === 0) return before;
  const version = await updateEscalation(tx, before.id, step.page);
  const now: Escalation = { ...before, ...step.page, version };
  await record(tx, people, now, step.happened);
  if (now.dueAt !== null) await setTimer(tx, DUE, now.id, now.dueAt);
  else await clearTimer(tx, DUE, now.id);
  return now;
}

/** Everything that follows from what happened: the log, pages on their way, events. */
export async function record(
  tx: Tx,
  people: People,
  e: Escalation,
  happened: readonly Happened[],
  opened = false,
): Promise<void> {
  const steps: StepRow[] = opened ? [{ at: tx.now, act: "opened", agentId: e.openedBy, says: e.says }] : [];
  const head = {
    ...{ escalationId: e.id, trigger: e.trigger, severity: e.severity },
    ...{ brandId: e.brandId, conversationId: e.conversationId },
  };
  const about = { key: e.id, entity: "escalation", entityId: e.id, entityVersion: e.version };
  if (opened) tx.announce(EscalationOpened, { ...about, payload: { ...head, topic: e.topic, by: e.openedBy } });
  for (const h of happened) {
    steps.push(...stepOf(tx, people, h));
    await goOut(tx, people, e, h);
    tell(tx, e, about, head, h);
  }
  await addSteps(tx, e.id, steps);
}

async function goOut(tx: Tx, people: People, e: Escalation, h: Happened): Promise<void> {
  const says = e.says;
  if (h.what === "paged") {
    const payload = { severity: h.severity, says, test: false };
    await sendPages(tx, people.staff, { escalationId: e.id, pages: h.pages, agentIds: h.agents, payload });
  }
  // Whoever manages is told of an alarm as loudly as there is; those who are asked in this very step hear it once.
  if (h.what === "alarmed") {
    const payload = { severity: 4, says: `${h.why} ${says}`, test: false };
    const agentIds = managersOf(people.staff).filter((id) => !e.paged.includes(id));
    await sendPages(tx, people.staff, { escalationId: e.id, pages: -e.round - e.pages, agentIds, payload });
  }
  if (h.what === "acknowledged" || h.what === "acted" || h.what === "over") await dropDeliveries(tx, e.id);
}

interface Head {
  escalationId: string;
  trigger: string;
  severity: number;
  brandId: string | null;
  conversationId: string | null;
}
function tell(
  tx: Tx,
  e: Escalation,
  about: { key: string; entity: string; entityId: string; entityVersion: number },
  head: Head,
  h: Happened,
): void {
  const changed = (what: "acted" | "handed-on" | "seen" | "gone" | "nobody", agentId: string | null) =>
    tx.announce(EscalationChanged, { ...about, payload: { ...head, what, agentId } });
  if (h.what === "paged") {
    const payload = { ...head, agentIds: [...h.agents], pages: h.pages, dueAt: iso(e.dueAt ?? tx.now) };
    tx.announce(EscalationPaged, { ...about, payload });
  } else if (h.what === "acknowledged")
    tx.announce(EscalationAcknowledged, { ...about, payload: { ...head, agentId: h.by } });
  else if (h.what === "raised") tx.announce(EscalationRaised, { ...about, payload: { ...head, severity: h.severity } });
  else if (h.what === "alarmed") tx.announce(EscalationAlarmed, { ...about, payload: { ...head, why: h.why } });
  else if (h.what === "over")
    tx.announce(EscalationEnded, { ...about, payload: { ...head, by: h.by, endedAt: iso(tx.now) } });
  else changed(h.what, "by" in h ? h.by : null);
}

function stepOf(tx: Tx, people: People, h: Happened): StepRow[] {
  const row = (agentId: string | null, says: string): StepRow => ({ at: tx.now, act: h.what, agentId, says });
  switch (h.what) {
    case "paged":
      return h.agents.map((agentId) => row(agentId, wordsOf(people, h.target)));
    case "nobody":
      return [row(null, `Nobody can be reached: ${wordsOf(people, h.target)}.`)];
    case "alarmed":
      return [row(null, h.why)];
    case "raised":
      return [row(null, `${h.why} It is severity ${h.severity} now.`)];
    case "acknowledged":
      return [row(h.by, "")];
    case "acted":
    case "handed-on":
      return [row(h.by, h.says)];
    case "over":
      return [row(h.by, h.reason)];
    case "gone":
      return [row(null, "Its cause is gone.")];
    case "seen":
      return [];
  }
}

/** What a target is called in the log. */
function wordsOf({ rotas }: People, target: string): string {
  if (target === "managers") return "everybody who manages escalations";
  if (target.startsWith("rota:")) return `on call, ${rotas.find((r) => `rota:${r.id}` === target)?.name ?? "a rota"}`;
  return target.startsWith("team:") ? "of the team" : "";
}
