import { connectChannel } from "../../server/modules/channels/index.ts";
import { addBrand, addCalendar, makeAccount, setSetting } from "../../server/modules/company/index.ts";
import { undoWindow } from "../../server/modules/desk/index.ts";
import { addAgent, addSkill, addTeam, grant, setAgentSkills, type Verb } from "../../server/modules/people/index.ts";
import { addQueue } from "../../server/modules/routing/index.ts";
import { MINUTE } from "../../server/platform/clock.ts";
import type { Database } from "../../server/platform/db.ts";
import { type AccountId, uuidv7 } from "../../server/platform/ids.ts";

export const PASSWORD = "a password of twelve words";
const AGENT: readonly Verb[] = [
  ...([
    "work.read",
    "work.take",
    "conversation.read",
    "customer.read",
    "customer.write",
    "customer.join",
    "reply.public",
    "reply.private",
  ] as const),
  ...(["note.write", "label.mark", "insights.read", "channel.read", "escalation.read", "escalation.act"] as const),
];
const LEAD: readonly Verb[] = [
  ...(["work.assign", "work.over-capacity", "people.manage", "presence.force", "channel.manage"] as const),
  ...(["monitor.read", "monitor.manage"] as const),
  ...(["policy.manage", "settings.manage", "outbound.stop", "audit.read", "health.read"] as const),
  ...(["escalation.manage", "crisis.lead", "reply.approve", "message.moderate"] as const),
];
const ALWAYS = Object.fromEntries(
  ["1", "2", "3", "4", "5", "6", "7"].map((day) => [day, [["00:00", "24:00"]]]),
) as Record<string, [string, string][]>;

export const people = ["priya", "dana", "marek", "noor"] as const;
export type Person = (typeof people)[number];
export const emailOf = (who: Person, domain = "northwind.example") => `${who}@${domain}`;

export interface Company {
  accountId: AccountId;
  brandId: string;
  channelId: string;
  hookId: string;
  queueId: string;
  teamId: string;
  skillId: string;
  agents: Record<Person, string>;
}

/**
 * A small company: Priya and Dana answer, Marek supervises, Noor may nothing. Everything goes through the doors of the
 * modules. The key ring has to be in use.
 */
export async function makeCompany(
  db: Database,
  now: number,
  network: { baseUrl: string; network: string; profileId: string; handle: string; token: string; appSecret: string },
  domain = "northwind.example",
): Promise<Company> {
  const accountId = uuidv7<AccountId>(now);
  return db.withAccount(accountId, async (tx) => {
    await makeAccount(tx, { name: "Northwind", mission: "We answer in person.", demo: false });
    const names = ["northwind", "northwind mobile"];
    const brand = await addBrand(tx, {
      ...{ name: "Northwind Mobile", names, voice: "plain", disclosure: "full-name", locale: "en" },
    });
    const calendarId = await addCalendar(tx, "Always", [
      { from: "2020-01-01", zone: "Europe/London", week: ALWAYS, holidays: [] },
    ]);
    const [care, lead] = [await addTeam(tx, "Care"), await addTeam(tx, "Supervisors")];
    const [english, network_] = [await addSkill(tx, "English", "hard"), await addSkill(tx, "Network", "soft")];
    const add = async (name: string, initials: string, who: Person, teamIds: string[]) => {
      const id = await addAgent(tx, { name, email: emailOf(who, domain), initials, password: PASSWORD, teamIds });
      if (teamIds.length > 0)
        await setAgentSkills(tx, id, [
          { skillId: english, level: 100 },
          { skillId: network_, level: 60 },
        ]);
      return id;
    };
    const agents = {
      priya: await add("Priya Nair", "PN", "priya", [care]),
      dana: await add("Dana Okafor", "DO", "dana", [care]),
      marek: await add("Marek Wolski", "MW", "marek", [lead]),
      noor: await add("Noor Haddad", "NH", "noor", []),
    };
    const give = (subjectId: string, verb: Verb) =>
      grant(tx, { subjectKind: "team", subjectId, verb, scope: "account", scopeId: null });
    for (const verb of AGENT) for (const team of [care, lead]) await give(team, verb);
    for (const verb of LEAD) await give(lead, verb);
    const targets = { urgent: 15 * MINUTE, high: 30 * MINUTE, normal: 60 * MINUTE, low: 240 * MINUTE };
    const queueId = await addQueue(tx, { name: "Care", position: 0, teamId: care, calendarId, targets });
    await setSetting(tx, undoWindow, 0, null);
    const { channelId, hookId } = await connectChannel(tx, {
      ...{ brandId: brand.id, network: "playground", name: "Playground", handle: network.handle },
      externalId: network.profileId,
      config: { baseUrl: network.baseUrl, network: network.network, terms: names },
      secret: { token: network.token, appSecret: network.appSecret },
    });
    return { accountId, brandId: brand.id, channelId, hookId, queueId, teamId: care, skillId: english, agents };
  });
}
