import type { Ladder, LadderFinding, ReachWish, Rota } from "#contracts/escalation";
import { allCalendars, setSetting, settingOf } from "#modules/company";
import { audit } from "#modules/people";
import { DAY, type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { isZone } from "#shared/zone";
import { allQueues } from "../store/queue-store.ts";
import { checkLadder } from "./domain/ladder.ts";
import { rotaFaults } from "./domain/rota.ts";
import { knownOf, peopleNow } from "./reach-people.ts";
import { ladderSetting, rotasSetting } from "./settings.ts";
import { saveWish } from "./store/reach-store.ts";
import { startSweep } from "./sweep.ts";

/** A week and a day: every hour of a weekly plan, with the day on which the clocks change. */
const LOOK_AHEAD = 8 * DAY;

/** What is wrong with a ladder and what it leaves open in the days to come. */
export async function findingsOf(tx: Tx, ladder: Ladder): Promise<LadderFinding[]> {
  const found = checkLadder(ladder, knownOf(await peopleNow(tx), tx.now, tx.now + LOOK_AHEAD));
  const { calendarId } = ladder;
  if (calendarId !== null && !(await allCalendars(tx)).some((c) => c.id === calendarId))
    found.unshift({ level: "fault", rungId: null, says: "There is no such calendar.", from: null, to: null });
  const queues = new Set((await allQueues(tx)).map((queue) => queue.id));
  for (const { id, trigger } of ladder.rungs)
    if (trigger.kind === "volume" && trigger.of === "queue" && trigger.ids.some((one) => !queues.has(one)))
      found.unshift({
        level: "fault",
        rungId: id,
        says: "It names a queue that does not exist.",
        from: null,
        to: null,
      });
  return found;
}

export interface LadderAsked {
  brandId: string | null;
  ladder: Ladder;
  expectedVersion: number;
  from: Instant | null;
}
/** A new version of a ladder. One with faults is refused; holes are saved, and alarmed about when their hour comes. */
export async function saveLadder(
  tx: Tx,
  actor: Actor | null,
  asked: LadderAsked,
): Promise<{ version: number; findings: LadderFinding[] }> {
  const where = asked.brandId ? { brandId: asked.brandId } : {};
  const present = await settingOf(tx, ladderSetting, where);
  if (present.version !== asked.expectedVersion) throw conflict("ladder", { version: present.version });
  const findings = await findingsOf(tx, asked.ladder);
  const faults = findings.filter((f) => f.level === "fault");
  if (faults.length > 0)
    throw new AppError("invalid-request", faults.map((f) => f.says).join(" "), {
      errors: faults.map((f) => ({ path: f.rungId ?? "ladder", message: f.says })),
    });
  const from = asked.from === null ? {} : { from: asked.from };
  const version = await setSetting(tx, ladderSetting, asked.ladder, actor?.id ?? null, { ...where, ...from });
  await startSweep(tx);
  await audit(tx, actor, "escalation.ladder-saved", "setting", asked.brandId ?? tx.accountId, { version });
  return { version, findings };
}

export async function saveRotas(
  tx: Tx,
  actor: Actor | null,
  rotas: readonly Rota[],
  expectedVersion: number,
): Promise<number> {
  const present = await settingOf(tx, rotasSetting);
  if (present.version !== expectedVersion) throw conflict("rotas", { version: present.version });
  const { staff } = await peopleNow(tx);
  const faults = rotas.flatMap((r) => rotaFaults(r, (id) => staff.byId.has(id)));
  if (new Set(rotas.map((r) => r.id)).size < rotas.length) faults.push("Two rotas have the same id.");
  if (faults.length > 0) throw new AppError("invalid-request", faults.join(" "));
  // Who stood in last month is history; it is in the former versions.
  const kept = rotas.map((r) => ({ ...r, overrides: r.overrides.filter((o) => Date.parse(o.to) > tx.now - DAY) }));
  const version = await setSetting(tx, rotasSetting, kept, actor?.id ?? null);
  await audit(tx, actor, "escalation.rotas-saved", "setting", tx.accountId, { version });
  return version;
}

/** Somebody stands in for a time. */
export async function swapDuty(
  tx: Tx,
  actor: Actor,
  rotaId: string,
  asked: { from: Instant; to: Instant; agentId: string; reason: string },
): Promise<number> {
  const { value: rotas, version } = await settingOf(tx, rotasSetting);
  if (!rotas.some((r) => r.id === rotaId)) throw notFound("rota");
  const override = { ...asked, id: uuidv7(tx.now), from: iso(asked.from), to: iso(asked.to) };
  const next = rotas.map((r) => (r.id === rotaId ? { ...r, overrides: [...r.overrides, override].slice(-200) } : r));
  return saveRotas(tx, actor, next, version);
}

export async function keepWish(tx: Tx, agentId: string, wish: ReachWish, expectedVersion: number): Promise<void> {
  if (wish.quiet && !isZone(wish.quiet.zone))
    throw new AppError("invalid-request", `"${wish.quiet.zone}" is not a time zone like Europe/London.`);
  if (!(await saveWish(tx, agentId, wish, expectedVersion))) throw conflict("wish", null);
}
