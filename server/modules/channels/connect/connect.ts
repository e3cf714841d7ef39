import { randomBytes } from "node:crypto";
import { fingerprint, seal } from "#modules/company";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notNow } from "#platform/errors";
import { accessOf, announceState, connectChannel, reconnectChannel } from "../channels.ts";
import type { ChannelAccess } from "../domain/adapter.ts";
import type { ConnectNeed, Connector, Prepared, PrepareResult } from "../domain/connector.ts";
import { closeAlarms, openAlarms } from "../store/alarm-store.ts";
import {
  type ChannelRow,
  disconnectRow,
  findChannel,
  findChannelOf,
  lockChannel,
  updateChannelAccess,
  updateChannelState,
} from "../store/channel-store.ts";
import { forgetEnds } from "../store/cursor-store.ts";

type Answers = Readonly<Record<string, string>>;

const sealedNames = (needs: readonly ConnectNeed[]) => needs.filter((n) => n.sealed).map((n) => n.name);

/** The answers that may be kept in the open and shown again. */
export function openAnswers(needs: readonly ConnectNeed[], answers: Answers): Answers {
  const sealed = new Set(sealedNames(needs));
  return Object.fromEntries(
    needs.flatMap(({ name }) => (sealed.has(name) || !answers[name] ? [] : [[name, answers[name]]])),
  );
}

/** A refusal of the network as the API says it: with the answer that it belongs to. */
export function refusedBy(refused: Extract<PrepareResult, { ok: false }>): AppError {
  return new AppError("channel-refused", refused.says, {
    errors: refused.need === null ? [] : [{ path: `body.answers.${refused.need}`, message: refused.says }],
    fault: refused.fault,
  });
}

/** Answers that no need asks for are a mistake of the caller, and addresses inside are the server operator's to allow. */
export function checkAnswers(needs: readonly ConnectNeed[], answers: Answers, mayBeInside: boolean): void {
  const known = new Set(needs.map((n) => n.name));
  const strange = Object.keys(answers).find((name) => !known.has(name));
  if (strange !== undefined)
    throw new AppError("invalid-request", `There is no answer called ${strange} here. GET /api/networks lists them.`);
  // Some networks read their answers trimmed: whatever is no plain "no" is asked for.
  if (!["", "false"].includes((answers.privateNetwork ?? "").trim()) && !mayBeInside)
    throw refusedBy({
      ...{ ok: false, need: "privateNetwork", fault: "private-address" },
      says: "Addresses in the private network are not allowed on this server. Whoever runs it allows them with HUBBUB_PRIVATE_NETWORKS=1.",
    });
  for (const need of needs)
    if (need.choices && answers[need.name] && !need.choices.includes(answers[need.name]!))
      throw new AppError("invalid-request", `${need.name} is one of: ${need.choices.join(", ")}.`);
}

/** Connects what the network said we are. A place that was disconnected before is the same channel again. */
export async function connectPlace(
  tx: Tx,
  place: { brandId: string; network: string; name: string; made: Prepared; answers: Answers },
): Promise<{ channelId: string; again: boolean }> {
  const { made, network, brandId } = place;
  await lockChannel(tx, `${network} ${made.externalId}`);
  const there = await findChannelOf(tx, network, made.externalId);
  const channel = {
    ...{ brandId, network, externalId: made.externalId, handle: made.handle },
    name: place.name || made.handle || made.externalId,
    config: { ...made.config, answers: place.answers },
    secret: { ...made.secret },
  };
  if (!there) return { channelId: (await connectChannel(tx, channel)).channelId, again: false };
  if (there.state !== "archive")
    throw notNow(`This account is connected already, as ${there.name}. Exchange its secret there.`);
  if (there.brandId !== brandId)
    throw notNow(
      "This account was connected for another brand before. Connect it for that one, or ask who manages it.",
    );
  await reconnectChannel(tx, there.id, channel);
  return { channelId: there.id, again: true };
}

/** What a new secret is tried with: the known answers, the secrets that stay, and the new ones. */
export function answersWith(connector: Connector, access: ChannelAccess, given: Answers): Answers {
  const kept = access.config.answers;
  const known = typeof kept === "object" && kept !== null ? (kept as Answers) : (connector.answersOf?.(access) ?? {});
  const secrets = sealedNames(connector.needs).flatMap((name) =>
    access.secret[name] ? [[name, access.secret[name]]] : [],
  );
  return { ...known, ...Object.fromEntries(secrets), ...given };
}

/** The marks of the secrets that people gave; sessions that renew themselves are none of them. */
export function marksOf(connector: Connector, access: ChannelAccess): string {
  return JSON.stringify(sealedNames(connector.needs).map((name) => access.secret[name] ?? null));
}

/** Puts the proven secret in the place of the old one, if that is still the one that was there when it was tried. */
export async function exchangeSecret(
  tx: Tx,
  connector: Connector,
  change: { channelId: string; expectedVersion: number; before: string; made: Prepared },
): Promise<ChannelRow> {
  const row = await findChannel(tx, change.channelId, true);
  if (!row || row.state === "archive") throw notFound("channel");
  if (row.version !== change.expectedVersion || marksOf(connector, await accessOf(tx, row)) !== change.before)
    throw conflict("channel", { state: row.state, version: row.version });
  const { secret: before } = await accessOf(tx, row);
  const ours = (connector.keeps ?? []).flatMap((name) => (before[name] ? [[name, before[name]]] : []));
  const secret = await seal(tx, Buffer.from(JSON.stringify({ ...change.made.secret, ...Object.fromEntries(ours) })));
  const kept = row.config.answers === undefined ? {} : { answers: row.config.answers };
  await updateChannelAccess(tx, row.id, {
    ...{ name: row.name, handle: change.made.handle || row.handle, secret },
    config: { ...row.config, ...change.made.config, ...kept },
  });
  const state = row.state === "paused" ? "paused" : "on";
  if (row.state !== "on") await forgetEnds(tx, row.id);
  announceState(tx, row.id, state, null, await updateChannelState(tx, row.id, state, null));
  return (await findChannel(tx, row.id))!;
}

/** Nothing is heard or sent there any more and the secret is gone; what it brought stays. Returns the access it had. */
export async function disconnect(
  tx: Tx,
  channelId: string,
  expectedVersion: number,
): Promise<{ row: ChannelRow; access: ChannelAccess }> {
  const row = await findChannel(tx, channelId, true);
  if (!row || row.state === "archive") throw notFound("channel");
  if (row.version !== expectedVersion) throw conflict("channel", { state: row.state, version: row.version });
  const access = await accessOf(tx, row);
  await disconnectRow(tx, row.id, randomBytes(24).toString("base64url"));
  await closeAlarms(
    tx,
    (await openAlarms(tx, row.id)).map((alarm) => alarm.id),
  );
  announceState(tx, row.id, "archive", null, await updateChannelState(tx, row.id, "archive", null));
  return { row, access };
}

/** What tells one request with secrets from another without keeping them. */
export async function comparedAnswers(tx: Tx, body: { answers: Answers }): Promise<unknown> {
  return { ...body, answers: await fingerprint(tx, JSON.stringify(body.answers)) };
}
