import { type Stop, stopHolds, stopOf } from "#modules/company";
import { DAY, type Millis } from "#platform/clock";
import type { Tx } from "#platform/db";
import { capabilitiesOf } from "../capabilities.ts";
import type { Adapter } from "../domain/adapter.ts";
import { abandoned, begin, NEVER, type Progress } from "../domain/delivery.ts";
import { messageKey } from "../domain/input-key.ts";
import type { Message } from "../domain/message.ts";
import { SEND_TIMEOUT } from "../domain/retry.ts";
import { checkSend, type SendVerdict } from "../domain/send-check.ts";
import { type ChannelRow, findChannels } from "../store/channel-store.ts";
import {
  type DeliveryChange,
  type DeliveryRow,
  findParts,
  machineAnswered,
  type PartRow,
  privatelyAnswered,
  saveDeliveries,
} from "../store/delivery-store.ts";
import { findKeys } from "../store/key-store.ts";
import { findMessages, threadWindows } from "../store/message-store.ts";
import { filesOfDeliveries, type OutboundFileRow } from "../store/outbound-file-store.ts";
import { findUnreachable } from "../store/unreachable-store.ts";
import { approvedAmong } from "./approvals.ts";
import { announceProgress } from "./progress.ts";

export interface Claim {
  token: string;
  until: number;
}
/** A delivery with what has to be done about it outside of the transaction. */
export interface Job {
  do: "send" | "look";
  row: DeliveryRow & { parts: readonly PartRow[] };
  channel: ChannelRow;
  claim: Claim;
  files: readonly OutboundFileRow[];
}

/**
 * Inside the transaction that claimed them: the last look at permit, stop switch and preflight. What may go is written down as
 * in flight BEFORE the call; what a dead worker left in flight becomes unknown; what is unknown is looked for, never sent again.
 */
export async function prepare(
  tx: Tx,
  adapters: Readonly<Record<string, Adapter>>,
  rows: readonly DeliveryRow[],
  claim: Claim,
): Promise<Job[]> {
  const channels = new Map((await findChannels(tx, [...new Set(rows.map((r) => r.channelId))])).map((c) => [c.id, c]));
  const parts = await findParts(
    tx,
    rows.map((r) => r.id),
  );
  const filed = rows.filter((r) => r.files > 0).map((r) => r.id);
  const filesOf = Map.groupBy(await filesOfDeliveries(tx, filed), (f) => f.deliveryId!);
  const facts = await loadFacts(
    tx,
    rows.filter((r) => r.state === "pending"),
    channels,
  );
  const jobs: Job[] = [];
  const changes: DeliveryChange[] = [];
  const change = (row: DeliveryRow, next: Progress | (Progress & { state: "held" }), kept: Claim | null) => {
    changes.push({ ...next, id: row.id, claim: kept });
    announceProgress(tx, row, next);
  };
  for (const row of rows) {
    const channel = channels.get(row.channelId);
    const before: Progress = { ...row, parts: parts.get(row.id)! };
    const files = filesOf.get(row.id) ?? [];
    if (!channel || !adapters[channel.network]?.send) {
      change(
        row,
        refused(before, {
          go: false,
          error: { class: "permission", retryable: false, message: "This channel cannot send." },
        }),
        null,
      );
    } else if (row.state === "in-flight") {
      change(row, abandoned(before, tx.now), null);
    } else if (row.state === "unknown") {
      jobs.push({ do: "look", row: { ...row, parts: parts.get(row.id)! }, channel, claim, files });
    } else {
      const verdict = checkSend({
        ...facts(row, channel),
        files: files.map((f) => ({ ...f, picture: f.thumb !== null && f.mime !== "image/gif" })),
        filesGone: files.length < row.files,
        now: tx.now,
        begun: before.parts.some((p) => p.state === "sent"),
      });
      if (!verdict.go) change(row, refused(before, verdict), null);
      else {
        const own = longer(claim, timeFor(adapters[channel.network]!, row.files));
        const next = begin(before, own.until);
        change(row, next, own);
        jobs.push({
          do: "send",
          row: { ...row, ...next, parts: next.parts as PartRow[], version: row.version + 1 },
          channel,
          claim: own,
          files,
        });
      }
    }
  }
  await saveDeliveries(tx, changes);
  return jobs;
}

/** Files are uploaded one after the other before the post itself. */
const WITH_FILES: Millis = 90_000;

/** How long the call may take. */
export function timeFor(adapter: Adapter, files: number): Millis {
  return Math.max(adapter.send?.timeoutMs ?? SEND_TIMEOUT, files > 0 ? WITH_FILES : 0);
}

/** A network that may take longer holds its claim longer. */
function longer(claim: Claim, timeoutMs: Millis): Claim {
  return { ...claim, until: claim.until + Math.max(0, timeoutMs - SEND_TIMEOUT) };
}

