import { DAY, type Instant, MINUTE } from "#platform/clock";
import type { MediumClassName } from "../domain/medium-class.ts";
import type { Priority } from "../domain/model.ts";
import {
  type AgentDraft,
  noChange,
  type QueueDraft,
  type SetupChange,
  type Staffing,
} from "../domain/rehearse/change-setup.ts";
import type { Setup } from "../domain/rehearse/model.ts";
import { dayAt, instantAt, minutesOf } from "../escalation/domain/local-time.ts";

/** Times of day, or all of the span. */
type Daily = { from: string; to: string } | null;

/** One thing that would have been otherwise, as people say it. */
export type SaidChange =
  | { what: "skill"; teamId: string; skillId: string; level: number }
  | { what: "join"; agentId: string; teamId: string }
  | { what: "people"; teamId: string; add: number; daily: Daily }
  | { what: "absence"; agentId: string; daily: Daily }
  | { what: "target"; queueId: string; priority: Priority; minutes: number }
  | { what: "weight"; medium: MediumClassName; weight: number }
  | { what: "cap"; medium: MediumClassName; cap: number }
  | { what: "ask"; skillId: string; kind: "hard" | "soft" };

export interface SaidSpan {
  readonly from: Instant;
  readonly to: Instant;
  readonly zone: string;
}

/** So many people at most by one rehearsal: more would be another company. */
const MOST_NEW = 500;

/**
 * What was said, as a draft for a past: one after the other, so that who joins a team first learns what the team learns after. A sentence
 * where something is named that the past does not have.
 */
export function draftOf(changes: readonly SaidChange[], setup: Setup, span: SaidSpan): SetupChange | string {
  const agents = new Map<string, AgentDraft>();
  const queues = new Map<string, QueueDraft>();
  const media: Partial<Record<MediumClassName, { weight?: number; cap?: number }>> = {};
  const skills = new Map<string, { kind: "hard" | "soft" }>();
  const staffing: Staffing[] = [];
  const absent: { agent: string; from: Instant; to: Instant }[] = [];
  const skillsOf = new Map<string, Map<string, number>>();
  const known = new Set([...setup.queues.values()].map((queue) => queue.team));
  for (const agent of setup.agents.values()) for (const team of agent.teams) known.add(team);
  const teamsOf = (id: string) => agents.get(id)?.teams ?? setup.agents.get(id)?.teams ?? [];
  const edit = (id: string, draft: AgentDraft) => agents.set(id, { ...agents.get(id), ...draft });
  let people = 0;

  for (const [n, change] of changes.entries()) {
    const at = `Change ${n + 1}`;
    if ("teamId" in change && !known.has(change.teamId)) return `${at} names a team that nobody was in.`;
    if ("agentId" in change && !setup.agents.has(change.agentId))
      return `${at} names somebody who is not here any more.`;
    if ("queueId" in change && !setup.queues.has(change.queueId)) return `${at} names a queue that is not there.`;
    switch (change.what) {
      case "skill": {
        const learnt = skillsOf.get(change.teamId) ?? new Map<string, number>();
        skillsOf.set(change.teamId, learnt.set(change.skillId, change.level));
        for (const { id } of setup.agents.values()) {
          if (!teamsOf(id).includes(change.teamId)) continue;
          // Nobody unlearns anything by it.
          const had =
            agents.get(id)?.skills?.get(change.skillId) ?? setup.agents.get(id)?.skills.get(change.skillId) ?? 0;
          const level = Math.max(had, change.level);
          edit(id, { skills: new Map([...(agents.get(id)?.skills ?? []), [change.skillId, level]]) });
        }
        break;
      }
      case "join":
        edit(change.agentId, { teams: [...new Set([...teamsOf(change.agentId), change.teamId])] });
        break;
      case "people": {
        people += change.add;
        if (people > MOST_NEW) return `At most ${MOST_NEW} more people can be tried at a time.`;
        const { teamId: team, add } = change;
        const here = stretchesOf(change.daily, span).map(([from, to]) => ({ from, to }));
        staffing.push({ team, add, here, skills: new Map(), budget: 100, limits: {} });
        break;
      }
      case "absence":
        for (const [from, to] of stretchesOf(change.daily, span)) absent.push({ agent: change.agentId, from, to });
        break;
      case "target": {
        const before = queues.get(change.queueId);
        const targets = { ...before?.targets, [change.priority]: change.minutes * MINUTE };
        queues.set(change.queueId, { ...before, targets });
        break;
      }
      case "weight":
        media[change.medium] = { ...media[change.medium], weight: change.weight };
        break;
      case "cap":
        media[change.medium] = { ...media[change.medium], cap: change.cap };
        break;
      case "ask":
        skills.set(change.skillId, { kind: change.kind });
    }
  }
  // New people know what their team's people know, each as well as half of them do, and what the team learns.
  const taught = staffing.map((staff) => ({
    ...staff,
    skills: new Map([...usualSkills(setup, staff.team), ...(skillsOf.get(staff.team) ?? [])]),
  }));
  return { ...noChange, agents, queues, media, skills, staffing: taught, absent };
}

/** What more than half of a team's people can do, as well as half of those can. */
function usualSkills(setup: Setup, team: string): Map<string, number> {
  const members = [...setup.agents.values()].filter((agent) => agent.teams.includes(team));
  const levels = new Map<string, number[]>();
  for (const { skills } of members)
    for (const [skill, level] of skills) levels.set(skill, [...(levels.get(skill) ?? []), level]);
  return new Map(
    [...levels].flatMap(([skill, all]) => {
      if (all.length * 2 <= members.length) return [];
      const sorted = all.toSorted((a, b) => a - b);
      return [[skill, sorted[Math.floor((sorted.length - 1) / 2)] as number]];
    }),
  );
}

/** The stretches of a span that lie within times of day; those that go over midnight end on the next day. */
export function stretchesOf(daily: Daily, { from, to, zone }: SaidSpan): [from: Instant, to: Instant][] {
  if (daily === null) return [[from, to]];
  const [begins, ends] = [minutesOf(daily.from), minutesOf(daily.to)];
  const over = ends <= begins ? 1 : 0;
  const first = dayAt(zone, from) - 1;
  const days = Math.ceil((to - from) / DAY) + 2;
  return Array.from({ length: days }, (_, n) => first + n).flatMap((day): [Instant, Instant][] => {
    const start = Math.max(from, instantAt(zone, day, begins));
    const end = Math.min(to, instantAt(zone, day + over, ends));
    return start < end ? [[start, end]] : [];
  });
}
