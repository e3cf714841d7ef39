import { setSetting } from "#modules/company";
import { acknowledgeSetting, surgeHelpers } from "#modules/desk";
import { peaksSetting, setSla } from "#modules/routing";
import { HOUR, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { acknowledgements } from "../../../scenarios/northwind/acknowledgements.ts";

const ANY = { brandIds: [], queueIds: [], priorities: [], mediums: [] };

/** What the demo company promises, who helps it in a peak and at night, and what it says to who has to wait. */
export async function seedPromises(
  tx: Tx,
  of: { brandId: string; careQueueId: string; partnerTeamId: string; helperIds: readonly string[] },
): Promise<void> {
  const asQueue = { hours: "queue" as const, firstResponseMs: null, nextResponseMs: null };
  await setSla(tx, {
    ...{ expectedVersion: 0, from: null, openToo: false, by: null },
    policy: {
      rows: [
        {
          ...ANY,
          ...{ name: "Urgent, day and night", priorities: ["urgent"], hours: "plain", resolutionMs: 4 * HOUR },
          ...{ firstResponseMs: 15 * MINUTE, nextResponseMs: 15 * MINUTE },
        },
        {
          ...ANY,
          ...{ name: "Chats", mediums: ["chat"], hours: "queue", resolutionMs: null },
          ...{ firstResponseMs: 2 * MINUTE, nextResponseMs: 2 * MINUTE },
        },
        { ...ANY, ...asQueue, name: "High, solved the same day", priorities: ["high"], resolutionMs: 8 * HOUR },
        { ...ANY, ...asQueue, name: "Everything else, solved in two days", resolutionMs: 30 * HOUR },
      ],
      warnAt: [0.75, 0.9],
      pauses: {
        response: ["peer-answer", "outage-hold"],
        resolution: ["waiting-for-customer", "third-party", "peer-answer", "outage-hold"],
      },
    },
  });
  const overflow = { teamIds: [of.partnerTeamId], oldestMinutes: 20, clearMinutes: 30, calmMinutes: 10 };
  await setSetting(
    tx,
    peaksSetting,
    {
      queues: [
        {
          ...{ queueId: of.careQueueId, overflow: { ...overflow, callHelpers: false } },
          closed: { do: "team", teamId: of.partnerTeamId },
        },
      ],
    },
    null,
  );
  await setSetting(tx, surgeHelpers, { agentIds: [...of.helperIds] }, null);
  await setSetting(
    tx,
    acknowledgeSetting,
    {
      ...{ on: true, publicToo: false, when: "slow", slowMinutes: 60 },
      ...{
        quiet: { from: "22:00", to: "07:00", zone: "Europe/London" },
        texts: acknowledgements.map((one) => ({ ...one })),
      },
    },
    null,
    { brandId: of.brandId },
  );
}
