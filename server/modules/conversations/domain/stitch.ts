import { beginsAnew } from "./begins-anew.ts";
import {
  CLOSE,
  CLOSE_CALL,
  COPY,
  ENOUGH,
  type Evidence,
  isCopy,
  STITCH_SETTINGS,
  type StitchSettings,
  total,
  weigh,
} from "./evidence.ts";
import { type HelpEffect, helpEffect, helpEvidence } from "./help-effect.ts";
import { matterOfAnother, type OfAnother } from "./of-another.ts";
import { MOST_CANDIDATES, ownMatters } from "./standing.ts";
import {
  addLink,
  addMatter,
  addPlaced,
  compareSaid,
  linkKey,
  type Matter,
  type Placed,
  type StitchMessage,
  type StitchWorld,
  settleTimes,
} from "./stitch-world.ts";

export type Role = "customer" | "bystander" | "us" | "bot";
/** Why a message stands outside of every conversation. */
export type Outside = "noise" | "not-addressed" | "own-post" | "own-answer-to-nothing-known" | "automatic";

/** Another conversation it could have belonged to; shown, and offered as a suggestion. */
export interface Alternative {
  conversationId: string;
  weight: number;
  text: string;
  /** From its last word to the message, where it is weighed. */
  afterMs?: number;
}

export interface Decision {
  place: "attach" | "new" | "outside";
  /** The conversation joined; for a new one the id it was given here. */
  conversationId: string | null;
  role: Role;
  evidence: Evidence[];
  alternatives: Alternative[];
  /** A bystander's own trouble: the conversation in whose thread it was said. */
  linkedTo: string | null;
  outside: Outside | null;
  /** What it says of a link that we gave. */
  help?: HelpEffect;
}

const TO_US = new Set(["direct", "reply", "mention"]);
const TROUBLE = new Set(["complaint", "question", "request", "cancel", "purchase"]);

/** Whether a message asks something of us. Labels only, so that it never depends on what came before. */
export function wantsSomething(m: StitchMessage): boolean {
  if (m.by !== "customer" || m.noise || m.thanksOnly) return false;
  if (m.workAlone) return true;
  return (TO_US.has(m.addressed) || m.audience === "private") && m.intent !== "praise";
}

function hasOwnTrouble(m: StitchMessage): boolean {
  if (m.noise || m.thanksOnly || !TO_US.has(m.addressed)) return false;
  return TROUBLE.has(m.intent) || (m.intent !== "praise" && m.said.ofOwn);
}

/** Where one message belongs, given all that was said before it. Pure: it changes nothing. */
export function decide(world: StitchWorld, m: StitchMessage, settings: StitchSettings = STITCH_SETTINGS): Decision {
  if (m.by === "us") return placeOurs(world, m);
  return placeTheirs(world, m, settings);
}

function placeOurs(world: StitchWorld, m: StitchMessage): Decision {
  if (m.deliveredFor !== null && world.matters.has(m.deliveredFor))
    return join(m.deliveredFor, m.automatic ? "bot" : "us", [
      { code: "delivery", weight: 10, text: "Sent by the desk for this conversation." },
    ]);
  const answered = m.parentKey === null ? null : (world.byKey.get(m.parentKey)?.conversationId ?? null);
  if (answered !== null) return join(answered, "us", [{ code: "reply", weight: 6, text: "Answers a message of it." }]);
  if (m.linear) {
    const living = lastInThread(world, m, () => true);
    if (living) return join(living, "us", [{ code: "thread", weight: 6, text: "Said in the same private thread." }]);
  }
  if (m.parentKey !== null)
    return leave("us", "own-answer-to-nothing-known", "Our answer to a message that is not here.");
  return leave("us", "own-post", "Our own post; nobody has a matter in it.");
}

