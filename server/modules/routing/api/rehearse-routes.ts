import { type RehearsalAsked, rehearsal, rehearsalAsked } from "#contracts/rehearse";
import { need } from "#modules/people";
import { DAY, type Instant, instantOf, SECOND } from "#platform/clock";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { isZone } from "#shared/zone";
import { playBeside } from "../rehearsal/play-beside.ts";
import { routeHistoryWithin } from "../route-history.ts";

const LONGEST = 31 * DAY;
/** About 10,000 items: what is read and played within a minute at most. */
const MOST_DECISIONS = 80_000;

const tooMuch = (what: string) =>
  new AppError("invalid-request", `${what} Ask for a shorter time, or use \`backtest route\` on the command line.`);

/** `POST /api/rehearsals`: a past span handed out anew under changes, beside itself. Changes nothing. */
export function rehearseRoutes(r: Routes): void {
  r.commandAfter(
    "POST",
    "/api/rehearsals",
    {
      summary: "Replay past work under other skills, capacities, targets or staffing, beside what was; changes nothing",
      ...{ tag: "routing", body: rehearsalAsked, response: rehearsal },
    },
    async ({ actor, body }) => {
      need(actor, "settings.manage", {});
      const [from, to] = spanOf(body);
      const history = await r.db.withAccount(actor.accountId, (tx) => routeHistoryWithin(tx, from, to, MOST_DECISIONS));
      if (history === null) throw tooMuch(`That time holds more than ${MOST_DECISIONS} decisions.`);
      const { lines, really, left } = history;
      const played = await playBeside({
        ...{ lines: lines.map((line) => JSON.stringify(line)), really, changes: body.changes },
        span: { from, to, zone: body.zone },
      });
      if (played === null) throw tooMuch("The rehearsal took too long and was ended.");
      if (typeof played === "string") throw new AppError("invalid-request", played);
      const { items, seeds, faults, agrees, lines: told } = played;
      return { from: body.from, to: body.to, items, seeds, leftOut: left + faults, agrees, lines: told };
    },
    async (_tx, { actor }: { actor: Actor }, found) => {
      need(actor, "settings.manage", {});
      return found;
    },
  );
}

function spanOf({ from: begins, to: ends, zone }: RehearsalAsked): [Instant, Instant] {
  const [from, to] = [instantOf(begins) ?? 0, instantOf(ends) ?? 0];
  if (to - from < SECOND) throw new AppError("invalid-request", "`from` has to lie before `to`.");
  if (to - from > LONGEST) throw new AppError("invalid-request", "Ask for 31 days at most.");
  if (!isZone(zone)) throw new AppError("invalid-request", `There is no time zone "${zone}".`);
  return [from, to];
}
