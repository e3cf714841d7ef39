import type { z } from "zod";
import type { timelineEntry } from "#contracts/desk";
import type { AttachedFile, Attachment, Channel, Message, Revision } from "#modules/channels";
import type { Brand } from "#modules/company";
import type { Episode, Placement } from "#modules/conversations";
import type { Handle } from "#modules/customers";
import type { UnderstandingRow } from "#modules/listening";
import type { Agent } from "#modules/people";
import type { DecisionRow } from "#modules/routing";
import { type Instant, iso } from "#platform/clock";
import { plainSubject } from "#shared/mail-subject";
import { replyWindow, windowRule } from "#shared/reply-window";
import { channelShut } from "../domain/channel-shut.ts";
import type { Note, Reply } from "../store/desk-store.ts";
import { fileView, messageFiles } from "./file-views.ts";
import { markOf } from "./work-rows.ts";

export type Entry = z.input<typeof timelineEntry>;
type MessageEntry = Extract<Entry, { type: "message" }>;
type Mark = MessageEntry["mark"];

interface MessageFacts {
  channel: Channel | undefined;
  attachments: readonly Attachment[];
  label: UnderstandingRow | undefined;
  handle: Handle | undefined;
  agent: Agent | undefined;
  revisions: readonly Revision[];
  brand: Brand;
  now: Instant;
  /** Our other mailboxes that received the same mail. */
  alsoBy: readonly string[];
}

export function messageEntry(m: Message, p: Placement, f: MessageFacts): Entry {
  const gone = m.state === "tombstone" || m.state === "erased";
  return {
    type: "message",
    id: m.id,
    at: iso(m.sentAt),
    direction: m.direction,
    role: p.role,
    author:
      m.direction === "out"
        ? { name: f.agent?.name ?? f.brand.name, handle: m.authorHandle, followers: null, agentId: f.agent?.id ?? null }
        : { name: m.authorName, handle: m.authorHandle, followers: f.handle?.followers ?? null, agentId: null },
    mark: markOf(f.channel, m.visibility),
    text: gone ? "" : m.text,
    entities: gone ? [] : m.entities.map((e) => ({ type: e.type, start: e.start, end: e.end, value: e.value })),
    attachments: gone ? [] : messageFiles(m, f.attachments),
    state: m.state,
    edited: m.editedAt !== null,
    revisions: gone ? [] : f.revisions.map((r) => ({ at: iso(r.at), text: r.text })),
    language: f.label?.language ?? m.language ?? "und",
    textDirection: f.label?.direction ?? "ltr",
    permalink: m.permalink,
    ...(m.mail &&
      !gone && {
        mail: {
          to: m.mail.to,
          cc: m.mail.cc,
          sender: m.mail.sender ?? null,
          ...(f.alsoBy.length > 0 && { alsoBy: [...f.alsoBy] }),
        },
      }),
    redactions: m.redactions,
    unsupported: m.unsupported,
    labels: f.label ? labelsOf(f.label) : {},
    actionable: p.actionable,
    ...(p.evidence.some((e) => e.code === "ask") && { asked: true }),
    why: [
      ...p.reasons.map((r) => ({ code: r.code, text: r.text })),
      ...p.evidence.map((e) => ({ code: e.code, text: e.text })),
    ],
    episodeId: p.episodeId,
    canAnswer: canAnswer(m, f),
    version: m.version,
  };
}

interface Found {
  value: unknown;
  score: number;
  words: readonly { text: string; start: number; end: number; weight: number }[];
}

