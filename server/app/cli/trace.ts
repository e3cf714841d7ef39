import { parseArgs } from "node:util";
import { conversationByNumber, conversationsById, placementsOf } from "#modules/conversations";
import { agentsById } from "#modules/people";
import { DAY, type Instant, iso, MINUTE, systemClock } from "#platform/clock";
import type { Tx } from "#platform/db";
import { isUuid, timeOfUuid } from "#platform/ids";
import { eventsOfTrace, type MessageStory, messagesIn, storyOf } from "../message-story.ts";
import { type Command, CommandError, EXIT, type Io, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { accountMeant, allAccounts } from "./which-account.ts";

/** Of a conversation or of one body with many posts in it. */
const MOST = 20;

export const trace: Command = {
  usage: `npm run hubbub -- trace ID [--account ID|NAME] [--days N]

Prints the story of a message: when it was said, arrived, was received, understood, placed, queued, offered and accepted, and when the
answer was written, sent, and seen on the network, with the time each step took.

  ID         a conversation (C-20481), a message's id, or a trace id as problems, logs and the header x-trace-id name it
  --account  only look there
  --days     how far back a trace id is looked for when it does not carry its own time (7)`,

  async run(args, io) {
    const options = { account: { type: "string" }, days: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [said, ...more] = positionals;
    if (!said || more.length > 0) throw new UsageError("Say one conversation, message or trace.");
    const days = Number(values.days ?? 7);
    if (!(days > 0 && days <= 400)) throw new UsageError("--days is a number from 1 to 400.");
    return withDatabase(io, {}, async ({ db }) => {
      const accounts = values.account ? [await accountMeant(db, values.account)] : await allAccounts(db);
      let told = 0;
      for (const { id } of accounts) told += await db.withAccount(id, (tx) => tell(tx, said, days, io));
      if (told === 0)
        throw new CommandError(`Nothing is known of "${said.slice(0, 80)}". Say C-…, a message's id or a trace id.`);
      return EXIT.ok;
    });
  },
};

async function tell(tx: Tx, said: string, days: number, io: Io): Promise<number> {
  const stories: MessageStory[] = [];
  for (const id of (await messagesMeant(tx, said, days)).slice(-MOST)) {
    const story = await storyOf(tx, id);
    if (story) stories.push(story);
  }
  for (const story of stories) await print(tx, story, io);
  return stories.length;
}

/** The customers' messages somebody means, oldest first. */
async function messagesMeant(tx: Tx, said: string, days: number): Promise<string[]> {
  const conversation = await conversationByNumber(tx, said);
  if (conversation) {
    const placed = await placementsOf(tx, conversation.id, { limit: MOST * 4 });
    return placed
      .filter((p) => p.role === "customer" || p.role === "bystander")
      .map((p) => p.messageId)
      .reverse();
  }
  const id = said
    .toLowerCase()
    .replace(/^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/, "$1-$2-$3-$4-$5");
  if (!isUuid(id)) return [];
  const found = messagesIn(await eventsOfTrace(tx, id, beganAt(id) ?? tx.now - days * DAY));
  return found.length > 0 ? found : [id];
}

/** Our own traces carry their time. */
function beganAt(trace: string): Instant | null {
  const at = timeOfUuid(trace);
  return trace[14] === "7" && at < systemClock.now() + DAY ? at - MINUTE : null;
}

const WORDS: Readonly<Record<string, string>> = {
  ...{ said: "said", arrived: "arrived, made durable", MessageReceived: "received", MessageEdited: "edited" },
  ...{ MessageDeleted: "deleted", MessageUnderstood: "understood", MessagePlaced: "placed" },
  ...{ EpisodeOpened: "episode opened", EpisodeContinued: "episode continued", EpisodeAnswered: "answered" },
  ...{ EpisodeDone: "episode done", EpisodeRecalled: "episode known by an import" },
  ...{ WorkQueued: "queued", WorkOffered: "offered", OfferEnded: "offer ended", WorkAccepted: "accepted" },
  ...{ WorkChanged: "work changed", WorkEnded: "work ended", ReplyWritten: "reply written", ReplySent: "reply sent" },
  ...{ ReplyChanged: "reply changed", DeliverySent: "sent", DeliveryUnknown: "sending: outcome unknown" },
  ...{ DeliveryFailed: "sending failed", HandleMet: "met for the first time" },
};

async function print(tx: Tx, { message, conversationId, stations }: MessageStory, io: Io): Promise<void> {
  const number = conversationId ? (await conversationsById(tx, [conversationId])).get(conversationId)?.number : null;
  const who = message.authorHandle || message.authorName;
  io.out(`${number ?? "outside of any conversation"}  @${who} on ${message.network}  message ${message.id}`);
  io.out(`trace ${message.traceId ?? "none: it came before traces were kept, or by a file"}`);
  const agentIds = stations.flatMap(({ payload }) => (typeof payload.agentId === "string" ? [payload.agentId] : []));
  const agents = await agentsById(tx, agentIds.filter(isUuid));
  let last = stations[0]!.at;
  for (const { at, what, ours, payload } of stations) {
    const agent = agents.get(String(payload.agentId))?.name;
    const words = `${ours && what.startsWith("Message") ? "our post " : ""}${WORDS[what] ?? what}`;
    const details = [agent, payload.how, payload.rule, payload.outside].filter(
      (d) => typeof d === "string" && d !== "",
    );
    io.out(
      `  ${iso(at)} ${took(at - last).padStart(11)}  ${words}${details.length > 0 ? `: ${details.join(", ")}` : ""}`,
    );
    last = at;
  }
  const whole = last - stations[0]!.at;
  io.out(`  ${took(whole)} in all\n`);
}

function took(ms: number): string {
  return ms < 10_000 ? `+${ms} ms` : `+${(ms / 1_000).toFixed(1)} s`;
}
