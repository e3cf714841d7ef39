import { connectChannel } from "#modules/channels";
import { addBrand, addCalendar, makeAccount } from "#modules/company";
import { addAgent, addSkill, addTeam, grant, setAgentSkills, type Verb } from "#modules/people";
import { addQueue } from "#modules/routing";
import { MINUTE } from "#platform/clock";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { company } from "../../../scenarios/northwind/company.ts";

const AGENT: readonly Verb[] = [
  "work.read",
  "work.take",
  "conversation.read",
  "customer.read",
  "customer.write",
  "customer.join",
  "reply.public",
  "reply.private",
  "note.write",
  "label.mark",
  "insights.read",
  "channel.read",
];
const LEAD: readonly Verb[] = [
  ...AGENT,
  "work.assign",
  "work.over-capacity",
  "people.manage",
  "presence.force",
  "channel.manage",
  "policy.manage",
  "settings.manage",
  "outbound.stop",
  "audit.read",
  "health.read",
];

/** Another company's people: they work one queue and know nothing else. */
const PARTNER: readonly Verb[] = [
  "work.read",
  "work.take",
  "conversation.read",
  "reply.public",
  "reply.private",
  "note.write",
  "label.mark",
];
/** Who is asked now and then: reads along and writes notes, is never offered work. */
const LIGHT: readonly Verb[] = ["work.read", "conversation.read", "note.write", "channel.read"];

export interface SeededCompany {
  brandId: string;
  channelId: string;
  hookId: string;
  agents: { id: string; name: string; email: string; role: string }[];
}

/** The demo company: brand, calendars, teams, skills, agents with rights, a queue, the playground as its channel. One transaction. */
export async function seedCompany(
  db: Database,
  accountId: AccountId,
  playground: { url: string; network: string; profileId: string; token: string; appSecret: string },
): Promise<SeededCompany> {
  return db.withAccount(accountId, async (tx) => {
    await makeAccount(tx, { name: company.name, mission: company.mission, demo: true });
    const brand = await addBrand(tx, { ...company.brand, names: [...company.brand.names] });
    const calendars = new Map<string, string>();
    for (const c of company.calendars)
      calendars.set(
        c.key,
        await addCalendar(tx, c.name, [{ from: "2020-01-01", zone: c.zone, week: c.week, holidays: [...c.holidays] }]),
      );
    const teams = new Map<string, string>();
    for (const t of company.teams) teams.set(t.key, await addTeam(tx, t.name));
    const skills = new Map<string, string>();
    for (const s of company.skills) skills.set(s.key, await addSkill(tx, s.name, s.kind));
    const agents: SeededCompany["agents"] = [];
    for (const a of company.agents) {
      const teamIds = teamsOf(a.team).map((key) => teams.get(key)!);
      const id = await addAgent(tx, {
        name: a.name,
        email: a.email,
        initials: a.initials,
        zone: "Europe/London",
        password: null,
        demo: true,
        teamIds,
      });
      await setAgentSkills(
        tx,
        id,
        Object.entries(a.skills).map(([key, level]) => ({ skillId: skills.get(key)!, level: level as number })),
      );
      agents.push({ id, name: a.name, email: a.email, role: a.role });
    }
    const give = async (team: string, rights: readonly Verb[], scope: "account" | "queue", scopeId: string | null) => {
      for (const verb of rights)
        await grant(tx, { subjectKind: "team", subjectId: teams.get(team)!, verb, scope, scopeId }, async () => true);
    };
    await give("staff", AGENT, "account", null);
    await give("lead", LEAD, "account", null);
    await give("network", LIGHT, "account", null);
    for (const [position, q] of company.queues.entries()) {
      const queueId = await addQueue(tx, {
        name: q.name,
        position,
        teamId: teams.get(q.team)!,
        calendarId: calendars.get(q.calendar)!,
        targets: {
          urgent: q.targets.urgent * MINUTE,
          high: q.targets.high * MINUTE,
          normal: q.targets.normal * MINUTE,
          low: q.targets.low * MINUTE,
        },
        outOfHours: "work",
      });
      await give("partner", PARTNER, "queue", queueId);
    }
    const { channelId, hookId } = await connectChannel(tx, {
      brandId: brand.id,
      network: "playground",
      name: "Playground",
      externalId: playground.profileId,
      handle: company.brand.handle,
      config: { baseUrl: playground.url, network: playground.network },
      secret: { token: playground.token, appSecret: playground.appSecret },
    });
    return { brandId: brand.id, channelId, hookId, agents };
  });
}

/** Everybody of the house is in Care, so that everybody can help out; a partner's people too, with their own narrow rights. */
function teamsOf(home: string): string[] {
  if (home === "network") return ["network"];
  return [...new Set(home === "partner" ? ["partner", "care"] : [home, "care", "staff"])];
}