function placeTheirs(world: StitchWorld, m: StitchMessage, settings: StitchSettings): Decision {
  const role: Role = m.by === "bot" ? "bot" : "customer";
  const same = m.copyOf === undefined ? undefined : world.byKey.get(m.copyOf.key)?.conversationId;
  if (m.copyOf && same) return join(same, role, [{ code: COPY, weight: 6, text: m.copyOf.text }]);
  const own = m.customerId === null ? [] : ownMatters(world, m, m.customerId);
  const ranked = rank(m, own, settings);
  const others = (but: string | null) =>
    [
      ...uninvited(world, m),
      ...numberedOnly(world, m),
      ...ranked.filter((r) => r.weight > 0).map(asAlternative),
      ...suggestions(world, m),
    ]
      .filter((a) => a.conversationId !== but)
      .slice(0, 3);
  const link = m.handleId === null ? undefined : world.links.get(linkKey(m.thread, m.handleId));
  const parent = m.parentKey === null ? undefined : world.byKey.get(m.parentKey);

  // 0. An agent asked them to come, and they prove it: nothing is stronger.
  const { invited } = m;
  if (invited?.joins && m.by !== "bot" && world.matters.has(invited.conversationId))
    return join(
      invited.conversationId,
      role,
      [{ code: "invite", weight: 10, text: invited.text }],
      others(invited.conversationId),
    );

  // An agent put what it answers where it is: the answer goes there, too.
  const put = parent?.byHand && parent.conversationId !== null ? world.matters.get(parent.conversationId) : undefined;
  if (put && !m.said.newMatter && m.customerId !== null && [put.customerId, parent?.customerId].includes(m.customerId))
    return join(
      put.id,
      role,
      [{ code: "reply", weight: 6, text: "Answers a message that an agent put here." }],
      others(put.id),
    );

  // 1. The same person in the same thread, or answering in his own conversation.
  const linked = link === undefined ? undefined : world.matters.get(link);
  if (linked && !beginsAnew(m, linked, ranked, settings)) {
    const better = m.linear
      ? ranked.find(
          (r) => r.weight >= ENOUGH && r.matter.id !== linked.id && r.weight > 1 + weightOf(ranked, linked.id),
        )
      : undefined;
    if (better) return join(better.matter.id, role, better.evidence, others(better.matter.id));
    return join(
      linked.id,
      role,
      [{ code: "thread", weight: 6, text: "The same person in the same thread." }],
      others(linked.id),
    );
  }
  const answeredId = parent?.conversationId ?? null;
  const answered = answeredId === null ? undefined : world.matters.get(answeredId);
  if (answered && answered.customerId === m.customerId && !m.said.newMatter)
    return join(
      answered.id,
      role,
      [{ code: "reply", weight: 6, text: "Answers a message of the customer's own conversation." }],
      others(answered.id),
    );
  // A report, or a machine's answer, in private: it is seen where that stands which it speaks of, and nobody has to answer it.
  if (m.by === "bot" && answered && m.audience === "private")
    return join(answered.id, "bot", [
      { code: "reply", weight: 6, text: "Written by a machine about a message of it." },
    ]);
  if (m.by === "bot") return leave("bot", "automatic", "Written by a machine; nobody waits for an answer.");
  if (m.noise && !m.workAlone) return leave(role, "noise", "Noise: spam, promotion or the words of others.");

  // No header tells it, but the subject carries its number, and whoever wrote it has part in it.
  const { numbered } = m;
  if (numbered?.joins && !m.said.newMatter && world.matters.has(numbered.conversationId))
    return join(
      numbered.conversationId,
      role,
      [{ code: "subject-number", weight: 6, text: numbered.text }],
      others(numbered.conversationId),
    );

  // 2. Somebody who joins another customer's thread.
  const around = m.parentKey === null && !m.linear ? lastInThread(world, m, (p) => p.by === "customer") : null;
  const host = answered ?? (around === null ? undefined : world.matters.get(around));
  const guest = host !== undefined && host.customerId !== m.customerId;
  if (guest && !hasOwnTrouble(m) && !m.workAlone)
    return join(host.id, "bystander", [
      { code: "bystander", weight: 6, text: "Speaks in another customer's thread without a trouble of his own." },
    ]);

  // 3. The customer's other conversations.
  const best = ranked[0];
  if (best && best.weight >= ENOUGH)
    return { ...join(best.matter.id, role, asked(best), others(best.matter.id)), linkedTo: guest ? host.id : null };
  // Somebody else speaks of another customer's matter: a relative, a colleague, a lawyer. He waits for an answer as the customer does.
  const named = matterOfAnother(world, m, settings);
  if (named?.sure)
    return join(
      named.conversationId,
      role,
      m.said.forOther ? named.evidence : [...named.evidence, CLOSE_CALL],
      others(named.conversationId),
    );
  if (!m.workAlone && m.audience === "public" && !TO_US.has(m.addressed))
    return leave(role, "not-addressed", "Spoken, but not to us, and the policy does not ask for it.", others(null));
  const why = guest
    ? "A trouble of his own in another customer's thread."
    : own.length > 0
      ? "No evidence that it belongs to an earlier matter."
      : "The first we hear of this customer.";
  return {
    place: "new",
    conversationId: `new:${m.id}`,
    role,
    evidence: [
      { code: guest ? "own-trouble" : "first", weight: ENOUGH, text: why },
      ...((best && best.weight > ENOUGH - CLOSE) || named || numberedOnly(world, m).length > 0 ? [CLOSE_CALL] : []),
    ],
    alternatives: [...(named ? [asNamed(named)] : []), ...others(null)].slice(0, 3),
    linkedTo: guest ? host.id : null,
    outside: null,
  };
}

