import type { Way } from "#contracts/escalation";
import type { Staff } from "#modules/people";
import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { USUAL_WISH, waysFor } from "./domain/ways.ts";
import { insertDeliveries, type PageDelivery } from "./store/delivery-store.ts";
import { browsersOf, webhooksOf, wishesOf } from "./store/reach-store.ts";
import type { PagePayload } from "./store/tables.ts";

let mails = false;
/** Whether this server can send mail to its own people; said once at start. */
export function useMail(can: boolean): void {
  mails = can;
}
export const canMail = (): boolean => mails;

/** Writes down what goes out to whom. The open desk hears of a page by its event. */
export async function sendPages(
  tx: Tx,
  staff: Staff,
  page: { escalationId: string | null; pages: number; agentIds: readonly string[]; payload: PagePayload },
  only?: Way,
): Promise<number> {
  const { agentIds, payload } = page;
  const wishes = await wishesOf(tx, agentIds);
  const browsers = Map.groupBy(await browsersOf(tx, agentIds), (b) => b.agentId);
  const webhooks = (await webhooksOf(tx)).filter((w) => w.state === "on" || only === "webhook");
  const rows: Omit<PageDelivery, "tries">[] = [];
  for (const agentId of agentIds) {
    const mine = browsers.get(agentId) ?? [];
    const there = new Set<Way>([
      ...(mine.length > 0 ? (["push"] as const) : []),
      ...(mails && staff.byId.get(agentId)?.agent.email ? (["email"] as const) : []),
      ...(webhooks.length > 0 ? (["webhook"] as const) : []),
    ]);
    const wish = wishes.get(agentId)?.wish ?? USUAL_WISH;
    const ways = only ? [only].filter((w) => there.has(w)) : waysFor(wish, there, payload.severity, tx.now);
    const row = (way: PageDelivery["way"], toId: string | null) =>
      rows.push({
        ...{ id: uuidv7(tx.now), escalationId: page.escalationId, pages: page.pages, agentId, way, toId, payload },
      });
    if (ways.includes("push")) for (const browser of mine) row("push", browser.id);
    if (ways.includes("email")) row("email", null);
    if (ways.includes("webhook")) for (const hook of webhooks) row("webhook", hook.id);
  }
  await insertDeliveries(tx, rows);
  return rows.length;
}
