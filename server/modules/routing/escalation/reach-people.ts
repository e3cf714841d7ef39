import type { Rota } from "#contracts/escalation";
import { settingOf } from "#modules/company";
import { can, type Staff, staffOf } from "#modules/people";
import { presencesOf } from "#modules/workforce";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Known } from "./domain/ladder.ts";
import type { Resolve } from "./domain/page.ts";
import { onCall } from "./domain/rota.ts";
import { rotasSetting } from "./settings.ts";

/** All that is asked of people and rotas when it is decided who is asked. */
export interface People {
  readonly staff: Staff;
  readonly rotas: readonly Rota[];
  readonly resolve: Resolve;
}

/** Who the targets of a chain are now. Of a team those who are here; when nobody is, all of it. */
export async function peopleNow(tx: Tx, at: Instant = tx.now): Promise<People> {
  const [staff, { value: rotas }, presences] = await Promise.all([
    staffOf(tx),
    settingOf(tx, rotasSetting),
    presencesOf(tx),
  ]);
  const here = (id: string) => !["offline", undefined].includes(presences.get(id)?.state);
  const active = (ids: readonly string[]) => ids.filter((id) => staff.byId.has(id));
  const resolve: Resolve = (target) => {
    if (target === "managers") return managersOf(staff);
    const [kind, id = ""] = target.split(":");
    if (kind === "agent") return active([id]);
    if (kind === "team") {
      const members = membersOf(staff).get(id) ?? [];
      const present = members.filter(here);
      return present.length > 0 ? present : members;
    }
    const rota = rotas.find((r) => r.id === id);
    return rota ? active(onCall(rota, at).map((d) => d.agentId)) : [];
  };
  return { staff, rotas, resolve };
}

export function managersOf(staff: Staff): string[] {
  return staff.agents.filter(({ rights }) => can(rights, "escalation.manage")).map(({ agent }) => agent.id);
}

function membersOf(staff: Staff): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const { routable } of staff.agents)
    for (const teamId of routable.teamIds) members.set(teamId, [...(members.get(teamId) ?? []), routable.id]);
  return members;
}

/** What the check of a ladder has to know. */
export function knownOf({ staff, rotas }: People, now: Instant, until: Instant): Known {
  return {
    agents: new Set(staff.byId.keys()),
    teams: membersOf(staff),
    rotas: new Map(rotas.map((r) => [r.id, r])),
    managers: managersOf(staff),
    ...{ now, until },
  };
}
