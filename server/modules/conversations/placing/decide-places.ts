import type { Tx } from "#platform/db";
import type { StitchSettings } from "../domain/evidence.ts";
import { emptyReach, extend, extendToHearer, extendToLine, type Reach } from "../domain/late.ts";
import { type Stitched, stitch } from "../domain/stitch.ts";
import type { Policies } from "../policies.ts";
import { findConversations } from "../store/conversation-store.ts";
import { namedSince } from "../store/number-store.ts";
import { type Placement, withinReach } from "../store/placement-store.ts";
import { linesSince } from "../store/thread-store.ts";
import { channelKey, type Draft, splitKey, toStitch } from "./draft.ts";
import { draftsOfPlaced } from "./gather-drafts.ts";
import { type LoadedWorld, loadWorld, unique } from "./load-world.ts";
import { needUnmoved } from "./need-unmoved.ts";

/** More than this is never decided again at once: a late arrival that bears on so much stays as it came, and is a suggestion. */
const MOST_AGAIN = 1_000;
const MOST_ROUNDS = 6;

/** By what an account's messages are stitched. */
export interface Stitching {
  settings: StitchSettings;
  /** The words that name us. */
  ours: ReadonlySet<string>;
}

export interface Decided extends LoadedWorld {
  stitched: Stitched[];
  drafts: Map<string, Draft>;
  /** What was placed before and is decided again, because something said earlier came late. */
  former: Map<string, Placement>;
}

/**
 * Decides new messages, and with them all that was said later and hangs on them and that nobody has acted on since. So the stitching
 * of a set of messages depends on the set alone. Messages that come in order bear on nothing later: then this is one query more.
 */
export async function decidePlaces(
  tx: Tx,
  fresh: readonly Draft[],
  policies: Policies,
  { settings, ours }: Stitching,
): Promise<Decided> {
  const drafts = new Map(fresh.map((d) => [d.message.id, d]));
  const former = new Map<string, Placement>();
  const reach = emptyReach();
  for (const d of fresh) extend(reach, toStitch(d, ours));
  // Who is who bears on everything they ever said.
  for (const customerId of fresh.flatMap((d) => d.rejoined ?? [])) extendToHearer(reach, customerId, 0);
  for (let round = 0; ; round++) {
    await gather(tx, reach, drafts, former, policies, ours);
    const asked = [...drafts.values()].map((d) =>
      toStitch(d, ours, former.get(d.message.id)?.sentAt ?? d.message.sentAt),
    );
    const loaded = await loadWorld(tx, asked, former, { settings, ours });
    await needUnmoved(tx, [...former.values()]);
    const messages = asked.map((m) => ({
      ...m,
      deliveredFor: loaded.redirects.get(m.deliveredFor ?? "") ?? m.deliveredFor,
    }));
    const stitched = stitch(loaded.world, messages, settings);
    const heard = await hearers(tx, stitched, former, loaded);
    for (const { customerId, at } of heard.customers) extendToHearer(reach, customerId, at);
    for (const { thread, at } of heard.lines) extendToLine(reach, thread, at);
    if (
      heard.customers.length === 0 ||
      round >= MOST_ROUNDS ||
      !(await gather(tx, reach, drafts, former, policies, ours))
    )
      return { ...loaded, stitched, drafts, former };
  }
}

/** Adds what is within reach; true when that was anything. */
async function gather(
  tx: Tx,
  reach: Reach,
  drafts: Map<string, Draft>,
  former: Map<string, Placement>,
  policies: Policies,
  ours: ReadonlySet<string>,
): Promise<boolean> {
  let grew = false;
  for (let round = 0; round < MOST_ROUNDS && former.size < MOST_AGAIN; round++) {
    const naming = await namedSince(
      tx,
      [...reach.numbers].map(([number, at]) => ({ number, at })),
      [...drafts.keys()],
    );
    const found = await withinReach(tx, {
      messages: naming,
      customers: [...reach.customers].map(([id, at]) => ({ id, at })),
      threads: [...reach.threads].map(([thread, at]) => {
        const [channelId, threadKey] = splitKey(thread);
        return { channelId, threadKey, at };
      }),
      answersTo: [...reach.answersTo].map((key) => {
        const [channelId, externalId] = splitKey(key);
        return { channelId, externalId };
      }),
      except: [...drafts.keys()],
      limit: MOST_AGAIN,
    });
    if (found.length === 0) return grew;
    grew = true;
    const again = new Map(found.map((p) => [p.messageId, p]));
    for (const d of await draftsOfPlaced(tx, found, policies)) {
      drafts.set(d.message.id, d);
      former.set(d.message.id, again.get(d.message.id)!);
      extend(reach, toStitch(d, ours, again.get(d.message.id)!.sentAt));
    }
    if (found.every((p) => !drafts.has(p.messageId))) return grew;
  }
  return grew;
}

/**
 * Customers into whose conversation our words came, or out of whose they went, and the lines in which more was said there: words of ours are
 * evidence for what is said next.
 */
async function hearers(
  tx: Tx,
  stitched: readonly Stitched[],
  former: ReadonlyMap<string, Placement>,
  loaded: LoadedWorld,
): Promise<{ customers: { customerId: string; at: number }[]; lines: { thread: string; at: number }[] }> {
  const ours = stitched.filter((s) => s.message.by === "us");
  const moved = ours.filter((s) => former.get(s.message.id)?.conversationId !== s.decision.conversationId);
  const left = unique(moved.flatMap((s) => former.get(s.message.id)?.conversationId ?? []));
  const unknown = left.filter((id) => !loaded.conversations.has(id));
  const more = new Map((await findConversations(tx, unknown)).map((c) => [c.id, c]));
  const customers = moved.flatMap(({ message, decision }) => {
    const before = former.get(message.id)?.conversationId;
    const now =
      decision.conversationId === null ? undefined : loaded.world.matters.get(decision.conversationId)?.customerId;
    const was = before ? (loaded.conversations.get(before) ?? more.get(before))?.customerId : undefined;
    return [now, was].flatMap((customerId) => (customerId === undefined ? [] : [{ customerId, at: message.at }]));
  });
  const heardIn = moved.flatMap(({ message, decision }) =>
    [decision.conversationId, former.get(message.id)?.conversationId].flatMap((id) =>
      id == null || id.startsWith("new:") ? [] : [{ conversationId: id, at: message.at }],
    ),
  );
  const lines = (await linesSince(tx, heardIn)).map(({ at, ...line }) => ({
    thread: channelKey(line.channelId, line.threadKey),
    at,
  }));
  return { customers, lines };
}
