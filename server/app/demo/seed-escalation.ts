import type { Rung, Target } from "#contracts/escalation";
import { saveLadder, saveRotas } from "#modules/routing";
import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";

/** One ladder and one rota: care, its supervisors, whoever of them is on call at night. */
export async function seedEscalation(
  tx: Tx,
  of: { calendarId: string; careTeamId: string; leadTeamId: string; leadIds: readonly string[] },
): Promise<void> {
  const rotaId = uuidv7(tx.now);
  await saveRotas(
    tx,
    null,
    [
      {
        ...{ id: rotaId, name: "Nights", zone: "Europe/London", firstWeek: "2026-01-05", overrides: [] },
        shifts: [{ id: "night", days: [1, 2, 3, 4, 5, 6, 7], from: "22:00", to: "07:00", agentIds: [...of.leadIds] }],
      },
    ],
    0,
  );
  const nights: Target = { kind: "rota", id: rotaId };
  const lead: Target = { kind: "team", id: of.leadTeamId };
  const care: Target = { kind: "team", id: of.careTeamId };
  const everybody: Target = { kind: "managers" };
  const rung = (over: Pick<Rung, "id" | "severity" | "trigger" | "owner"> & Partial<Rung>): Rung => ({
    ...{ deputies: [], outOfHours: nights, acknowledgeMinutes: 30, actMinutes: 120, approvers: [], holding: [] },
    ...{ quietMinutes: 60, standDownMinutes: 180, ...over },
  });
  const byHand = { kind: "by-hand" } as const;
  const looksInto = [
    {
      locale: "en",
      text: "We know of this and are looking into it now. We answer here as soon as we know more; nothing you tell us is lost.",
    },
  ];
  await saveLadder(tx, null, {
    ...{ brandId: null, expectedVersion: 0, from: null },
    ladder: {
      calendarId: of.calendarId,
      rungs: [
        rung({ id: "care", severity: 1, trigger: byHand, owner: care, deputies: [lead], outOfHours: null }),
        rung({ id: "lead", severity: 2, trigger: byHand, owner: lead, deputies: [everybody], acknowledgeMinutes: 15 }),
        rung({ id: "company", severity: 3, trigger: byHand, owner: lead, acknowledgeMinutes: 10, holding: looksInto }),
        rung({ id: "danger", severity: 4, trigger: byHand, owner: lead, acknowledgeMinutes: 5, actMinutes: 30 }),
        rung({ id: "channel", severity: 2, trigger: { kind: "channel-dead" }, owner: lead, acknowledgeMinutes: 15 }),
        rung({
          ...{ id: "safety", severity: 4, trigger: { kind: "risk", risks: ["safety"] }, owner: lead },
          ...{ acknowledgeMinutes: 5, actMinutes: 30, holding: looksInto },
        }),
      ],
    },
  });
}
