import type { z } from "zod";
import type { changeMacro, macroBoard, newMacro } from "#contracts/macros";
import { brandOf, brandsOf, settingOf } from "#modules/company";
import { audit, can, need, staffOf } from "#modules/people";
import { queueIsHere, queuesOf } from "#modules/routing";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { macroFields, unknownFields } from "#shared/macros";
import { outcomesSetting } from "../settings.ts";
import {
  countMacros,
  deleteMacro,
  insertMacro,
  lockMacro,
  type Macro,
  MOST_MACROS,
  macrosFor,
  nameIsTaken,
  updateMacro,
} from "../store/macro-store.ts";

type Said = Omit<z.output<typeof newMacro>, "scope">;
type Saved = { id: string; version: number };

/** All macros the asker can use, with what it takes to make one. */
export async function macroBoardFor(tx: Tx, actor: Actor): Promise<z.input<typeof macroBoard>> {
  need(actor, "work.read");
  const [staff, brands, queues, outcomes] = [
    await staffOf(tx),
    await brandsOf(tx),
    await queuesOf(tx),
    await settingOf(tx, outcomesSetting),
  ];
  const teams = teamsFor(staff, actor);
  const macros = await macrosFor(
    tx,
    actor.id,
    teams.map((team) => team.id),
  );
  return {
    macros: macros.map((macro) => {
      const { id, name, brandId, audience, texts, act, version } = macro;
      const moves = act?.kind === "move" ? queues.find((queue) => queue.id === act.queueId) : undefined;
      return {
        ...{ id, name, brandId, audience, texts, act, version, scope: scopeOf(macro) },
        ...{ mayChange: mayChange(actor, macro), queue: moves?.name ?? null },
      };
    }),
    brands: brands.map(({ id, name, locale }) => ({ id, name, locale })),
    queues: queues.map(({ id, name }) => ({ id, name })),
    outcomes: outcomes.value,
    teams,
    mayChangeAccount: can(actor, "settings.manage"),
  };
}

export async function addMacro(tx: Tx, actor: Actor, { scope, ...said }: z.output<typeof newMacro>): Promise<Saved> {
  need(actor, "work.read");
  const holderId = scope.kind === "account" ? null : scope.kind === "team" ? scope.teamId : actor.id;
  const macro: Macro = { ...said, id: uuidv7(tx.now), scope: scope.kind, holderId, version: 1 };
  if (scope.kind === "team" && !teamsFor(await staffOf(tx), actor).some((team) => team.id === scope.teamId))
    throw notFound("team of yours");
  if (!mayChange(actor, macro)) throw notPermitted(`make macros for ${scope.kind === "team" ? "a team" : "everybody"}`);
  await needFits(tx, said);
  if ((await countMacros(tx, macro.scope, holderId)) >= MOST_MACROS)
    throw notNow(`There are ${MOST_MACROS} macros already. Delete one first.`);
  if (!(await insertMacro(tx, macro, actor.id))) throw nameTaken(macro);
  return told(tx, actor, "macro.made", macro);
}

export async function changeMacroOf(
  tx: Tx,
  actor: Actor,
  id: string,
  { expectedVersion, ...said }: z.output<typeof changeMacro>,
): Promise<Saved> {
  const before = await macroToChange(tx, actor, id);
  if (before.version !== expectedVersion) throw conflict("macro", { version: before.version, name: before.name });
  await needFits(tx, said);
  const macro: Macro = { ...before, ...said, version: before.version + 1 };
  if (await nameIsTaken(tx, macro)) throw nameTaken(macro);
  await updateMacro(tx, macro, actor.id);
  return told(tx, actor, "macro.changed", macro);
}

export async function dropMacro(tx: Tx, actor: Actor, id: string): Promise<void> {
  const macro = await macroToChange(tx, actor, id);
  await deleteMacro(tx, id);
  await told(tx, actor, "macro.deleted", macro);
}

/** The one way to a macro that is to be changed. */
async function macroToChange(tx: Tx, actor: Actor, id: string): Promise<Macro> {
  need(actor, "work.read");
  const macro = await lockMacro(tx, id);
  if (!macro) throw notFound("macro");
  if (mayChange(actor, macro)) return macro;
  const seen = macro.scope === "account" || teamsFor(await staffOf(tx), actor).some((t) => t.id === macro.holderId);
  throw seen ? notPermitted("change this macro") : notFound("macro");
}

/** One's own; a team's where one manages its people; the account's with its settings. */
function mayChange(actor: Actor, { scope, holderId }: Pick<Macro, "scope" | "holderId">): boolean {
  if (scope === "own") return holderId === actor.id;
  if (scope === "account") return can(actor, "settings.manage");
  return holderId !== null && can(actor, "people.manage", { teamId: holderId });
}

function teamsFor(staff: Awaited<ReturnType<typeof staffOf>>, actor: Actor) {
  const own = staff.byId.get(actor.id)?.routable.teamIds ?? [];
  return staff.teams
    .map(({ id, name }) => ({ id, name, mayChange: can(actor, "people.manage", { teamId: id }) }))
    .filter((team) => team.mayChange || own.includes(team.id));
}

function scopeOf({ scope, holderId }: Macro): z.input<typeof newMacro>["scope"] {
  return scope === "team" && holderId !== null ? { kind: "team", teamId: holderId } : { kind: scope as "account" };
}

async function needFits(tx: Tx, { brandId, texts, act }: Said): Promise<void> {
  const brand = brandId === null ? null : (await brandOf(tx, brandId)).id;
  const wrong = (detail: string) => new AppError("invalid-request", detail);
  if (texts.length === 0 && act === null) throw wrong("A macro needs a text or something to do.");
  const locales = texts.map((one) => one.locale.toLowerCase());
  const twice = locales.find((one, at) => locales.indexOf(one) !== at);
  if (twice !== undefined) throw wrong(`The language ${twice} stands there twice.`);
  const [unknown] = texts.flatMap((one) => unknownFields(one.text));
  if (unknown !== undefined)
    throw wrong(`There is no field {{${unknown}}}. These can be filled: ${macroFields.join(", ")}.`);
  if (act?.kind === "move" && !(await queueIsHere(tx, act.queueId))) throw notFound("queue");
  if (act?.kind === "resolve") {
    const { value } = await settingOf(tx, outcomesSetting, brand === null ? {} : { brandId: brand });
    if (!value.some((one) => one.key === act.outcome)) throw wrong("There is no such outcome. Choose one of the list.");
  }
}

const nameTaken = ({ name }: Macro) =>
  new AppError("invalid-request", `There is a macro ::${name} for the same brand and audience. Choose another name.`);

/** What others use is written down; one's own is nobody's business. */
async function told(tx: Tx, actor: Actor, act: string, { id, name, scope, version }: Macro): Promise<Saved> {
  if (scope !== "own") await audit(tx, actor, act, "macro", id, { name, scope, version });
  return { id, version };
}
