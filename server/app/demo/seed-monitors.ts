import { monitorBody } from "#contracts/monitors";
import { makeMonitor, SHIPPED_RULE, saveAlarmRule } from "#modules/listening";
import type { Tx } from "#platform/db";

const MONITORS = [
  {
    ...{ name: "Network and outages", colour: "red", tag: "service" },
    query:
      'outage OR "no signal" OR "no service" OR "no internet" OR (signal NEAR/4 (gone OR down OR dead OR lost)) OR (broadband NEAR/4 (down OR slow OR dead)) OR router*',
  },
  {
    ...{ name: "Bills and prices", colour: "orange", tag: "service" },
    query: "bill OR bills OR billed OR charge* OR refund* OR price* OR invoice*",
  },
  {
    ...{ name: "Thanks and praise", colour: "green", tag: "mood" },
    query: "thanks OR thank OR brilliant OR helpful OR diolch OR danke OR merci OR gracias",
  },
] as const;
/** A town is not the internet: eight people are many. */
const MANY = 8;

/** What the demo company listens for. */
export async function seedMonitors(tx: Tx, brandId: string): Promise<void> {
  for (const [already, one] of MONITORS.entries()) {
    const { id } = await makeMonitor(tx, monitorBody.parse({ ...one, brandId }), null, already);
    await saveAlarmRule(tx, id, { ...SHIPPED_RULE, manyAuthors: MANY, version: 1 }, null);
  }
}
