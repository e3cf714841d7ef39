import { CrisisChanged, CrisisEnded, CrisisStarted } from "#events/routing";
import { brandOf, setStop, stopOf } from "#modules/company";
import { agentsById, audit, need } from "#modules/people";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { standingsOf } from "../whereabouts.ts";
import {
  bindConversations,
  type Crisis,
  insertCrisis,
  lockCrisis,
  logCrisis,
  runningCrises,
  unbindConversation,
  updateCrisis,
} from "./store/crisis-store.ts";

export interface CrisisAsked {
  brandId: string;
  topic: string;
  spokespersonId: string;
  pause: boolean;
  holding: string;
  escalationId: string | null;
  conversationIds: readonly string[];
}

function leads(actor: Actor): void {
  need(actor, "crisis.lead", {});
  if (actor.kind !== "agent") throw notPermitted("lead a crisis with an API key; a person does");
}

async function speakerOf(tx: Tx, agentId: string): Promise<string> {
  const agent = (await agentsById(tx, [agentId])).get(agentId);
  if (agent?.state !== "active") throw new AppError("invalid-request", "The spokesperson is not an active agent.");
  return agent.name;
}

/** One person speaks for the company on this topic from now on. What the audience sees is never automatic: nothing is sent by it. */
export async function startCrisis(tx: Tx, actor: Actor, asked: CrisisAsked): Promise<Crisis> {
  leads(actor);
  const brand = await brandOf(tx, asked.brandId);
  const speaker = await speakerOf(tx, asked.spokespersonId);
  const topicOf = (text: string) => text.trim().toLowerCase();
  const same = (await runningCrises(tx)).some(
    (c) => c.brandId === brand.id && topicOf(c.topic) === topicOf(asked.topic),
  );
  if (same) throw notNow(`A crisis of ${brand.name} on this topic is running. Add to that one.`);
  const made: Crisis = {
    ...{
      id: uuidv7(tx.now),
      brandId: brand.id,
      topic: asked.topic,
      state: "running",
      escalationId: asked.escalationId,
    },
    ...{ spokespersonId: asked.spokespersonId, speaker, paused: asked.pause, holding: asked.holding },
    ...{ startedAt: tx.now, startedBy: actor.id, endedAt: null, endedBy: null, review: null, version: 1 },
  };
  await insertCrisis(tx, made);
  await mayBind(tx, asked.conversationIds);
  await bindConversations(tx, made.id, asked.conversationIds, actor.id);
  await logCrisis(tx, made.id, actor.id, "started", `${asked.topic}. ${speaker} speaks for ${brand.name}.`);
  if (asked.pause) await pause(tx, actor, made);
  await audit(tx, actor, "crisis.started", "crisis", made.id, { brandId: brand.id });
  tx.announce(CrisisStarted, {
    ...about(made),
    payload: { crisisId: made.id, brandId: brand.id, spokespersonId: made.spokespersonId, by: actor.id },
  });
  return made;
}

const about = (c: Crisis) => ({ key: c.id, entity: "crisis", entityId: c.id, entityVersion: c.version });

/** Holds back what the brand says in public, all but the spokesperson's. A stop that somebody set by hand stays theirs. */
async function pause(tx: Tx, actor: Actor, c: Crisis): Promise<void> {
  const stop = await stopOf(tx, c.brandId);
  if (stop && stop.crisis?.id !== c.id && stop.scope === "brand")
    return logCrisis(
      tx,
      c.id,
      actor.id,
      "paused",
      "The brand was stopped already, by hand or by another crisis: that stop stays as it is.",
    );
  const crisis = { id: c.id, speakerId: c.spokespersonId };
  await setStop(tx, { brandId: c.brandId, on: true, reason: `Crisis: ${c.topic}`, by: actor.id, crisis });
  await logCrisis(tx, c.id, actor.id, "paused", `Nothing goes out in public but what ${c.speaker} answers.`);
}
async function unpause(tx: Tx, actor: Actor, c: Crisis): Promise<void> {
  const stop = await stopOf(tx, c.brandId);
  if (stop?.scope !== "brand" || stop.crisis?.id !== c.id) return;
  await setStop(tx, { brandId: c.brandId, on: false, reason: "", by: actor.id });
  await logCrisis(tx, c.id, actor.id, "released", "Publishing goes on.");
}

