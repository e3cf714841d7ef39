import { stopOf } from "#modules/company";
import type { Millis } from "#platform/clock";
import type { Tx } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import { noteTrouble } from "../channels.ts";
import type { OutboundDelivery, OutboundPart, PartOutcome, Reconciled, Sender } from "../domain/adapter.ts";
import {
  afterOutcome,
  afterReconcile,
  nextPart,
  type Part,
  type Progress,
  reconcileUnreachable,
} from "../domain/delivery.ts";
import { clipped } from "../domain/errors.ts";
import type { Permit } from "../domain/permit.ts";
import { forCrisis, type RateBudget } from "../domain/rate-budget.ts";
import { SEND_TIMEOUT } from "../domain/retry.ts";
import { filesToSend } from "../files/outbound-files.ts";
import { callsMade } from "../inbound/counters.ts";
import { actRound } from "../moderation/act-worker.ts";
import { renewableAccess } from "../secrets.ts";
import { findChannel } from "../store/channel-store.ts";
import {
  accountsWithWork,
  claimDue,
  findDeliveries,
  findParts,
  heldBrands,
  releaseHeld,
  saveDeliveries,
} from "../store/delivery-store.ts";
import { findThread } from "../store/message-store.ts";
import { type Claim, type Job, prepare, timeFor } from "./prepare.ts";
import { announceProgress, storeSentParts } from "./progress.ts";
import { CLAIM, type Flying, type SendDeps } from "./worker-deps.ts";

/** For an adapter to notice that its time is over. */
const AFTER_TIMEOUT: Millis = 500;
/** Calls under way in one process, and on one channel: a network that hangs holds up nobody but itself. */
const AT_ONCE = 64;
const PER_CHANNEL = 16;

/** One round over all accounts: claims what is due and starts its calls without waiting for them. True when something was claimed. */
export async function sendRound(deps: SendDeps, flying: Flying, onEnd: () => void): Promise<boolean> {
  let worked = false;
  for (const { accountId, held, acts } of await accountsWithWork(deps.db, deps.clock.now(), deps.only)) {
    if (held) worked = (await release(deps, accountId)) > 0 || worked;
    const room = Math.min(PER_CHANNEL, AT_ONCE - flying.size);
    if (room <= 0) return worked;
    if (acts) worked = (await actRound(deps, accountId, flying, room, onEnd)) || worked;
    const claim: Claim = { token: uuidv7(deps.clock.now()), until: deps.clock.now() + CLAIM };
    const { jobs, claimed } = await deps.db.withAccount(accountId, async (tx) => {
      const rows = await claimDue(tx, claim.token, claim.until, room, busy(flying));
      return { claimed: rows.length, jobs: rows.length > 0 ? await prepare(tx, deps.adapters, rows, claim) : [] };
    });
    for (const job of jobs) {
      const call = run(deps, accountId, job, job.claim).finally(() => {
        flying.delete(call);
        onEnd();
      });
      flying.set(call, job.channel.id);
    }
    worked = worked || claimed > 0;
  }
  return worked;
}

function busy(flying: Flying): string[] {
  const calls = Map.groupBy(flying.values(), (channelId) => channelId);
  return [...calls].flatMap(([channelId, own]) => (own.length >= PER_CHANNEL ? [channelId] : []));
}

/** The stop switch is off again, or the channel on: what was held back goes on. */
async function release(deps: SendDeps, accountId: AccountId): Promise<number> {
  return deps.db.withAccount(accountId, async (tx) => {
    const stopped: string[] = [];
    for (const brandId of await heldBrands(tx)) if (await stopOf(tx, brandId)) stopped.push(brandId);
    return releaseHeld(tx, stopped);
  });
}

async function run(deps: SendDeps, accountId: AccountId, job: Job, claim: Claim): Promise<void> {
  const part = job.do === "send" ? nextPart(job.row) : job.row.parts.find((p) => p.state === "unknown");
  if (!part) return;
  try {
    if (job.do === "send") await send(deps, accountId, job, part, claim);
    else await look(deps, accountId, job, part);
  } catch (error) {
    // The claim runs out by itself: what was in flight then becomes unknown and is looked for.
    deps.log.warn({ err: error, deliveryId: job.row.id }, "outbox: the outcome could not be written down yet");
  }
}

async function send(deps: SendDeps, accountId: AccountId, job: Job, part: Part, claim: Claim): Promise<void> {
  const { row, channel } = job;
  const timeout = timeoutOf(deps, job);
  // This process stood still so long that another may have taken over: then the call is not ours any more.
  if (deps.clock.now() > claim.until - timeout) return;
  const outcome = await callNetwork(deps, accountId, job, part, timeout);
  callsMade.inc({ network: channel.network, outcome: outcome.state });
  await deps.db.withAccount(accountId, (tx) => settleOutcome(deps, tx, row.id, part.index, outcome, claim));
}

function timeoutOf(deps: SendDeps, { channel, files }: Job): Millis {
  return deps.sendTimeout ?? timeFor(deps.adapters[channel.network]!, files.length);
}

/** With what was said before it, for a sender that reads it. */
async function withThread(
  deps: SendDeps,
  accountId: AccountId,
  { readsThread = 0 }: Sender,
  made: OutboundDelivery,
  channelId: string,
): Promise<OutboundDelivery> {
  if (readsThread === 0) return made;
  const before = await deps.db.withAccount(accountId, (tx) => findThread(tx, channelId, made.threadKey, readsThread));
  return { ...made, before };
}

