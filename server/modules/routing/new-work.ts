import type { EpisodeOpened } from "#events/conversations";
import type { Instant } from "#platform/clock";
import { AppError } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import type { EventType } from "#platform/journal/event";
import { chooseQueue } from "./domain/accepts.ts";
import { easedNeeds, saysNeeds } from "./domain/easing.ts";
import { LANGUAGE_LEVEL, languageNeed } from "./domain/language-need.ts";
import { classOf } from "./domain/medium-class.ts";
import type { Item, Need, Reason } from "./domain/model.ts";
import { type LoadedQueue, saysPromise } from "./queues.ts";
import type { Session } from "./session.ts";

type PayloadOf<T> = T extends EventType<infer P> ? P : never;
export type Opened = PayloadOf<typeof EpisodeOpened>;

/** Dangers that go before everything else. */
export const CRISIS_RISKS: readonly string[] = ["safety", "crisis"];

export function isCrisis(risks: readonly string[]): boolean {
  return risks.some((risk) => CRISIS_RISKS.includes(risk));
}

/** What of the past matters to it: who had the conversation, who knows the customer, who is not to have it. */
export interface Past {
  readonly lastOwnerId: string | null;
  readonly known: readonly string[];
  readonly barred: readonly string[];
}

/** The work item of an episode: its queue, what it asks of an agent, when it is due, and why. */
export function newWork(session: Session, episode: Opened, t0: Instant, past: Past): { item: Item; reasons: Reason[] } {
  const chosen = chooseQueue(session.queueFacts, episode);
  if (!chosen)
    throw new AppError("not-ready", "This account has no queue. Add one, then let routing read this event again.");
  const { queue, moved } = whileClosed(session, chosen.queue, isCrisis(episode.risks));
  const reasons: Reason[] = [chosen.reason, ...moved, { code: "policy", text: episode.says }];
  const medium = classOf(episode.medium, episode.visibility);
  const crisis = isCrisis(episode.risks);
  const needs = [
    ...languageNeeds(session, queue, episode.language, reasons),
    ...brandNeeds(session, queue, episode.brandId, reasons),
    ...needsOfQueue(session, queue),
  ];
  reasons.push(...saysNeeds([], needs, queue.easing));
  const id = uuidv7(session.now);
  const about = { id, mediumClass: medium.name, brandId: episode.brandId };
  const terms = session.terms({ queueId: queue.id, priority: episode.priority, crisis, t0, item: about });
  reasons.push({
    code: "due",
    text: crisis
      ? "Danger to people: before everything else, calendars do not count."
      : saysPromise(queue, { priority: episode.priority, crisis, item: about }),
  });
  if (!crisis && !queue.open && queue.closed?.do === "team")
    reasons.push({
      code: "outside-hours",
      text: `${queue.name} is closed; another team is there for it until it opens.`,
    });
  else if (!crisis && !queue.open && queue.outOfHours === "hold")
    reasons.push({ code: "outside-hours", text: `${queue.name} is closed and holds its work until it opens.` });
  const item: Item = {
    id,
    ...{ conversationId: episode.conversationId, episodeId: episode.episodeId, queueId: queue.id },
    ...{ mediumClass: medium.name, weight: medium.weight, state: "queued", clock: "running", crisis },
    ...{ priority: episode.priority, needs, t0, ...terms, ownerId: null, assignedAt: null },
    ...{ preferredId: past.lastOwnerId, stickyUntil: null, excluded: [], offer: null, wakesAt: null, parkReason: null },
    ...{ misses: 0, transfers: 0, guests: [], wrapUntil: null, wrapExtended: false, heldFor: null },
    ...{ knownIds: past.known.filter((one) => one !== past.lastOwnerId), barred: past.barred, behind: null },
  };
  return { item, reasons };
}

/** A queue that is closed may send what comes to another one. Danger to people knows no calendar. */
function whileClosed(session: Session, queue: LoadedQueue, crisis: boolean): { queue: LoadedQueue; moved: Reason[] } {
  if (crisis || queue.open || queue.closed?.do !== "queue") return { queue, moved: [] };
  const { queueId } = queue.closed;
  const other = session.queueFacts.find((q) => q.id === queueId);
  if (!other || other.id === queue.id || !(other.open || other.outOfHours === "work")) return { queue, moved: [] };
  return {
    queue: other,
    moved: [{ code: "overspill", text: `${queue.name} is closed: ${other.name} takes what comes.` }],
  };
}

/** What a queue asks for beside the language. A skill that no agent has any more still counts, as a hard one. */
export function needsOfQueue(session: Session, queue: LoadedQueue): Need[] {
  const usual = queue.skills.map((skill) => needOf(session.agentSkills, skill));
  return [...easedNeeds(usual, queue)];
}

/** A skill that a queue asks for, as a need. */
export function needOf(skills: Session["agentSkills"], { skillId, level }: LoadedQueue["skills"][number]): Need {
  const skill = skills.get(skillId);
  const { name = "A skill nobody has", kind = "hard", clearance = "skill" } = skill?.had ? skill : {};
  return { skillId, level, name: skill?.name ?? name, kind, clearance };
}

/** Clearances that whatever is of a brand asks for: had or not had. */
function brandNeeds(session: Session, queue: LoadedQueue, brandId: string, reasons: Reason[]): Need[] {
  return [...session.agentSkills].flatMap(([skillId, { name, clearance, brandIds }]): Need[] => {
    if (!brandIds.includes(brandId) || queue.skills.some((skill) => skill.skillId === skillId)) return [];
    reasons.push({ code: "clearance", text: `Whoever works for this brand needs ${name}.` });
    return [{ skillId, name, level: 1, kind: "hard", clearance }];
  });
}

function languageNeeds(session: Session, queue: LoadedQueue, language: string, reasons: Reason[]): Need[] {
  const skills = [...session.agentSkills].flatMap(([skillId, { name, had }]) => (had ? [{ skillId, name }] : []));
  const need = languageNeed(language, skills);
  if (!need || queue.skills.some((skill) => skill.skillId === need.skillId)) return [];
  reasons.push({
    code: "language",
    text: `Written in ${need.name}: whoever takes it needs ${LANGUAGE_LEVEL} of 100 in it.`,
  });
  return [need];
}
