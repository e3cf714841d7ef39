import { connectChannel } from "#modules/channels";
import { addBrand, addCalendar, makeAccount, setSetting } from "#modules/company";
import { outcomesSetting } from "#modules/desk";
import { addAgent, addSkill, addTeam, grant, setAgentSkills, type Verb } from "#modules/people";
import { addQueue } from "#modules/routing";
import { addCapacityProfile, type Capacity, giveCapacity } from "#modules/workforce";
import { MINUTE } from "#platform/clock";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { company } from "../../../scenarios/northwind/company.ts";
import { formerOutcomes, outcomes } from "../../../scenarios/northwind/outcomes.ts";
import { seedEscalation } from "./seed-escalation.ts";
import { seedMonitors } from "./seed-monitors.ts";
import { seedPromises } from "./seed-promises.ts";

const AGENT: readonly Verb[] = [
  "work.read",
  "work.take",
  "conversation.read",
  "customer.read",
  "customer.write",
  "customer.join",
  "reply.public",
  "reply.private",
  "message.moderate",
  "note.write",
  "label.mark",
  "insights.read",
  "channel.read",
  "escalation.read",
  "escalation.act",
];
const LEAD: readonly Verb[] = [
  ...AGENT,
  "work.assign",
  "work.over-capacity",
  "people.manage",
  "presence.force",
  "channel.manage",
  "policy.manage",
  "monitor.read",
  "monitor.manage",
  "settings.manage",
  "outbound.stop",
  "audit.read",
  "health.read",
  "escalation.manage",
  "crisis.lead",
  "reply.approve",
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
/** Overspill: they acknowledge, sort, hand back what is not theirs and follow up. Where in the house it goes they do not see. */
const OVERSPILL: readonly Verb[] = [
  "work.read",
  "work.take",
  "work.assign",
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
        await addCalendar(
          tx,
          c.name,
          [{ from: "2020-01-01", zone: c.zone, week: c.week }],
          c.days.map((day) => ({ ...day, closed: [], sourceId: null })),
        ),
      );
    const teams = new Map<string, string>();
    for (const t of company.teams) teams.set(t.key, await addTeam(tx, t.name));
    const skills = new Map<string, string>();
    for (const s of company.skills) skills.set(s.key, await addSkill(tx, s.name, s.kind));
    const agents: SeededCompany["agents"] = [];
    for (const a of company.agents) {
      const homes = [...teamsOf(a.team), ...("also" in a ? [a.also] : [])];
      const teamIds = homes.map((key) => teams.get(key)!);
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
    const queues = new Map<string, string>();
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
      queues.set(q.key, queueId);
      await give(q.partner, q.partner === "nightline" ? OVERSPILL : PARTNER, "queue", queueId);
    }
    const capacities: readonly (Capacity & { name: string; team: string })[] = company.capacities;
    for (const { team, ...profile } of capacities) {
      const { id } = await addCapacityProfile(tx, profile);
      const subject = { subjectKind: "team" as const, subjectId: teams.get(team)! };
      await giveCapacity(tx, { profileId: id, ...subject, validFrom: null, validUntil: null });
    }
    await seedEscalation(tx, {
      ...{ calendarId: calendars.get("day")!, careTeamId: teams.get("care")!, leadTeamId: teams.get("lead")! },
      leadIds: company.agents.flatMap((a, i) => (a.team === "lead" ? [agents[i]!.id] : [])),
    });
    await seedPromises(tx, {
      ...{ brandId: brand.id, careQueueId: queues.get("care")!, partnerTeamId: teams.get("partner")! },
      helperIds: company.agents.flatMap((a, i) => (a.team === "lead" || a.team === "business" ? [agents[i]!.id] : [])),
    });
    await seedMonitors(tx, brand.id);
    for (const list of [formerOutcomes, outcomes]) await setSetting(tx, outcomesSetting, list, null);
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

/** Everybody of the house is in Care, so that everybody can help out; a partner's people come by a rule, with their own narrow rights. */
function teamsOf(home: string): string[] {
  if (home === "network" || home === "nightline" || home === "partner") return [home];
  return [...new Set([home, "care", "staff"])];
}