/** Its evidence; where it hardly sufficed, the mark that a person is to be asked. */
function asked(r: Ranked): Evidence[] {
  return r.weight < ENOUGH + CLOSE ? [...r.evidence, CLOSE_CALL] : r.evidence;
}

interface Ranked {
  matter: Matter;
  weight: number;
  evidence: Evidence[];
  afterMs: number;
}

/** Best first. Equal weights: the one that spoke last, then the one that began first; no order of arrival enters. */
function rank(m: StitchMessage, own: readonly Matter[], settings: StitchSettings): Ranked[] {
  const unfinished = own.filter(
    (matter) => matter.doneAt === null && matter.messages.some((p) => p.wants && m.at - p.at <= settings.memoryMs),
  );
  return own
    .map((matter) => {
      const evidence = weigh(m, matter, settings, unfinished.length === 1 && unfinished[0] === matter);
      return { matter, evidence, weight: total(evidence), afterMs: m.at - lastAt(matter) };
    })
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        lastAt(b.matter) - lastAt(a.matter) ||
        (firstKey(a.matter) < firstKey(b.matter) ? -1 : 1),
    );
}

function weightOf(ranked: readonly Ranked[], id: string): number {
  return ranked.find((r) => r.matter.id === id)?.weight ?? 0;
}

/** The conversation whose invite it names without being let in: an agent is asked. */
function uninvited(world: StitchWorld, m: StitchMessage): Alternative[] {
  if (!m.invited || m.invited.joins || !world.matters.has(m.invited.conversationId)) return [];
  return [{ conversationId: m.invited.conversationId, weight: 0, text: m.invited.text }];
}

/** The conversation whose number its subject carries without more speaking for it: a number can be copied, so a person is asked. */
function numberedOnly(world: StitchWorld, { numbered }: StitchMessage): Alternative[] {
  if (!numbered || !world.matters.has(numbered.conversationId)) return [];
  return [{ conversationId: numbered.conversationId, weight: 0, text: numbered.text }];
}

/** Conversations that began after `m` was said and that a person has dealt with since: they stay as they are, and are suggested. */
function suggestions(world: StitchWorld, m: StitchMessage): Alternative[] {
  if (m.customerId === null) return [];
  return [...(world.byCustomer.get(m.customerId) ?? [])]
    .slice(-MOST_CANDIDATES)
    .filter((id) => {
      const first = world.matters.get(id)!.messages[0];
      return first === undefined || compareSaid(first, m) >= 0;
    })
    .map((conversationId) => ({
      conversationId,
      weight: 0,
      text: "Came late: said before what has been dealt with there.",
    }));
}