/** Each label with the words that made it, as the models gave them; what an agent said outranks them. */
function labelsOf(label: UnderstandingRow): MessageEntry["labels"] {
  const d = label.detail;
  const found: Record<string, Found | undefined> = {
    noise: d.noise,
    addressed: d.addressed,
    intent: d.intent,
    sentiment: d.sentiment,
    ...(d.gratitude?.gratitude
      ? {
          gratitude: {
            value: "yes",
            score: d.gratitude.score,
            words: d.gratitude.words,
          },
        }
      : {}),
    ...several("risk", d.urgency?.risks),
    ...several("signal", [...(d.signals ?? []), ...(d.told ?? [])]),
    ...several("abuse", d.abuse),
    ...several("personal", d.personal),
    ...several(
      "thing",
      d.things?.map((thing) => ({ ...thing, value: thing.name })),
    ),
  };
  const out: MessageEntry["labels"] = {};
  for (const [name, f] of Object.entries(found)) {
    if (!f) continue;
    const said = d.marked?.[name];
    out[name] = {
      value: said ?? String(f.value),
      score: said ? 1 : f.score,
      words: said ? [] : f.words.map(({ text, start, end, weight }) => ({ text, start, end, weight })),
    };
  }
  return out;
}

/** Of what may hold several times each value has a name of its own: `risk`, `risk:outage` … the first, surest one the plain name. */
function several(name: string, all: readonly Found[] = []): Record<string, Found> {
  return Object.fromEntries(all.map((one, n) => [n === 0 ? name : `${name}:${String(one.value)}`, one]));
}

function canAnswer(m: Message, f: MessageFacts): MessageEntry["canAnswer"] {
  const no = (reason: string) => ({
    public: false,
    private: false,
    publicReason: reason,
    privateReason: reason,
    windowUntil: null,
  });
  if (m.direction === "out") return no("This is our own message.");
  if (m.state === "hidden") return no("It is hidden on its network. Show it again to answer it.");
  if (m.state !== "live") return no("The message is gone.");
  const capabilities = f.channel?.capabilities;
  if (!f.channel || !capabilities) return no("The channel is gone.");
  const shut = channelShut(f.channel);
  if (shut !== null) return no(shut);
  const isPrivate = m.visibility === "private";
  const facts = {
    now: f.now,
    human: true,
    targetAt: m.sentAt,
    lastInboundAt: m.receivedAt,
    namesUs: m.why.includes("mention"),
    recipientConsents: true,
  };
  const open = replyWindow(windowRule(capabilities, "public"), facts);
  const closed = replyWindow(windowRule(capabilities, "private", !isPrivate), facts);
  const window = isPrivate ? closed : open;
  const until = window.open ? window.closesAt : undefined;
  return {
    public: !isPrivate && open.open,
    publicReason: isPrivate
      ? "A private message is answered in private."
      : open.open
        ? null
        : "The network takes no public answer here.",
    private: closed.open,
    privateReason: closed.open ? null : "The network takes no private answer here.",
    windowUntil: until === undefined ? null : iso(until),
  };
}

/** What an agent can do about a failure, by its class. */
const TODO: Record<string, string> = {
  "window-closed": "Use another way that still reaches them.",
  "not-found": "The post you answer is gone. Choose another message to answer.",
  permission: "Ask who manages the channel to look at its rights.",
  "too-long": "Shorten it and send it again.",
  policy: "Write it again from the desk.",
  "auth-expired": "The channel wants a new sign-in. Send it again after that.",
  "auth-revoked": "The channel was disconnected on the network. Ask who manages it.",
  unknown: "Look on the network, then say whether it is there.",
};

export function replyEntry(r: Reply, agent: Agent, mark: Mark, files: readonly AttachedFile[], now: Instant): Entry {
  const state = r.state === "undoable" && r.goesAt <= now ? "sending" : r.state;
  return {
    type: "reply",
    id: r.id,
    at: iso(r.writtenAt),
    agent: { id: agent.id, name: agent.name, initials: agent.initials },
    audience: r.audience,
    mark,
    text: r.text,
    files: files.map(fileView),
    disclosure: r.disclosure,
    answersMessageId: r.answersMessageId,
    state,
    goesAt: iso(r.goesAt),
    error: r.error
      ? {
          class: r.error.class,
          message: r.error.message,
          todo: TODO[r.error.class] ?? "Send it again, or answer another way.",
        }
      : null,
    permalink: null,
    version: r.version,
  };
}

