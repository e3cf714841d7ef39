import type { z } from "zod";
import type { newWorkView, workViews } from "#contracts/work-loop";
import { agentsById, can, need, staffOf } from "#modules/people";
import { countListed, permittedQueues, teamQueues } from "#modules/routing";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { narrowBy } from "../domain/narrow-by.ts";
import {
  deleteView,
  insertView,
  lockView,
  MOST_VIEWS,
  updateView,
  viewsOf,
  type WorkView,
} from "../store/view-store.ts";
import { filterNames, filterOf } from "./filtered.ts";

type Said = z.output<typeof newWorkView>;
/** Beyond that a count only says "many". */
const COUNT_TO = 100;

/** The lists that the asker saved, and those that the asker's teams share, with how many stand in each. */
export async function viewsFor(db: Tx, actor: Actor): Promise<z.input<typeof workViews>> {
  need(actor, "work.read");
  const mine = teamsOf(await staffOf(db), actor);
  return db.together(async (tx) => {
    const [views, names, { queues, own }, teamQueueIds] = await Promise.all([
      viewsOf(tx, actor.id, [...mine.keys()]),
      filterNames(tx, actor),
      permittedQueues(tx, actor, "work.read"),
      teamQueues(tx, actor.id),
    ]);
    const asked = { agentId: actor.id, queues, own, teamQueueIds };
    const [owners, counts] = await Promise.all([
      agentsById(
        tx,
        views.map((view) => view.ownerId),
      ),
      Promise.all(
        views.map((view) => {
          const narrowed = narrowBy(view.filter, names, tx.now);
          // What only the rows show is not counted: that would read them all.
          if (!narrowed.ok || narrowed.rest.length > 0) return null;
          return countListed(tx, { ...asked, view: view.scope, narrow: narrowed.narrow }, COUNT_TO);
        }),
      ),
    ]);
    return {
      views: views.map((view, n) => {
        const { id, name, scope, filter, position, version, ownerId, teamId } = view;
        const team = teamId === null ? null : { id: teamId, name: mine.get(teamId) ?? "" };
        const owner = { id: ownerId, name: owners.get(ownerId)?.name ?? "" };
        const mayChange = maySee(actor, view, mine) === "change";
        return { id, name, scope, filter, position, version, team, owner, mayChange, count: counts[n] ?? null };
      }),
    };
  });
}

export async function saveView(tx: Tx, actor: Actor, said: Said): Promise<{ id: string; version: number }> {
  need(actor, "work.read");
  const mine = teamsOf(await staffOf(tx), actor);
  await needFits(tx, actor, said, mine);
  if ((await viewsOf(tx, actor.id, [])).length >= MOST_VIEWS)
    throw new AppError("not-now", `You have ${MOST_VIEWS} saved lists. Delete one first.`);
  const id = uuidv7(tx.now);
  await insertView(tx, { ...said, id, ownerId: actor.id });
  return { id, version: 1 };
}

export async function changeView(
  tx: Tx,
  actor: Actor,
  id: string,
  { expectedVersion, ...said }: Said & { expectedVersion: number },
): Promise<{ id: string; version: number }> {
  const { view, mine } = await viewToChange(tx, actor, id);
  if (view.version !== expectedVersion) throw conflict("saved list", { version: view.version, name: view.name });
  await needFits(tx, actor, said, mine);
  await updateView(tx, id, said);
  return { id, version: view.version + 1 };
}

export async function dropView(tx: Tx, actor: Actor, id: string): Promise<void> {
  await viewToChange(tx, actor, id);
  await deleteView(tx, id);
}

async function viewToChange(tx: Tx, actor: Actor, id: string) {
  need(actor, "work.read");
  const mine = teamsOf(await staffOf(tx), actor);
  const view = await lockView(tx, id);
  const may = view ? maySee(actor, view, mine) : null;
  if (!view || may === null) throw notFound("saved list");
  if (may === "read") throw notPermitted("change a list that somebody else shares");
  return { view, mine };
}

/** Its owner changes it, and who manages people what a team shares; the team's others read it. */
function maySee(actor: Actor, view: WorkView, mine: ReadonlyMap<string, string>): "change" | "read" | null {
  if (view.ownerId === actor.id) return "change";
  if (view.teamId === null) return null;
  if (can(actor, "people.manage", { teamId: view.teamId })) return "change";
  return mine.has(view.teamId) ? "read" : null;
}

/** The teams of the asker by id; who manages people has all of them. */
function teamsOf(staff: Awaited<ReturnType<typeof staffOf>>, actor: Actor): Map<string, string> {
  const own = staff.byId.get(actor.id)?.routable.teamIds ?? [];
  const teams = staff.teams.filter(({ id }) => own.includes(id) || can(actor, "people.manage", { teamId: id }));
  return new Map(teams.map(({ id, name }) => [id, name]));
}

async function needFits(tx: Tx, actor: Actor, said: Said, mine: ReadonlyMap<string, string>): Promise<void> {
  if (said.teamId !== null && !mine.has(said.teamId)) throw notFound("team of yours");
  await filterOf(tx, actor, said.filter);
}
