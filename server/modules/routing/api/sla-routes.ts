import { setSla as setSlaBody, slaAsked, slaMeans, slaView } from "#contracts/sla";
import { audit, need } from "#modules/people";
import { DAY, instantOf, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { meaningOf, setSla, slaOf } from "../clocks/sla.ts";
import type { SlaPolicy } from "../domain/clocks/sla-policy.ts";
import { countOpenClocks } from "../store/clock-store.ts";
import { allQueues } from "../store/queue-store.ts";

const tag = "routing";
/** Nobody asks what is due in another decade; beyond it there are days that no calendar knows. */
const FAR = 3_653 * DAY;

const shown = (policy: SlaPolicy) => ({
  rows: policy.rows.map((row) => ({
    ...row,
    ...{ brandIds: [...row.brandIds], queueIds: [...row.queueIds], priorities: [...row.priorities] },
    mediums: [...row.mediums],
  })),
  warnAt: [...policy.warnAt],
  pauses: { response: [...policy.pauses.response], resolution: [...policy.pauses.resolution] },
});

async function view(tx: Tx) {
  const { policy, version, coming } = await slaOf(tx);
  const queues = await allQueues(tx);
  return {
    ...{ policy: shown(policy), version, openClocks: await countOpenClocks(tx) },
    coming: coming && { policy: shown(coming.policy), from: iso(coming.from) },
    queues: queues.map(({ id, name, calendarId, targets }) => ({ id, name, calendarId, targets })),
  };
}

/** How soon customers are answered and helped. */
export function slaRoutes(r: Routes): void {
  r.query(
    "/api/sla",
    { summary: "What is promised to whom, with the queues' own targets", tag, response: slaView },
    async (tx, { actor }) => {
      need(actor, "settings.manage");
      return view(tx);
    },
  );
  r.command(
    "PUT",
    "/api/sla",
    { summary: "Promise something else, from now or from a later time on", tag, body: setSlaBody, response: slaView },
    async (tx, { actor, body }) => {
      need(actor, "settings.manage");
      const { policy, expectedVersion, openToo } = body;
      const from = body.from === null ? null : instantOf(body.from);
      const version = await setSla(tx, { policy, expectedVersion, from, openToo, by: actor.id });
      const detail = { version, from: body.from, openToo };
      await audit(tx, actor, "sla.changed", "setting", tx.accountId, detail);
      return view(tx);
    },
  );
  r.command(
    "POST",
    "/api/sla/means",
    { summary: "When one message is due by a policy that need not be saved", tag, body: slaAsked, response: slaMeans },
    async (tx, { actor, body }) => {
      need(actor, "settings.manage");
      const { policy, at, ...about } = body;
      const from = instantOf(at) ?? tx.now;
      if (Math.abs(from - tx.now) > FAR)
        throw new AppError("invalid-request", "Choose a time within ten years of now.", {
          errors: [{ path: "at", message: "Lies more than ten years from now." }],
        });
      const found = await meaningOf(tx, policy, { ...about, crisis: false }, from);
      return {
        ...{ row: found.row, zone: found.zone, firstResponseDue: iso(found.firstResponseDue) },
        ...{ nextResponseDue: iso(found.nextResponseDue), warnAt: found.warnAt.map(iso) },
        resolutionDue: found.resolutionDue === null ? null : iso(found.resolutionDue),
      };
    },
  );
}