async function callNetwork(
  deps: SendDeps,
  accountId: AccountId,
  job: Job,
  part: Part,
  timeout: Millis,
): Promise<PartOutcome> {
  const { row, channel } = job;
  const sender = deps.adapters[channel.network]!.send!;
  const access = await deps.db.withAccount(accountId, (tx) => renewableAccess(tx, deps.db, channel));
  const sending = sender.sendPart(
    access,
    await withThread(deps, accountId, sender, outbound(row), channel.id),
    outboundPart(deps, accountId, job, part),
    await budgetFor(deps, job),
    AbortSignal.timeout(timeout),
  );
  try {
    return await orUnknown(sending, timeout + AFTER_TIMEOUT);
  } catch (error) {
    deps.log.warn({ err: error, deliveryId: row.id }, "an adapter threw while sending: the outcome is unknown");
    return { state: "unknown", why: "unreadable-answer" };
  }
}

/** Answers to people in danger may use what all others must leave. */
async function budgetFor(deps: SendDeps, { row, channel }: Job): Promise<RateBudget> {
  const budget = await deps.budgetOf(channel.id);
  return row.permit.urgency === "crisis" ? forCrisis(budget) : budget;
}

/** An adapter that does not heed its signal is not waited for. */
async function orUnknown(sending: Promise<PartOutcome>, ms: Millis): Promise<PartOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PartOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ state: "unknown", why: "timeout" }), ms);
  });
  return Promise.race([sending, late]).finally(() => clearTimeout(timer));
}

/** Writes down what the network said. A late answer counts as far as it is certain: sent is sent, whoever holds the claim now. */
async function settleOutcome(
  deps: SendDeps,
  tx: Tx,
  id: string,
  index: number,
  outcome: PartOutcome,
  claim: Claim,
): Promise<void> {
  const row = (await findDeliveries(tx, [id], true))[0];
  const parts = (await findParts(tx, [id])).get(id)!;
  const part = parts[index];
  const channel = row && (await findChannel(tx, row.channelId));
  if (!row || !part || !channel) return;
  const ours = row.claimToken === claim.token && part.state === "in-flight";
  if (!ours && (outcome.state !== "sent" || part.state === "sent")) return;
  const next = afterOutcome({ ...row, parts }, index, outcome, tx.now, deps.chance());
  await finish(tx, row, next);
  if (outcome.state === "sent")
    await storeSentParts(tx, channel, row, [{ part: next.parts[index]!, ...(outcome.item && { item: outcome.item }) }]);
  if (outcome.state === "failed" && outcome.error.class === "auth")
    await noteTrouble(tx, channel.id, "needs-reauth", clipped(outcome.error.message));
}

async function look(deps: SendDeps, accountId: AccountId, job: Job, part: Part): Promise<void> {
  const { row, channel } = job;
  const sender = deps.adapters[channel.network]!.send!;
  const access = await deps.db.withAccount(accountId, (tx) => renewableAccess(tx, deps.db, channel));
  let result: Reconciled | null = null;
  try {
    result = await sender.reconcile(
      access,
      outbound(row),
      outboundPart(deps, accountId, job, part),
      await budgetFor(deps, job),
      AbortSignal.timeout(deps.sendTimeout ?? SEND_TIMEOUT),
    );
  } catch (error) {
    deps.log.debug({ err: error, deliveryId: row.id }, "the network could not be asked about an unknown part");
  }
  await deps.db.withAccount(accountId, async (tx) => {
    const now = (await findDeliveries(tx, [row.id], true))[0];
    const parts = (await findParts(tx, [row.id])).get(row.id)!;
    // Settled by a person, or by a late answer, while we asked.
    if (now?.state !== "unknown" || parts[part.index]?.state !== "unknown" || now.claimToken !== row.claimToken) return;
    const before: Progress = { ...now, parts };
    const next = result ? afterReconcile(before, part.index, result, tx.now) : reconcileUnreachable(before, tx.now);
    await finish(tx, now, next);
    if (result?.found)
      await storeSentParts(tx, channel, now, [
        { part: next.parts[part.index]!, ...(result.item && { item: result.item }) },
      ]);
  });
}

async function finish(tx: Tx, row: Parameters<typeof announceProgress>[1], next: Progress): Promise<void> {
  await saveDeliveries(tx, [{ ...next, id: row.id, claim: null }]);
  announceProgress(tx, row, next);
}

function outbound(row: Job["row"]): OutboundDelivery {
  return {
    id: row.id,
    threadKey: row.threadKey,
    intent: row.intent,
    audience: row.permit.audience,
    createdAt: row.createdAt,
    speaker: speakerOf(row.permit),
    traceId: row.traceId,
  };
}

/** The agent by name only where the brand's style says the name. */
function speakerOf({ disclosure }: Permit): string {
  const named = disclosure.style === "full-name" || disclosure.style === "signature";
  return (named && disclosure.agentName) || disclosure.brandName;
}

function outboundPart(
  deps: SendDeps,
  accountId: AccountId,
  { row: { parts }, files }: Job,
  { index, clientId, text }: Part,
): OutboundPart {
  const previousExternalId = index > 0 ? (parts[index - 1]?.externalId ?? null) : null;
  const own = index === 0 && files.length > 0 ? { files: filesToSend(deps, accountId, files) } : {};
  return { index, clientId, text, previousExternalId, ...own };
}
