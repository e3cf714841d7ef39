import { type Channel, channelsOf, type Message, messagesByExternal, messagesOfThread } from "#modules/channels";
import { type Brand, brandsOf } from "#modules/company";
import type { Tx } from "#platform/db";
import type { BrandNames, ThreadFacts } from "./domain/addressed.ts";

/** What is known around a run of messages: what we are called where they were said, and how their threads stand. */
export interface Surroundings {
  channels: ReadonlyMap<string, Channel>;
  namesOf(message: Message): BrandNames;
  threadOf(message: Message): ThreadFacts | undefined;
}

const NOBODY: BrandNames = { names: [], handles: [], terms: [] };
const LOOK_BACK = 60;

export async function surroundingsOf(tx: Tx, messages: readonly Message[]): Promise<Surroundings> {
  const channels = new Map((await channelsOf(tx)).map((c) => [c.id, c]));
  const brands = new Map((await brandsOf(tx)).map((b) => [b.id as string, b]));
  const known = await relatives(tx, messages);
  const find = (m: Message, externalId: string | null) =>
    externalId === null ? undefined : known.get(`${m.channelId}/${externalId}`);
  const spokenIn = await threadsWeSpokeIn(tx, messages, find);
  return {
    channels,
    namesOf(m) {
      const channel = channels.get(m.channelId);
      const brand = channel && brands.get(channel.brandId);
      return channel && brand ? namesOf(brand, channel) : NOBODY;
    },
    threadOf(m) {
      if (m.parentExternalId === null && m.rootExternalId === null) return undefined;
      const parent = find(m, m.parentExternalId);
      const root = find(m, m.rootExternalId) ?? parent;
      const channel = channels.get(m.channelId);
      return {
        ...(parent && {
          repliesTo:
            parent.direction === "out"
              ? (channel?.handle ?? "")
              : parent.authorId === m.authorId
                ? ""
                : parent.authorHandle,
        }),
        begunByUs: root?.direction === "out",
        weSpoke: parent?.direction === "out" || root?.direction === "out" || spokenIn.has(threadName(m)),
        authorIsCustomer: root !== undefined && root.direction === "in" && root.authorId === m.authorId,
      };
    },
  };
}

function namesOf(brand: Brand, channel: Channel): BrandNames {
  return { names: [brand.name, ...brand.names], handles: [channel.handle, ...channel.selfIds], terms: [] };
}

function threadName(m: Message): string {
  return `${m.channelId}/${m.threadKey}`;
}

/** The messages these answer and begin from: one look-up for each channel. */
async function relatives(tx: Tx, messages: readonly Message[]): Promise<Map<string, Message>> {
  const known = new Map(messages.map((m) => [`${m.channelId}/${m.externalId}`, m]));
  for (const [channelId, those] of Map.groupBy(messages, (m) => m.channelId)) {
    const wanted = those
      .flatMap((m) => [m.parentExternalId, m.rootExternalId])
      .filter((id): id is string => id !== null && !known.has(`${channelId}/${id}`));
    for (const m of (await messagesByExternal(tx, channelId, wanted)).values())
      known.set(`${channelId}/${m.externalId}`, m);
  }
  return known;
}

/** Only where neither parent nor root is ours does the thread have to be read to know whether we spoke in it. */
async function threadsWeSpokeIn(
  tx: Tx,
  messages: readonly Message[],
  find: (m: Message, id: string | null) => Message | undefined,
): Promise<Set<string>> {
  const asked = new Map<string, Message>();
  for (const m of messages) {
    const answers = m.parentExternalId !== null && m.visibility !== "private" && m.direction === "in";
    if (answers && find(m, m.parentExternalId)?.direction !== "out" && find(m, m.rootExternalId)?.direction !== "out")
      asked.set(threadName(m), m);
  }
  const spoken = new Set<string>();
  for (const [name, m] of asked)
    if ((await messagesOfThread(tx, m.channelId, m.threadKey, LOOK_BACK)).some((o) => o.direction === "out"))
      spoken.add(name);
  return spoken;
}
