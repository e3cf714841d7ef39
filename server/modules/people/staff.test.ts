import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { countStatements } from "../../../tests/support/count-statements.ts";
import { makeAccount, openTestDatabase } from "../../../tests/support/database.ts";
import { addAgent, addSkill, addTeam, changeAgent, grant, revoke, setAgentSkills } from "./people.ts";
import { staffOf } from "./staff.ts";

const { db } = openTestDatabase();
afterAll(() => db.close());
let accountId: AccountId;
let alice: string;
let team: string;
let skill: string;
const act = <T>(run: (tx: Tx) => Promise<T>) => db.withAccount(accountId, run);
const person = (name: string) => ({ name, email: `${name}@northwind.example`, initials: name[0]!, password: null });

beforeAll(async () => {
  accountId = (await makeAccount(db)).accountId;
  await act(async (tx) => {
    team = await addTeam(tx, "Care");
    skill = await addSkill(tx, "Welsh", "hard");
    alice = await addAgent(tx, { ...person("alice"), teamIds: [team] });
  });
});

/** What stands of Alice: her skills, her rights, whether she is there. */
async function seen(tx: Tx) {
  const one = (await staffOf(tx)).byId.get(alice);
  return (
    one && { skills: one.routable.skills.map((s) => s.level), rights: one.rights.grants.map((g) => g.verb).sort() }
  );
}

describe("the staff in memory", () => {
  it("costs one statement while nothing changes", async () => {
    await act(staffOf);
    const { statements } = await countStatements(() => act(staffOf));
    expect(statements.filter((text) => /\bfrom\b/.test(text) && !/set_config/.test(text))).toHaveLength(1);
  });

  it("never is older than the transaction that asks, whatever was changed by whom", async () => {
    expect(await act(seen)).toEqual({ skills: [], rights: [] });
    await act((tx) => setAgentSkills(tx, alice, [{ skillId: skill, level: 70 }]));
    expect(await act(seen)).toMatchObject({ skills: [70] });
    const right = await act((tx) =>
      grant(tx, { subjectKind: "team", subjectId: team, verb: "work.take", scope: "account", scopeId: null }),
    );
    expect(await act(seen)).toMatchObject({ rights: ["work.take"] });
    await act((tx) => revoke(tx, right));
    expect(await act(seen)).toMatchObject({ rights: [] });
    await act((tx) => changeAgent(tx, alice, 1, { state: "suspended" }));
    expect(await act(seen)).toBeUndefined();
    await act((tx) => changeAgent(tx, alice, 2, { state: "active" }));
    expect(await act(seen)).toEqual({ skills: [70], rights: [] });
  });

  it("keeps nothing of a change that was taken back, and shows it to nobody else meanwhile", async () => {
    const given = { subjectKind: "agent" as const, subjectId: alice, verb: "work.read" as const };
    const taken = act(async (tx) => {
      await grant(tx, { ...given, scope: "account", scopeId: null });
      expect(await seen(tx)).toMatchObject({ rights: ["work.read"] });
      expect(await act(seen)).toMatchObject({ rights: [] });
      // What is changed after the look counts at the next one of the same transaction.
      await setAgentSkills(tx, alice, [{ skillId: skill, level: 20 }]);
      expect(await seen(tx)).toMatchObject({ skills: [20] });
      throw new Error("taken back");
    });
    await expect(taken).rejects.toThrow("taken back");
    expect(await act(seen)).toEqual({ skills: [70], rights: [] });
    await act((tx) => grant(tx, { ...given, verb: "note.write", scope: "account", scopeId: null }));
    expect(await act(seen)).toEqual({ skills: [70], rights: ["note.write"] });
  });

  it("is each account's own", async () => {
    const other = await makeAccount(db);
    await act(staffOf);
    await db.withAccount(other.accountId, async (tx) => {
      await addAgent(tx, person("bob"));
      expect([...(await staffOf(tx)).byId.values()].map((one) => one.agent.name)).toEqual(["bob"]);
    });
  });
});
