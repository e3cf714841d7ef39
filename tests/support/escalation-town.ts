import type { Rung } from "../../contracts/escalation.ts";
import { addAgent, addTeam, grant } from "../../server/modules/people/index.ts";
import { openEscalation } from "../../server/modules/routing/escalation/escalate.ts";
import { escalationReader, escalationTimers } from "../../server/modules/routing/escalation/index.ts";
import { saveLadder } from "../../server/modules/routing/escalation/plans.ts";
import { findEscalation } from "../../server/modules/routing/escalation/store/escalation-store.ts";
import type { ManualClock } from "../../server/platform/clock.ts";
import type { Database, sql, Tx } from "../../server/platform/db.ts";
import type { Actor } from "../../server/platform/http/actor.ts";
import type { AccountId } from "../../server/platform/ids.ts";
import { readOnce } from "../../server/platform/journal/reader.ts";
import { silentLog } from "../../server/platform/log.ts";
import { makeAccount } from "./database.ts";
import { numberEvents } from "./journal.ts";
import { fireTimers } from "./timers.ts";

export const rung = (over: Partial<Rung>): Rung => ({
  ...{ id: "h1", severity: 1, trigger: { kind: "by-hand" }, owner: { kind: "managers" }, deputies: [] },
  ...{ outOfHours: null, acknowledgeMinutes: 10, actMinutes: 30, approvers: [], holding: [], quietMinutes: 60 },
  ...{ standDownMinutes: 60, ...over },
});

/** Alice and Bob answer, Marek manages. */
export async function escalationTown(
  { db, clock }: { db: Database; clock: ManualClock },
  ladder: (ids: Record<string, string>) => Rung[],
) {
  const { accountId, brandId } = await makeAccount(db);
  const run = <T>(act: (tx: Tx) => Promise<T>) => db.withAccount(accountId, act);
  const ids: Record<string, string> = {};
  await run(async (tx) => {
    const lead = await addTeam(tx, "Lead");
    for (const name of ["alice", "bob", "marek"])
      ids[name] = await addAgent(tx, {
        ...{ name, email: `${name}@northwind.example`, initials: name.slice(0, 2), password: null },
        teamIds: name === "marek" ? [lead] : [],
      });
    await grant(tx, {
      subjectKind: "team",
      subjectId: lead,
      verb: "escalation.manage",
      scope: "account",
      scopeId: null,
    });
    await saveLadder(tx, null, {
      ...{ brandId: null, expectedVersion: 0, from: null },
      ladder: { calendarId: null, rungs: ladder(ids) },
    });
  });
  const actor = (name: string, verbs: string[] = []): Actor => ({
    ...{ accountId, kind: "agent", id: ids[name]!, name, csrf: null },
    grants: ["escalation.read", ...verbs].map((verb) => ({ verb, scope: "account" as const, scopeId: null })),
  });
  const open = (topic = "t", severity = 1) =>
    run((tx) =>
      openEscalation(tx, {
        ...{ topic, kind: "by-hand", otherwise: severity, says: "Something is wrong." },
        fits: (r) => r.trigger.kind === "by-hand" && r.severity === severity,
      }),
    );
  const later = async (ms: number) => {
    clock.advance(ms);
    await fireTimers(db, accountId, escalationTimers);
  };
  const read = async () => {
    await numberEvents(db, accountId);
    while (await readOnce(db, escalationReader, accountId, clock, silentLog)) {}
  };
  const now = (id: string) => run((tx) => findEscalation(tx, id)).then((e) => e!);
  const rows = async <T>(query: ReturnType<typeof sql<T>>) =>
    run(async (tx) => (await query.execute(tx.tables())).rows);
  return {
    accountId: accountId as AccountId,
    brandId: brandId as string,
    run,
    ids,
    actor,
    open,
    later,
    read,
    now,
    rows,
  };
}
