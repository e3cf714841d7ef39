import type { Staff } from "#modules/people";
import type { Tx } from "#platform/db";
import { peopleNow } from "./reach-people.ts";

/** Who the targets of a ladder (or of a list like it) are: those to be asked now, and whether somebody belongs to them at all. */
export interface TargetPeople {
  readonly staff: Staff;
  readonly rotaIds: ReadonlySet<string>;
  /** Of a team those who are here, and when nobody is, all of it. */
  ask(key: string): readonly string[];
  isOne(agentId: string, key: string): boolean;
}

export async function targetPeople(tx: Tx): Promise<TargetPeople> {
  const { staff, rotas, resolve } = await peopleNow(tx);
  const isOne = (agentId: string, key: string) => {
    const [kind, id = ""] = key.split(":");
    if (kind === "agent") return id === agentId && staff.byId.has(id);
    if (kind === "team") return staff.byId.get(agentId)?.routable.teamIds.includes(id) === true;
    return resolve(key).includes(agentId);
  };
  return { staff, rotaIds: new Set(rotas.map((r) => r.id)), ask: resolve, isOne };
}
