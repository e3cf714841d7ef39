import {
  type Channel,
  channelsOf,
  type Message,
  messagesByNames,
  type ThreadName,
  threadsWeSpokeIn,
} from "#modules/channels";
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
  const spokenIn = await spokenAmong(tx, messages, find);
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

function threadName(m: ThreadName): string {
  return `${m.channelId}/${m.threadKey}`;
}

/** The messages these answer and begin from. */
async function relatives(tx: Tx, messages: readonly Message[]): Promise<Map<string, Message>> {
  const known = new Map(messages.map((m) => [`${m.channelId}/${m.externalId}`, m]));
  const wanted = messages.flatMap(({ channelId, parentExternalId, rootExternalId }) =>
    [parentExternalId, rootExternalId].flatMap((externalId) =>
      externalId === null || known.has(`${channelId}/${externalId}`) ? [] : [{ channelId, externalId }],
    ),
  );
  for (const m of await messagesByNames(tx, wanted)) known.set(`${m.channelId}/${m.externalId}`, m);
  return known;
}

/** Only where neither parent nor root is ours does the thread have to be read to know whether we spoke in it. */
async function spokenAmong(
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
  return new Set((await threadsWeSpokeIn(tx, [...asked.values()], LOOK_BACK)).map(threadName));
}
