import type { z } from "zod";
import type { LoanView, lend } from "#contracts/supervision";
import {
  audit,
  joinTeam,
  leaveTeam,
  need,
  type SkillGiven,
  type Staff,
  setAgentSkills,
  skillsOf,
  staffOf,
} from "#modules/people";
import { DAY, type Instant, instantOf, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound, notNow } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { clearTimer, setTimer, type TimerHandler } from "#platform/timers";
import { type ActDetail, endAct, insertAct, lockAct, openForNow, type SupervisionAct } from "../store/act-store.ts";

const TIMER = "loan-ends";
/** Longer than a shift is no loan: then the skill or the team is to be changed. */
const LONGEST = DAY;

type Loan = Extract<ActDetail, { kind: "loan" }>;

/** Gives an agent a skill at a level, or a team, until an instant; then it is as before by itself. */
export async function lendTo(tx: Tx, actor: Actor, wish: z.output<typeof lend>): Promise<SupervisionAct> {
  // Whoever is lent to a team has the team's rights as long.
  need(actor, "people.manage");
  const until = instantOf(wish.until) ?? 0;
  if (until <= tx.now || until > tx.now + LONGEST)
    throw new AppError("invalid-request", "Choose an end within the next 24 hours.");
  const staff = await staffOf(tx);
  const agent = staff.byId.get(wish.agentId);
  if (!agent) throw notFound("agent");
  const { what } = wish;
  const same = (await openForNow(tx)).find(({ detail }) => isLoan(detail) && sameThing(detail, wish.agentId, what));
  if (same) throw notNow("This is lent already. Take it back first, then lend it anew.");
  const detail = what.kind === "skill" ? await lendSkill(tx, wish, what) : await lendTeam(tx, staff, wish, what);
  const act = { id: uuidv7(tx.now), byAgent: actor.id, endsAt: until, detail };
  await insertAct(tx, act);
  await setTimer(tx, TIMER, act.id, until);
  await audit(tx, actor, "people.lent", "agent", wish.agentId, { ...what, until: wish.until, reason: wish.reason });
  return { ...act, at: tx.now, endedAt: null, version: 1 };
}

const isLoan = (detail: ActDetail): detail is Loan => detail.kind === "loan";
type What = z.output<typeof lend>["what"];
const sameThing = (loan: Loan, agentId: string, what: What): boolean =>
  loan.agentId === agentId &&
  ("teamId" in loan
    ? what.kind === "team" && loan.teamId === what.teamId
    : what.kind === "skill" && loan.skillId === what.skillId);

/** Puts somebody into a team until an instant, by a person or a rule; false when they are in it already. Whoever calls checks the rights. */
export async function lendTeamTo(
  tx: Tx,
  wish: {
    agentId: string;
    teamId: string;
    until: Instant;
    reason: string;
    byAgent: string | null;
    surgeFor: string;
  },
): Promise<boolean> {
  const { byAgent, until, ...loan } = wish;
  if (!(await joinTeam(tx, loan.agentId, loan.teamId))) return false;
  const act = { id: uuidv7(tx.now), byAgent, endsAt: until, detail: { kind: "loan" as const, ...loan } };
  await insertAct(tx, act);
  await setTimer(tx, TIMER, act.id, until);
  return true;
}

async function lendSkill(tx: Tx, wish: z.output<typeof lend>, what: Extract<What, { kind: "skill" }>): Promise<Loan> {
  const mine = await skillsOf(tx, wish.agentId);
  const before = mine.find((skill) => skill.skillId === what.skillId) ?? null;
  if (before?.level === what.level) throw notNow("The agent has this skill at this level already.");
  const { skillId, level } = what;
  await setAgentSkills(tx, wish.agentId, withSkill(mine, skillId, { skillId, level }));
  return { kind: "loan", agentId: wish.agentId, skillId, level, before, reason: wish.reason };
}

async function lendTeam(
  tx: Tx,
  staff: Staff,
  wish: z.output<typeof lend>,
  what: Extract<What, { kind: "team" }>,
): Promise<Loan> {
  if (!staff.teams.some((team) => team.id === what.teamId))
    throw new AppError("invalid-request", "There is no team with this id. GET /api/teams lists them.");
  if (!(await joinTeam(tx, wish.agentId, what.teamId))) throw notNow("The agent is in this team already.");
  return { kind: "loan", agentId: wish.agentId, teamId: what.teamId, reason: wish.reason };
}

const withSkill = (skills: readonly SkillGiven[], skillId: string, skill: SkillGiven | null): SkillGiven[] => [
  ...skills.filter((one) => one.skillId !== skillId),
  ...(skill === null ? [] : [skill]),
];

/** As it was before. What somebody changed meanwhile stays as they changed it. */
export async function endLoan(tx: Tx, act: SupervisionAct): Promise<void> {
  const { detail: loan } = act;
  if (!isLoan(loan) || act.endedAt !== null) return;
  await endAct(tx, act);
  await clearTimer(tx, TIMER, act.id);
  if ("teamId" in loan) await leaveTeam(tx, loan.agentId, loan.teamId);
  else {
    const mine = await skillsOf(tx, loan.agentId);
    const now = mine.find((skill) => skill.skillId === loan.skillId)?.level;
    if (now === loan.level) await setAgentSkills(tx, loan.agentId, withSkill(mine, loan.skillId, loan.before));
  }
}

export const loanTimers: Record<string, TimerHandler> = {
  [TIMER]: async (tx, timer) => {
    const act = await lockAct(tx, timer.ref);
    if (!act || act.endedAt !== null) return;
    await endLoan(tx, act);
    await audit(tx, null, "people.loan-ended", "supervision-act", act.id);
  },
};

/** What is lent to or of the people somebody sees. */
export function presentLoans(
  staff: Staff,
  loans: readonly SupervisionAct[],
  agentIds: ReadonlySet<string>,
): LoanView[] {
  return loans.flatMap((act): LoanView[] => {
    const { detail: loan } = act;
    if (!isLoan(loan) || !agentIds.has(loan.agentId)) return [];
    const team = "teamId" in loan ? staff.teams.find(({ id }) => id === loan.teamId) : undefined;
    const skill = "teamId" in loan ? undefined : staff.skills.get(loan.skillId);
    return [
      {
        ...{ actId: act.id, agentId: loan.agentId, agentName: nameOf(staff, loan.agentId) },
        skill: "teamId" in loan ? null : { id: loan.skillId, name: skill?.name ?? "", level: loan.level },
        team: "teamId" in loan ? { id: loan.teamId, name: team?.name ?? "" } : null,
        ...{ endsAt: iso(act.endsAt as Instant), byName: nameOf(staff, act.byAgent ?? ""), version: act.version },
      },
    ];
  });
}
const nameOf = (staff: Staff, agentId: string) => staff.byId.get(agentId)?.agent.name ?? "";
