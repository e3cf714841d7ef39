import type { EpisodeOpened } from "#events/conversations";
import type { Instant } from "#platform/clock";
import { AppError } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import type { EventType } from "#platform/journal/event";
import { chooseQueue } from "./domain/accepts.ts";
import { LANGUAGE_LEVEL, languageNeed } from "./domain/language-need.ts";
import { classOf } from "./domain/medium-class.ts";
import type { Item, Need, Reason } from "./domain/model.ts";
import type { LoadedQueue } from "./queues.ts";
import type { Session } from "./session.ts";

type PayloadOf<T> = T extends EventType<infer P> ? P : never;
export type Opened = PayloadOf<typeof EpisodeOpened>;

/** Dangers that go before everything else. */
export const CRISIS_RISKS: readonly string[] = ["safety", "crisis"];

export function isCrisis(risks: readonly string[]): boolean {
  return risks.some((risk) => CRISIS_RISKS.includes(risk));
}

/** The work item of an episode: its queue, what it asks of an agent, when it is due, and why. */
export function newWork(
  session: Session,
  episode: Opened,
  t0: Instant,
  lastOwnerId: string | null,
): { item: Item; reasons: Reason[] } {
  const chosen = chooseQueue(session.queueFacts, episode);
  if (!chosen)
    throw new AppError("not-ready", "This account has no queue. Add one, then let routing read this event again.");
  const { queue, reason } = chosen;
  const reasons: Reason[] = [reason, { code: "policy", text: episode.says }];
  const medium = classOf(episode.medium, episode.visibility);
  const crisis = isCrisis(episode.risks);
  const needs = [...languageNeeds(session, queue, episode.language, reasons), ...needsOfQueue(session, queue)];
  const terms = session.terms({ queueId: queue.id, priority: episode.priority, crisis, t0 });
  const minutes = Math.round(queue.targets[episode.priority] / 60_000);
  reasons.push({
    code: "due",
    text: crisis
      ? "Danger to people: before everything else, calendars do not count."
      : `Priority ${episode.priority}: ${minutes} minutes of ${queue.name}'s opening time from the first unanswered message.`,
  });
  if (!crisis && !queue.open && queue.outOfHours === "hold")
    reasons.push({ code: "outside-hours", text: `${queue.name} is closed and holds its work until it opens.` });
  const item: Item = {
    id: uuidv7(session.now),
    ...{ conversationId: episode.conversationId, episodeId: episode.episodeId, queueId: queue.id },
    ...{ mediumClass: medium.name, weight: medium.weight, state: "queued", clock: "running", crisis },
    ...{ priority: episode.priority, needs, t0, ...terms, ownerId: null, assignedAt: null },
    ...{ preferredId: lastOwnerId, stickyUntil: null, excluded: [], offer: null, wakesAt: null, parkReason: null },
    ...{ misses: 0, transfers: 0 },
  };
  return { item, reasons };
}

/** What a queue asks for beside the language. A skill that no agent has any more still counts, as a hard one. */
export function needsOfQueue(session: Session, queue: LoadedQueue): Need[] {
  return queue.skills.map(({ skillId, level }) => {
    const skill = session.agentSkills.get(skillId);
    return { skillId, level, name: skill?.name ?? "A skill nobody has", kind: skill?.kind ?? "hard" };
  });
}

function languageNeeds(session: Session, queue: LoadedQueue, language: string, reasons: Reason[]): Need[] {
  const skills = [...session.agentSkills].map(([skillId, skill]) => ({ skillId, name: skill.name }));
  const need = languageNeed(language, skills);
  if (!need || queue.skills.some((skill) => skill.skillId === need.skillId)) return [];
  reasons.push({
    code: "language",
    text: `Written in ${need.name}: whoever takes it needs ${LANGUAGE_LEVEL} of 100 in it.`,
  });
  return [need];
}
