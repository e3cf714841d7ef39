import { stopHolds, stopOf } from "#modules/company";
import { type Millis, SECOND } from "#platform/clock";
import type { Tx } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import { noteTrouble } from "../channels.ts";
import type { ModerationOutcome } from "../domain/adapter.ts";
import { clipped } from "../domain/errors.ts";
import { type ActProgress, afterAct } from "../domain/moderation.ts";
import { SEND_TIMEOUT } from "../domain/retry.ts";
import type { Claim } from "../outbox/prepare.ts";
import { CLAIM, type Flying, type SendDeps } from "../outbox/worker-deps.ts";
import { renewableAccess } from "../secrets.ts";
import { type ChannelRow, findChannel } from "../store/channel-store.ts";
import { type ActRow, claimActs, findActs, saveAct } from "../store/moderation-store.ts";
import { markMessage } from "./mark.ts";
import { announceAct } from "./moderation.ts";

/** What the stop switch or a paused channel holds back is looked at again after it. */
const HELD: Millis = 10 * SECOND;
const AFTER_TIMEOUT: Millis = 500;

interface ActJob {
  row: ActRow;
  channel: ChannelRow;
}

/** Claims what is due of one account and starts its calls without waiting for them. True when something was claimed. */
export async function actRound(
  deps: SendDeps,
  accountId: AccountId,
  flying: Flying,
  room: number,
  onEnd: () => void,
): Promise<boolean> {
  const claim: Claim = { token: uuidv7(deps.clock.now()), until: deps.clock.now() + CLAIM };
  const { claimed, jobs } = await deps.db.withAccount(accountId, async (tx) => {
    const rows = await claimActs(tx, claim.token, claim.until, room);
    const jobs: ActJob[] = [];
    for (const row of rows) jobs.push(...(await prepareAct(deps, tx, row, claim)));
    return { claimed: rows.length, jobs };
  });
  for (const job of jobs) {
    const call = run(deps, accountId, job, claim)
      .catch((error) => {
        // The claim runs out by itself: what was in flight is then judged as unknown.
        deps.log.warn({ err: error, actId: job.row.id }, "moderation: the outcome could not be written down yet");
      })
      .finally(() => {
        flying.delete(call);
        onEnd();
      });
    flying.set(call, job.channel.id);
  }
  return claimed > 0;
}

/** The last look before the network. What may go is written down as in flight BEFORE the call; what a dead worker left so is unknown. */
async function prepareAct(deps: SendDeps, tx: Tx, row: ActRow, claim: Claim): Promise<ActJob[]> {
  const channel = await findChannel(tx, row.channelId);
  const moderator = channel && deps.adapters[channel.network]?.moderate;
  if (!channel || !moderator) {
    const error = { class: "permission" as const, retryable: false, message: "This channel cannot do it." };
    await settle(tx, row, channel, { ...row, state: "failed", error });
    return [];
  }
  if (row.state === "in-flight") {
    const lost: ModerationOutcome = { state: "unknown", why: "timeout" };
    await settle(tx, row, channel, afterAct(row, lost, moderator.repeatable.includes(row.verb), tx.now, deps.chance()));
    return [];
  }
  const stop = await stopOf(tx, row.brandId);
  const held =
    stop && stopHolds(stop, { audience: "public", agentId: row.agentId })
      ? `Outbound is stopped: ${stop.reason}`
      : channel.state === "on"
        ? null
        : `The channel is ${channel.state}.`;
  if (held !== null) {
    const error = { class: "policy" as const, retryable: true, code: "held", message: held };
    await saveAct(tx, row.id, { ...row, nextAt: tx.now + HELD, error }, null);
    return [];
  }
  const next: ActProgress = { ...row, state: "in-flight", attempt: row.attempt + 1, nextAt: claim.until };
  await saveAct(tx, row.id, next, claim);
  return [{ row: { ...row, ...next, version: row.version + 1 }, channel }];
}

async function run(deps: SendDeps, accountId: AccountId, { row, channel }: ActJob, claim: Claim): Promise<void> {
  const timeout = deps.sendTimeout ?? SEND_TIMEOUT;
  if (deps.clock.now() > claim.until - timeout) return;
  const moderator = deps.adapters[channel.network]!.moderate!;
  const access = await deps.db.withAccount(accountId, (tx) => renewableAccess(tx, deps.db, channel));
  const { id, verb, target, reason, note, networkRef: ref, createdAt } = row;
  const budget = await deps.budgetOf(channel.id);
  const calling = moderator.act(
    access,
    { id, verb, target, reason, note, ref, createdAt },
    budget,
    AbortSignal.timeout(timeout),
  );
  const outcome = await inTime(calling, timeout + AFTER_TIMEOUT).catch((error): ModerationOutcome => {
    deps.log.warn({ err: error, actId: id }, "an adapter threw while moderating: the outcome is unknown");
    return { state: "unknown", why: "unreadable-answer" };
  });
  await deps.db.withAccount(accountId, async (tx) => {
    const now = (await findActs(tx, [id], true))[0];
    if (!now) return;
    const ours = now.claimToken === claim.token && now.state === "in-flight";
    // A late answer counts as far as it is certain.
    if (!ours && (outcome.state !== "done" || now.state === "done")) return;
    await settle(tx, now, channel, afterAct(now, outcome, moderator.repeatable.includes(verb), tx.now, deps.chance()));
    if (outcome.state === "failed" && outcome.error.class === "auth")
      await noteTrouble(tx, channel.id, "needs-reauth", clipped(outcome.error.message));
  });
}

async function inTime(calling: Promise<ModerationOutcome>, ms: Millis): Promise<ModerationOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ModerationOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ state: "unknown", why: "timeout" }), ms);
  });
  return Promise.race([calling, late]).finally(() => clearTimeout(timer));
}

/** Writes down how it stands, and what it means for the message here. */
async function settle(tx: Tx, row: ActRow, channel: ChannelRow | null | undefined, next: ActProgress): Promise<void> {
  await saveAct(tx, row.id, next, null);
  if (!channel) return;
  if (next.state === "done") await markMessage(tx, row, channel);
  if (next.state !== "pending") announceAct(tx, row, channel, next.state, row.version + 1);
}
