import type { Random } from "../../scenarios/random.ts";
import { messagesById } from "../../server/modules/channels/index.ts";
import { conversationsById, placementsOf } from "../../server/modules/conversations/index.ts";
import { resolve, writeReply } from "../../server/modules/desk/index.ts";
import {
  acceptOffer,
  assignWork,
  declineOffer,
  listWork,
  offersOf,
  releaseWork,
  snoozeWork,
  takeNext,
  type Work,
} from "../../server/modules/routing/index.ts";
import { setPresence } from "../../server/modules/workforce/index.ts";
import { HOUR, MINUTE } from "../../server/platform/clock.ts";
import type { Database, Tx } from "../../server/platform/db.ts";
import { AppError } from "../../server/platform/errors.ts";
import type { Actor } from "../../server/platform/http/actor.ts";
import type { AccountId } from "../../server/platform/ids.ts";

export interface SimulatedAgent {
  id: string;
  name: string;
  away: boolean;
}

const RIGHTS = ["work.read", "work.take", "conversation.read", "reply.public", "reply.private"] as const;
const ANSWERS = [
  "I am sorry about that. I have looked at it and set it right, it will work again within the hour.",
  "Thank you for telling us. Could you send me the number on your contract so that I can look?",
  "It left our house this morning and will be with you tomorrow before noon.",
  "I have taken the second charge back; it is on your account in two days.",
];

/** A person at the desk, who acts through the verbs of the API and looks again when one was refused. */
export async function agentActs(
  db: Database,
  accountId: AccountId,
  agent: SimulatedAgent,
  others: readonly SimulatedAgent[],
  random: Random,
): Promise<string[]> {
  const did: string[] = [];
  const run = <T>(what: string, act: (tx: Tx) => Promise<T>) =>
    db.withAccount(accountId, act).then(
      (value) => {
        did.push(`${agent.name} ${what}`);
        return value;
      },
      (error: unknown) => {
        // A refusal in words is a part of the game; anything else is the line, or a fault that the caller judges.
        if (!(error instanceof AppError)) throw error;
        did.push(`${agent.name} ${what}: ${error.code}`);
        return null;
      },
    );
  for (const offer of (await run("looks at offers", (tx) => offersOf(tx, agent.id))) ?? []) {
    const { offerId } = offer;
    if (random.chance(0.1))
      await run("declines", (tx) => declineOffer(tx, { offerId, agentId: agent.id, reason: "busy" }));
    else if (random.chance(0.9)) await run("accepts", (tx) => acceptOffer(tx, { offerId, agentId: agent.id }));
  }
  if (random.chance(0.3)) await run("takes the next", (tx) => takeNext(tx, agent.id));
  const mine = await run("looks at the own work", (tx) =>
    listWork(tx, { view: "mine", agentId: agent.id, queues: "all", limit: 20 }),
  );
  for (const work of (mine?.items ?? []).filter((w) => w.state === "active")) {
    const { id: workItemId, version: expectedVersion, conversationId } = work;
    const drawn = random.next();
    if (work.clock !== "running") {
      if (drawn < 0.4) await run("resolves", (tx) => resolve(tx, agent.id, conversationId, "solved"));
    } else if (drawn < 0.75) await run("answers", (tx) => answer(tx, agent, work, random));
    else if (drawn < 0.8)
      await run("snoozes", (tx) =>
        snoozeWork(tx, { workItemId, agentId: agent.id, until: tx.now + 2 * HOUR, expectedVersion }),
      );
    else if (drawn < 0.84)
      await run("gives back", (tx) => releaseWork(tx, { workItemId, agentId: agent.id, expectedVersion }));
    else if (drawn < 0.88 && others.length > 0) {
      const to = { kind: "agent" as const, agentId: random.pick(others).id };
      await run("hands over", (tx) =>
        assignWork(tx, { workItemId, to, by: agent.id, mayExceed: false, expectedVersion: work.version }),
      );
    }
  }
  return did;
}

async function answer(tx: Tx, agent: SimulatedAgent, work: Work, random: Random): Promise<void> {
  const placements = await placementsOf(tx, work.conversationId, { limit: 30 });
  const roles = new Map(placements.map((p) => [p.messageId, p.role]));
  const messages = await messagesById(tx, [...roles.keys()]);
  const target = messages
    .filter((m) => m.direction === "in" && m.state === "live" && roles.get(m.id) === "customer")
    .sort((a, b) => b.sentAt - a.sentAt || (a.id < b.id ? 1 : -1))[0];
  if (!target || !(await conversationsById(tx, [work.conversationId])).has(work.conversationId)) return;
  const actor: Actor = {
    ...{ accountId: tx.accountId, kind: "agent", id: agent.id, name: agent.name, csrf: null },
    grants: RIGHTS.map((verb) => ({ verb, scope: "account", scopeId: null })),
  };
  const goesPrivate = target.visibility === "private" || random.chance(0.15);
  await writeReply(tx, actor, {
    ...{ conversationId: work.conversationId, answersMessageId: target.id, expectedVersion: work.version },
    audience: goesPrivate ? "private" : "public",
    text: random.pick(ANSWERS),
    resolveWith: random.chance(0.5) ? "solved" : null,
  });
}

/** Comes at eight, goes at six, has a break now and then; what is asked for is written down also when it stays the same. */
export async function presenceOf(
  db: Database,
  accountId: AccountId,
  agent: SimulatedAgent,
  now: number,
  random: Random,
): Promise<void> {
  const hour = new Date(now).getUTCHours();
  const working = hour >= 8 && hour < 18 && !random.chance(0.04);
  if (agent.away === !working) return;
  await db.withAccount(accountId, (tx) =>
    setPresence(tx, {
      ...{ agentId: agent.id, state: working ? "available" : "offline", by: agent.id, reason: "" },
      until: null,
    }),
  );
  agent.away = !working;
}
export const LOOK_EVERY = 20 * MINUTE;
