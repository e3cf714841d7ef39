import { addBrand, addCalendar, makeAccount } from "#modules/company";
import { addAgent, addSkill, addTeam, audit, grant, setAgentSkills, verbs } from "#modules/people";
import { addQueue } from "#modules/routing";
import { HOUR, MINUTE, systemClock } from "#platform/clock";
import { type Database, sql, type Tx } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import { CommandError } from "./command.ts";

export interface NewCompany {
  name: string;
  brand: string;
  email: string;
  agent: string;
  zone: string;
  language: string;
}

const LOCK = 4_820_120;
const WORKDAYS = ["1", "2", "3", "4", "5"];
/** The same first targets as the demo company's care queue has: a quarter of an hour to a day. */
const TARGETS = { urgent: 15 * MINUTE, high: HOUR, normal: 4 * HOUR, low: 24 * HOUR };

/** An account ready for its first channel. One agent's address signs in to one account: a second one is refused, also at the same moment. */
export async function makeCompany(
  db: Database,
  wanted: NewCompany,
  password: string,
): Promise<{ accountId: AccountId }> {
  return db.asSystem(async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
    const taken = await sql`select 1 from agent where email = ${wanted.email} limit 1`.execute(trx);
    if (taken.rows.length > 0)
      throw new CommandError(
        `An agent with the address ${wanted.email} is here already. Sign in with it, or take another address.`,
      );
    const accountId = uuidv7<AccountId>(systemClock.now());
    await db.withAccount(accountId, (tx) => furnish(tx, wanted, password));
    return { accountId };
  });
}

async function furnish(tx: Tx, wanted: NewCompany, password: string): Promise<void> {
  await makeAccount(tx, { name: wanted.name, mission: "", demo: false });
  const { name, brand, agent, zone, language, email } = wanted;
  const names = [...new Set([brand, name])];
  await addBrand(tx, { name: brand, names, voice: "", disclosure: "full-name", locale: language });
  const week = Object.fromEntries(WORKDAYS.map((day) => [day, [["09:00", "17:00"] as [string, string]]]));
  const calendarId = await addCalendar(tx, "Office hours", [{ from: "2020-01-01", zone, week, holidays: [] }]);
  const teamId = await addTeam(tx, "Care");
  const agentId = await addAgent(tx, {
    ...{ name: agent, email, initials: initialsOf(agent), locale: language, zone, password, teamIds: [teamId] },
  });
  const skills = [];
  for (const skill of new Set(["English", languageName(language)]))
    skills.push({ skillId: await addSkill(tx, skill, "hard"), level: 100 });
  await setAgentSkills(tx, agentId, skills);
  for (const verb of Object.keys(verbs))
    await grant(tx, { subjectKind: "agent", subjectId: agentId, verb, scope: "account", scopeId: null });
  await addQueue(tx, { name: "Care", position: 0, teamId, calendarId, targets: TARGETS, outOfHours: "work" });
  await audit(tx, null, "account.created", "account", tx.accountId, { email, by: "command line" });
}

function languageName(tag: string): string {
  const base = new Intl.Locale(tag).language;
  return new Intl.DisplayNames("en", { type: "language" }).of(base) ?? base;
}

function initialsOf(name: string): string {
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? "");
  return letters.slice(0, 3).join("").toLocaleUpperCase("en") || "?";
}
