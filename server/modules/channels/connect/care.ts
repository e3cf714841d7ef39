import { type Clock, SECOND } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import { noteTrouble } from "../channels.ts";
import type { Adapter, ChannelAccess } from "../domain/adapter.ts";
import { failing, signInRefused, soonestEnd } from "../domain/connect-check.ts";
import type { ConnectCheck, Connector, ConnectWhere, PrepareResult } from "../domain/connector.ts";
import { clipped, NetworkFailure } from "../domain/errors.ts";
import { createRateBudget, type RateBudget } from "../domain/rate-budget.ts";
import { judge } from "../health/judge.ts";
import { renewableAccess } from "../secrets.ts";
import { type ChannelRow, findChannel } from "../store/channel-store.ts";
import { saveCheck } from "../store/check-store.ts";
import { nextLook } from "./next-look.ts";

export interface CareDeps {
  db: Database;
  log: Log;
  clock: Clock;
  adapters: Readonly<Record<string, Adapter>>;
  budgetOf(channelId: string): Promise<RateBudget>;
  hookUrl(network: string, hookId: string): string;
  /** 0 to 1, spreads the looks. */
  chance(): number;
}

/** Looking after channels: what asks the network, outside of any transaction. */
export interface Care {
  /** Who we are there, by these answers. */
  prepare(network: string, answers: Readonly<Record<string, string>>): Promise<PrepareResult>;
  /** Every half of a channel that is not connected yet, or of one with another secret. */
  look(network: string, access: ChannelAccess, hookId: string | null): Promise<readonly ConnectCheck[]>;
  /** Every half of a channel, written down with what follows from it. `mend`: tells the network first where to push to. */
  check(accountId: AccountId, channelId: string, mend: boolean): Promise<readonly ConnectCheck[]>;
  /** Takes back what the network was told of us. What fails is left: the secret goes all the same. */
  leave(network: string, access: ChannelAccess, hookId: string): Promise<void>;
}

const WITHIN = 20 * SECOND;

export function createCare(deps: CareDeps): Care {
  const { db, clock, adapters } = deps;
  const where = (network: string, hookId: string | null): ConnectWhere => ({
    hookUrl: hookId === null ? "" : deps.hookUrl(network, hookId),
    now: clock.now(),
  });

  async function look(network: string, access: ChannelAccess, hookId: string | null): Promise<readonly ConnectCheck[]> {
    const connector = connectorOf(adapters, network);
    const budget = hookId === null ? createRateBudget() : await deps.budgetOf(access.channelId);
    try {
      return await connector.check(access, where(network, hookId), budget, AbortSignal.timeout(WITHIN));
    } catch (error) {
      return [failing("sign-in", "unreachable", `The look came to nothing: ${sentenceOf(error)}`)];
    }
  }

  async function mended(row: ChannelRow, access: ChannelAccess): Promise<ConnectCheck | null> {
    const { subscribe } = connectorOf(adapters, row.network);
    if (!subscribe) return null;
    try {
      await subscribe(access, where(row.network, row.hookId), await deps.budgetOf(row.id), AbortSignal.timeout(WITHIN));
      return null;
    } catch (error) {
      return failing(
        "subscription",
        "missing-half",
        `The network could not be told where to push to: ${sentenceOf(error)}`,
      );
    }
  }

  return {
    async prepare(network, answers) {
      const connector = connectorOf(adapters, network);
      for (const need of connector.needs)
        if (need.required && (answers[need.name] ?? need.fallback ?? "").trim() === "")
          return { ok: false, need: need.name, fault: "refused", says: "This is needed. Fill it in." };
      const given = Object.fromEntries(
        connector.needs.flatMap((need) => (need.fallback === undefined ? [] : [[need.name, need.fallback]])),
      );
      try {
        return await connector.prepare({ ...given, ...nonEmpty(answers) }, AbortSignal.timeout(WITHIN));
      } catch (error) {
        return { ok: false, need: null, fault: "unreachable", says: sentenceOf(error) };
      }
    },
    look,
    async check(accountId, channelId, mend) {
      const { row, access } = await db.withAccount(accountId, async (tx) => {
        const found = await findChannel(tx, channelId);
        if (!found || found.state === "archive") throw notFound("channel");
        return { row: found, access: await renewableAccess(tx, db, found) };
      });
      const trouble = mend ? await mended(row, access) : null;
      const seen = await look(row.network, access, row.hookId);
      const halves = trouble ? [...seen.filter((one) => one.half !== trouble.half), trouble] : seen;
      const every = connectorOf(adapters, row.network).checkEveryMs;
      await db.withAccount(accountId, (tx) => writeDown(tx, deps, row, halves, nextLook(tx.now, every, deps.chance())));
      return halves;
    },
    async leave(network, access, hookId) {
      const { leave } = adapters[network]?.connect ?? {};
      await leave?.(
        access,
        where(network, hookId),
        await deps.budgetOf(access.channelId),
        AbortSignal.timeout(WITHIN),
      ).catch(() => {});
    },
  };
}

/** What was seen, and what follows: a refused sign-in stops sending, one that works again lets it go on. */
async function writeDown(
  tx: Tx,
  deps: Pick<CareDeps, "adapters" | "log">,
  before: ChannelRow,
  halves: readonly ConnectCheck[],
  nextAt: number,
): Promise<void> {
  const row = await findChannel(tx, before.id, true);
  // Another secret came meanwhile: what was seen is of the old one.
  if (!row || row.version !== before.version) return;
  await saveCheck(tx, { channelId: row.id, at: tx.now, nextAt, halves: [...halves], expiresAt: soonestEnd(halves) });
  const refused = signInRefused(halves);
  if (refused) await noteTrouble(tx, row.id, "needs-reauth", clipped(refused.says));
  else if (row.state === "needs-reauth" && halves.some((one) => one.half === "sign-in" && one.state === "ok"))
    await noteTrouble(tx, row.id, "on", null);
  await judge(tx, deps.adapters, row.id, deps.log);
}

export function connectorOf(adapters: Readonly<Record<string, Adapter>>, network: string): Connector {
  const connector = Object.hasOwn(adapters, network) ? adapters[network]!.connect : undefined;
  if (!connector) throw notFound("network");
  return connector;
}

const nonEmpty = (answers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(answers).filter(([, value]) => value.trim() !== ""));

function sentenceOf(error: unknown): string {
  if (error instanceof NetworkFailure) return clipped(error.data.message);
  const timeout = (error as Error).name === "TimeoutError" || (error as Error).name === "AbortError";
  return timeout
    ? "The network did not answer in time. Try again later."
    : "Something broke on our side. Tell whoever runs this server.";
}