async function lockRunning(tx: Tx, actor: Actor, id: string, expectedVersion: number | null): Promise<Crisis> {
  leads(actor);
  const found = await lockCrisis(tx, id);
  if (!found) throw notFound("crisis");
  if (expectedVersion !== null && found.version !== expectedVersion)
    throw conflict("crisis", { version: found.version });
  if (found.state === "over") throw notNow("This crisis is over.");
  return found;
}

export async function changeCrisis(
  tx: Tx,
  actor: Actor,
  id: string,
  asked: {
    expectedVersion: number;
    spokespersonId?: string | undefined;
    pause?: boolean | undefined;
    holding?: string | undefined;
  },
): Promise<Crisis> {
  const found = await lockRunning(tx, actor, id, asked.expectedVersion);
  const next: Crisis = {
    ...found,
    paused: asked.pause ?? found.paused,
    holding: asked.holding ?? found.holding,
    ...(asked.spokespersonId && {
      spokespersonId: asked.spokespersonId,
      speaker: await speakerOf(tx, asked.spokespersonId),
    }),
  };
  const moved = next.spokespersonId !== found.spokespersonId;
  if (moved) await logCrisis(tx, id, actor.id, "spokesperson", `${next.speaker} speaks from now on.`);
  if (next.holding !== found.holding) await logCrisis(tx, id, actor.id, "holding", next.holding);
  if (next.paused && (moved || !found.paused)) await pause(tx, actor, next);
  if (!next.paused && found.paused) await unpause(tx, actor, next);
  const saved = { ...next, version: await updateCrisis(tx, next) };
  told(tx, saved, moved ? "spokesperson" : next.paused !== found.paused ? "pause" : "holding", actor.id);
  return saved;
}

function told(
  tx: Tx,
  c: Crisis,
  what: "spokesperson" | "pause" | "holding" | "bound" | "noted",
  agentId: string,
): void {
  tx.announce(CrisisChanged, { ...about(c), payload: { crisisId: c.id, brandId: c.brandId, what, agentId } });
}

async function mayBind(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, string>> {
  const there = await standingsOf(tx, conversationIds);
  if (conversationIds.some((id) => !there.has(id))) throw notFound("conversation");
  return new Map([...there].map(([id, s]) => [id, s.conversation.number]));
}

/** Puts a conversation under the topic, where only the spokesperson answers in public, or takes it out. */
export async function bindToCrisis(
  tx: Tx,
  actor: Actor,
  id: string,
  asked: { expectedVersion: number; conversationId: string; bound: boolean },
): Promise<Crisis> {
  const found = await lockRunning(tx, actor, id, asked.expectedVersion);
  const number = (await mayBind(tx, [asked.conversationId])).get(asked.conversationId) ?? "";
  if (asked.bound) await bindConversations(tx, id, [asked.conversationId], actor.id);
  else await unbindConversation(tx, id, asked.conversationId);
  await logCrisis(tx, id, actor.id, asked.bound ? "bound" : "unbound", number);
  const saved = { ...found, version: await updateCrisis(tx, found) };
  told(tx, saved, "bound", actor.id);
  return saved;
}

export async function noteInCrisis(tx: Tx, actor: Actor, id: string, says: string): Promise<Crisis> {
  const found = await lockRunning(tx, actor, id, null);
  await logCrisis(tx, id, actor.id, "noted", says);
  told(tx, found, "noted", actor.id);
  return found;
}

/** What was done on a topic of a crisis, by whoever did it. */
export async function noteInCrises(
  tx: Tx,
  crises: readonly Crisis[],
  agentId: string | null,
  act: string,
  says: string,
): Promise<void> {
  for (const c of crises) await logCrisis(tx, c.id, agentId, act, says);
}

/** It is over, and what is to be learned of it is written down. Publishing goes on where this crisis had paused it. */
export async function endCrisis(
  tx: Tx,
  actor: Actor,
  id: string,
  asked: { expectedVersion: number; review: string },
): Promise<Crisis> {
  const found = await lockRunning(tx, actor, id, asked.expectedVersion);
  await unpause(tx, actor, found);
  const next: Crisis = { ...found, state: "over", endedAt: tx.now, endedBy: actor.id, review: asked.review };
  const saved = { ...next, version: await updateCrisis(tx, next) };
  await logCrisis(tx, id, actor.id, "ended", asked.review);
  await audit(tx, actor, "crisis.ended", "crisis", id);
  tx.announce(CrisisEnded, { ...about(saved), payload: { crisisId: id, brandId: saved.brandId, by: actor.id } });
  return saved;
}