export function noteEntry(n: Note, agent: Agent): Entry {
  return {
    type: "note",
    id: n.id,
    at: iso(n.at),
    agent: { id: agent.id, name: agent.name, initials: agent.initials },
    text: n.text,
    ...(n.mentions.length > 0 && { mentions: n.mentions }),
    ...(n.saidBy !== null && { saidBy: n.saidBy }),
    ...(n.about !== null && { about: n.about }),
    version: n.version,
  };
}

/** What became of links we gave, each just before the message that tells of it. */
export function helpEntries(placements: readonly Placement[]): Entry[] {
  return placements.flatMap((p): Entry[] => {
    const help = p.deletedAt === null ? p.evidence.find((e) => e.code.startsWith("help-")) : undefined;
    if (!help) return [];
    const at = iso(p.sentAt - 1);
    return [{ type: "line", id: `help-${p.messageId}`, at, kind: help.code, text: help.text, reasons: [] }];
  });
}

/** Where a mail of a thread bears another subject than the one before it, told just before it. Its headers hold it in its thread. */
export function subjectEntries(messages: readonly Message[]): Entry[] {
  const before = new Map<string, string>();
  return messages
    .filter((m) => m.kind === "email" && m.state === "live")
    .toSorted((a, b) => a.sentAt - b.sentAt)
    .flatMap((m): Entry[] => {
      const thread = `${m.channelId} ${m.threadKey}`;
      const [was, is] = [before.get(thread), plainSubject(m.subject)];
      before.set(thread, is);
      if (was === undefined || is === was || is === "") return [];
      const text = `The subject is now “${is}”.`;
      return [
        { type: "line", id: `subject-${m.id}`, at: iso(m.sentAt - 1), kind: "subject-changed", text, reasons: [] },
      ];
    });
}

/** Routing as lines of the timeline: who got it and why, when it waited, when an episode began and ended. */
export function lineEntries(
  decisions: readonly DecisionRow[],
  episodes: readonly Episode[],
  agents: Map<string, Agent>,
): Entry[] {
  const name = (id: string | null) => (id && agents.get(id)?.name) || "an agent";
  const words: Record<string, (d: DecisionRow) => string> = {
    queued: () => "Put in the queue",
    offered: (d) => `Offered to ${name(d.agentId)}`,
    "offer-ended": (d) => `${name(d.agentId)} did not take it`,
    assigned: (d) => `Taken by ${name(d.agentId)}`,
    held: (d) => `Kept for ${name(d.agentId)}`,
    parked: (d) => (d.reasons[0]?.code === "waits-for-approval" ? "Waits for approval" : "Waits for the customer"),
    woken: (d) => (d.reasons[0]?.code === "approval-over" ? "The reply came back" : "The customer is back"),
    requeued: () => "Back in the queue",
    transferred: () => "Handed over",
    changed: () => "Clock changed",
    ended: () => "Work ended",
    "tried-all": () => "Nobody took it",
    stuck: () => "A supervisor was told",
    joined: (d) => `${name(d.agentId)} was asked in`,
    left: (d) => `${name(d.agentId)} left`,
    barred: () => "Who may work on it changed",
    "wrapped-up": (d) => `Written up by ${name(d.agentId)}`,
    interrupted: () => "Interrupted by a call",
    forward: () => "Came forward",
  };
  return [
    ...decisions.flatMap((d): Entry[] => {
      const say = words[d.act];
      return say
        ? [
            {
              type: "line",
              id: d.id,
              at: iso(d.at),
              kind: d.act === "joined" || d.act === "left" ? "guest" : d.act,
              text: say(d),
              reasons: d.reasons.map((r) => ({ code: r.code, text: r.text })),
            },
          ]
        : [];
    }),
    ...episodes
      .filter((e) => e.doneAt !== null)
      .map(
        (e): Entry => ({
          type: "line",
          id: `done-${e.id}`,
          at: iso(e.doneAt!),
          kind: "episode-done",
          text: `Episode ${e.ordinal} done by ${name(e.doneBy)}: ${e.outcome ?? ""}`,
          reasons: [],
        }),
      ),
  ];
}
