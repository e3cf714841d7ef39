import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AccountId } from "#platform/ids";
import { makeAccount, openTestDatabase } from "../../../tests/support/database.ts";
import { addAgent, addTeam, agentsWithGrant, authenticator, grant, signIn } from "./index.ts";
import { changeAgent } from "./people.ts";
import { signOut } from "./sign-in.ts";

const { db, clock } = openTestDatabase();
let accountId: AccountId;
let agentId: string;
const email = `priya.${Math.trunc(performance.now() * 1e6)}@northwind.example`;
const from = (ip: string, password = "correct horse battery") =>
  signIn(db, clock, { email, password, ip, userAgent: "test" });
const ask = (token: string) => authenticator(db, clock)({ headers: {}, cookies: { hubbub_session: token } } as never);
beforeAll(async () => {
  accountId = (await makeAccount(db)).accountId;
  agentId = await db.withAccount(accountId, (tx) =>
    addAgent(tx, { name: "Priya Nair", email, initials: "PN", password: "correct horse battery" }),
  );
});
afterAll(() => db.close());

describe("sign-in", () => {
  it("opens a session that names agent, account and rights, and ends with sign-out", async () => {
    const teamId = await db.withAccount(accountId, (tx) => addTeam(tx, "Care"));
    await db.withAccount(accountId, (tx) =>
      grant(tx, { subjectKind: "agent", subjectId: agentId, verb: "work.read", scope: "account", scopeId: null }),
    );
    await db.withAccount(accountId, (tx) =>
      grant(tx, { subjectKind: "team", subjectId: teamId, verb: "audit.read", scope: "account", scopeId: null }),
    );
    const s = await from("10.0.0.1");
    const actor = await ask(s.token);
    expect(actor).toMatchObject({ accountId, kind: "agent", id: agentId, csrf: s.csrf });
    // The team's right is not hers: she is no member.
    expect(actor?.grants).toEqual([{ verb: "work.read", scope: "account", scopeId: null }]);
    expect(await signOut(db, s.token)).toMatchObject({ agentId, last: true });
    expect(await ask(s.token)).toBeNull();
  });

  it("knows no session of another account, of a forged token, or after twelve idle hours", async () => {
    const s = await from("10.0.0.2");
    const other = (await makeAccount(db)).accountId;
    const forged = Buffer.from(s.token, "base64url");
    forged.set(Buffer.from(other.replaceAll("-", ""), "hex"), 0);
    expect(await ask(forged.toString("base64url"))).toBeNull();
    expect(await ask(`${s.token.slice(0, -2)}AA`)).toBeNull();
    expect(await ask("'; drop table session; --")).toBeNull();
    expect(await ask(s.token)).not.toBeNull();
    clock.advance(12 * 3_600_000 + 1);
    expect(await ask(s.token)).toBeNull();
  });

  it("rests after six wrong tries, also for the right password, and opens again after a quarter of an hour", async () => {
    for (let i = 0; i < 6; i++)
      await expect(from(`10.0.1.${i}`, "wrong")).rejects.toMatchObject({ code: "wrong-credentials" });
    await expect(from("10.0.2.1")).rejects.toMatchObject({
      code: "too-many-requests",
      headers: { "retry-after": expect.stringMatching(/^\d+$/) },
    });
    clock.advance(15 * 60_000 + 1);
    await expect(from("10.0.2.1")).resolves.toMatchObject({ agentId });
  });

  it("ends all sessions of an agent who is suspended", async () => {
    const s = await from("10.0.3.1");
    const agent = await db.withAccount(accountId, (tx) => changeAgent(tx, agentId, 1, { state: "suspended" }));
    expect(agent.version).toBe(2);
    expect(await ask(s.token)).toBeNull();
    await expect(from("10.0.3.2")).rejects.toMatchObject({ code: "wrong-credentials" });
    await db.withAccount(accountId, (tx) => changeAgent(tx, agentId, 2, { state: "active" }));
  });
});

it("finds the agents with a right, also by their team", async () => {
  const found = await db.withAccount(accountId, async (tx) => {
    const team = await addTeam(tx, "Press");
    await addAgent(tx, { name: "Marek", email: `m${email}`, initials: "MW", password: null, teamIds: [team] });
    await grant(tx, { subjectKind: "team", subjectId: team, verb: "outbound.stop", scope: "account", scopeId: null });
    return agentsWithGrant(tx, "outbound.stop", {});
  });
  expect(found.map((a) => a.name)).toEqual(["Marek"]);
});