/** The conversation of the last words in the same thread. */
function lastInThread(world: StitchWorld, m: StitchMessage, counts: (p: Placed) => boolean): string | null {
  const line = world.threads.get(m.thread) ?? [];
  for (let i = line.length - 1; i >= 0; i--) {
    const p = line[i]!;
    if (p.conversationId !== null && counts(p) && compareSaid(p, m) < 0) return p.conversationId;
  }
  return null;
}

function lastAt(matter: Matter): number {
  return matter.messages.at(-1)?.at ?? 0;
}

function firstKey(matter: Matter): string {
  return matter.messages[0]?.key ?? "";
}

function asAlternative(r: Ranked): Alternative {
  return {
    ...{ conversationId: r.matter.id, weight: r.weight, text: r.evidence.map((e) => e.text).join(" ") },
    afterMs: r.afterMs,
  };
}

function asNamed(named: OfAnother): Alternative {
  const { conversationId, evidence, afterMs } = named;
  return { conversationId, weight: total(evidence), text: evidence.map((e) => e.text).join(" "), afterMs };
}

function join(conversationId: string, role: Role, evidence: Evidence[], alternatives: Alternative[] = []): Decision {
  return { place: "attach", conversationId, role, evidence, alternatives, linkedTo: null, outside: null };
}

function leave(role: Role, outside: Outside, text: string, alternatives: Alternative[] = []): Decision {
  return {
    place: "outside",
    conversationId: null,
    role,
    evidence: [{ code: outside, weight: 0, text }],
    alternatives,
    linkedTo: null,
    outside,
  };
}

/** Remembers a decision, so that the next one can build on it. */
export function remember(world: StitchWorld, m: StitchMessage, d: Decision): Placed {
  if (d.place === "new")
    addMatter(world, {
      ...{ id: d.conversationId!, customerId: m.customerId!, doneAt: null, messages: [] },
      // As it is read back: whether it begins in this batch or an earlier one must not matter.
      ...(m.name !== undefined && { customerName: m.name }),
    });
  const holds = d.role === "customer" || d.role === "bot";
  if (d.conversationId !== null && holds && m.handleId !== null) addLink(world, m.thread, m.handleId, d.conversationId);
  const placed: Placed = {
    id: m.id,
    at: m.at,
    key: m.key,
    thread: m.thread,
    by: m.by,
    audience: m.audience,
    customerId: m.customerId,
    conversationId: d.conversationId,
    intent: m.intent,
    wants: d.role === "customer" && wantsSomething(m) && !isCopy(d.evidence),
    said: m.said,
  };
  addPlaced(world, placed);
  return placed;
}

/** A link we gave is a step of the conversation: what the customer says of it is kept with the place. */
function withHelp(world: StitchWorld, m: StitchMessage, d: Decision, settings: StitchSettings): Decision {
  const help = d.place === "attach" ? helpEffect(world, m, d.conversationId, settings) : null;
  return help === null ? d : { ...d, help, evidence: [...d.evidence, helpEvidence(help)] };
}

export interface Stitched {
  message: StitchMessage;
  decision: Decision;
  placed: Placed;
}

/**
 * Decides a set of messages in the order in which they were said, whatever the order in which they came. The world has to be
 * without them: then the result depends on the set alone.
 */
export function stitch(
  world: StitchWorld,
  messages: readonly StitchMessage[],
  settings: StitchSettings = STITCH_SETTINGS,
): Stitched[] {
  return settleTimes(messages, (key) => world.byKey.get(key)?.at).map((message) => {
    const decision = withHelp(world, message, decide(world, message, settings), settings);
    return { message, decision, placed: remember(world, message, decision) };
  });
}
