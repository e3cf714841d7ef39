import type { Item, World } from "../../../server/modules/routing/domain/model.ts";
import type { Instant } from "../../../server/platform/clock.ts";
import type { Checks } from "./checks.ts";
import { isHeldNow, isServed, MEDIA, mayHave } from "./plain.ts";
import type { Seen, SeenItem, SeenQueue } from "./seen.ts";

/** What holds when a step is over and nothing moves until the clock does or somebody acts. */
export function whenQuiet(seen: Seen, world: World, checks: Checks, now: Instant): void {
  for (const item of seen.items.values()) {
    if (item.state === "queued") waits(item, seen, checks, now);
    const { offer } = item;
    if (offer) {
      const { presence } = seen.agents.get(offer.agentId) as { presence: string };
      checks.expect(
        "R13 presence",
        presence === "available",
        () => `${item.id} is held out to ${offer.agentId}: ${presence}`,
      );
    }
    const ends = offer?.expiresAt ?? item.wrapUntil ?? (item.state === "parked" ? item.wakesAt : null);
    if (ends !== null)
      checks.expect(
        "R12 nothing outlives its time",
        ends > now,
        () => `${item.id}: ${item.state} until ${ends}, now ${now}`,
      );
  }
  for (const [id, agent] of seen.agents) {
    const { presence } = world.agents.get(id) as { presence: string };
    if (presence !== agent.presence) checks.fault("R13 presence", `${id} is ${presence}, should be ${agent.presence}`);
  }
  besideCalls(world, checks);
  nothingLost(seen, world, checks);
}

function waits(item: SeenItem, seen: Seen, checks: Checks, now: Instant): void {
  const queue = seen.queues.get(item.queueId) as SeenQueue;
  if (queue.made.holds) checks.looked("R16 opening");
  if (item.behind !== null || !isServed(item, queue, now)) return;
  for (const agent of seen.agents.values()) {
    if (agent.presence !== "available") continue;
    checks.looked("R4 work conservation");
    if (mayHave(item, agent, queue, now))
      checks.fault("R4 work conservation", `${item.id} waits though ${agent.id} could take it`);
  }
  const { stickyUntil } = item;
  if (!isHeldNow(item, now) || stickyUntil === null) return;
  const latest = item.due - MEDIA[item.medium].reserve;
  checks.expect(
    "R15 sticky hold",
    stickyUntil <= latest,
    () => `${item.id} is held until ${stickyUntil}, reserved from ${latest}`,
  );
}

/** What an agent has beside a call is marked held, and nothing else is. */
function besideCalls(world: World, checks: Checks): void {
  for (const item of world.items.values()) {
    if (item.heldFor === null) continue;
    const call = world.items.get(item.heldFor);
    const beside = item.state === "active" && call?.state === "active" && call.ownerId === item.ownerId;
    checks.expect(
      "R3 held beside a call",
      beside,
      () =>
        `${item.id} (${item.state}, ${item.ownerId}) is held for ${item.heldFor} (${call?.state}, ${call?.ownerId})`,
    );
  }
}

/** Every item that came in is there once, or has ended. */
function nothingLost(seen: Seen, world: World, checks: Checks): void {
  const { created, ended, items } = seen;
  checks.looked("R7 nothing is lost");
  if (items.size !== world.items.size || created !== items.size + seen.forgotten)
    checks.fault(
      "R7 nothing is lost",
      `${created} came, ${ended.done + ended.withdrawn} ended, ${items.size} are known, ${world.items.size} are there`,
    );
  for (const id of items.keys())
    if (!world.items.has(id)) checks.fault("R7 nothing is lost", `${id} is not there any more`);
}

/** What the decisions come to is what the tables would hold (R12). */
export function sameAsFold(seen: Seen, ids: Iterable<string>, world: World, checks: Checks): void {
  for (const id of ids) {
    const [told, item] = [seen.items.get(id), world.items.get(id)];
    if (!told || !item) continue;
    const [should, is] = [foldOf(told), factsOf(item)];
    checks.expect("R12 fold", should === is, () => `${id} is ${is}, its decisions come to ${should}`);
  }
}
const foldOf = (i: SeenItem) =>
  JSON.stringify([
    i.state,
    i.state === "done" || i.state === "withdrawn" ? null : i.ownerId,
    i.offer,
    i.guests,
    i.barred,
    i.behind,
    i.wakesAt,
    i.wrapUntil,
  ]);
const factsOf = (i: Item) =>
  JSON.stringify([
    ...[i.state, i.state === "done" || i.state === "withdrawn" ? null : i.ownerId],
    i.offer && { id: i.offer.id, agentId: i.offer.agentId, expiresAt: i.offer.expiresAt },
    ...[i.guests.map((guest) => guest.agentId), i.barred, i.behind, i.wakesAt, i.wrapUntil],
  ]);