function refused(progress: Progress, verdict: Exclude<SendVerdict, { go: true }>): Progress {
  if ("hold" in verdict)
    return {
      ...progress,
      state: "held",
      nextAt: NEVER,
      error: { class: "policy", retryable: true, code: "held", message: verdict.hold },
    };
  const parts = progress.parts.map((p) => (p.state === "pending" ? { ...p, state: "failed" as const } : p));
  return { ...progress, state: "failed", nextAt: NEVER, error: verdict.error, parts };
}

/** The stop that holds a delivery back. */
function heldBy(stop: Stop | null | undefined, { permit, agentId }: DeliveryRow): Stop | null {
  const audience = (permit as { audience?: unknown } | null)?.audience === "private" ? "private" : "public";
  return stop && stopHolds(stop, { audience, agentId }) ? stop : null;
}

/** An answer that no person wrote, not a mail of its own that somebody has asked for. */
const isMachineAnswer = ({ intent }: DeliveryRow): boolean =>
  intent.op === "message" && intent.automatic === true && intent.subject === undefined;

const targetOf = (row: DeliveryRow): string | null => (row.intent.op === "message" ? null : row.intent.toExternalId);

/** All that the checks of a batch need, in a handful of statements. */
async function loadFacts(tx: Tx, rows: readonly DeliveryRow[], channels: ReadonlyMap<string, ChannelRow>) {
  const keyOf = (row: DeliveryRow) => {
    const [channel, target] = [channels.get(row.channelId), targetOf(row)];
    return channel && target ? messageKey(channel.id, channel.externalId, target) : null;
  };
  const keys = await findKeys(
    tx,
    rows.map(keyOf).filter((k) => k !== null),
  );
  const messages = new Map(
    (
      await findMessages(
        tx,
        [...keys.values()].flatMap((k) => k.messageId ?? []),
      )
    ).map((m) => [m.id, m]),
  );
  const threads = [...new Map(rows.map((r) => [`${r.channelId} ${r.threadKey}`, r])).values()];
  const windows = new Map((await threadWindows(tx, threads)).map((w) => [`${w.channelId} ${w.threadKey}`, w]));
  const stopped = new Map<string, Stop | null>();
  for (const brandId of new Set(rows.map((r) => r.brandId))) stopped.set(brandId, await stopOf(tx, brandId));
  const answered = new Map<string, Set<string>>();
  for (const [channelId, own] of Map.groupBy(
    rows.filter((r) => r.intent.op === "private-reply"),
    (r) => r.channelId,
  ))
    answered.set(
      channelId,
      await privatelyAnswered(
        tx,
        channelId,
        own.flatMap((r) => targetOf(r) ?? []),
        own.map((r) => r.id),
      ),
    );

  const unreachable = await findUnreachable(
    tx,
    rows.flatMap((r) => {
      const mail = channels.get(r.channelId)?.network;
      const byAddress = mail !== undefined && capabilitiesOf(mail).threading.model === "headers";
      return byAddress ? [{ channelId: r.channelId, address: r.intent.toAuthorId }] : [];
    }),
  );
  const approved = await approvedAmong(tx, rows);
  const machines = await machineAnswered(tx, rows.filter(isMachineAnswer), tx.now - DAY);

  return (row: DeliveryRow, channel: ChannelRow) => {
    const window = windows.get(`${row.channelId} ${row.threadKey}`);
    const message = messages.get(keys.get(keyOf(row) ?? "")?.messageId ?? "");
    return {
      intent: row.intent,
      text: row.text,
      permit: row.permit,
      notAfter: row.notAfter,
      human: row.agentId !== null,
      capabilities: capabilitiesOf(channel.network, channel.overrides),
      channelState: channel.state,
      stopped: heldBy(stopped.get(row.brandId), row),
      target: message && targetFacts(message, answered.get(row.channelId)?.has(message.externalId) === true, channel),
      lastInboundAt: window?.lastInboundAt ?? undefined,
      sentInWindow: window?.sentSince ?? 0,
      approved: approved.has(row.id),
      unreachable: unreachable.get(`${row.channelId} ${row.intent.toAuthorId}`),
      answeredByMachine: isMachineAnswer(row) && machines.has(row.id),
    };
  };
}

function targetFacts(message: Message, alreadyAnswered: boolean, channel: ChannelRow) {
  const isPublic = message.visibility === "public" || message.visibility === "unlisted";
  return {
    audience: isPublic ? ("public" as const) : ("private" as const),
    at: message.sentAt,
    alreadyAnswered,
    namesUs: message.why.includes("mention") || message.addressedTo.includes(channel.externalId),
    ...(message.state === "tombstone" || message.state === "erased" ? { deletedAt: message.receivedAt } : {}),
  };
}
