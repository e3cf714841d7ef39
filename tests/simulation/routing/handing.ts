import type { Decision, Priority } from "../../../server/modules/routing/domain/model.ts";
import type { Instant } from "../../../server/platform/clock.ts";
import type { Checks } from "./checks.ts";
import {
  compareScores,
  DECLINE_LASTS,
  hasDeclined,
  inOrder,
  isBefore,
  isHeldNow,
  isServed,
  MEDIA,
  mayHave,
  type PlainAgent,
  ringOf,
  SHARE,
  scoreOf,
  turnOf,
  unfit,
} from "./plain.ts";
import type { Seen, SeenItem, SeenQueue } from "./seen.ts";

/** So many turns of the others in a row at most: as many as its share of a hundred leaves, and one of each other priority that is owed one, too. */
const passedMost = (priority: Priority): number => Math.ceil(100 / SHARE[priority]) + 3;

/** One decision of handing out, against the picture as it was just before it. */
export function handedOut(seen: Seen, d: Decision, checks: Checks, now: Instant): void {
  const item = seen.items.get(d.itemId);
  const agent = seen.agents.get(d.agentId ?? "");
  if (!item) return;
  if (d.act === "tried-all") allDeclined(seen, item, checks, now);
  if (!agent || (d.act !== "offered" && d.act !== "assigned")) return;
  const queue = seen.queues.get(item.queueId) as SeenQueue;
  const given = `${item.id} to ${agent.id}`;
  checks.expect("R13 presence", agent.presence === "available", () => `${given}, who is ${agent.presence}`);
  checks.expect("R13 conflict", !item.barred.includes(agent.id), () => `${given}, whom it is about`);
  if (item.behind !== null) checks.fault("R8 crowds", `${item.id} is handed out from behind ${item.behind}`);
  if (queue.made.holds || !queue.autoServe)
    checks.expect("R16 opening", isServed(item, queue, now), () => `${item.id} of ${queue.id}, which is closed`);
  if (isHeldNow(item, now))
    checks.expect("R15 sticky hold", item.preferredId === agent.id, () => `${given}, held for ${item.preferredId}`);
  fitsNow(item, agent, queue, checks, now);
  if (item.declines.length > 0)
    checks.expect("R17 decline cycle", !hasDeclined(item, agent.id, now), () => `${given}, who declined it`);
  if (d.act === "offered") {
    const until = d.at + MEDIA[item.medium].offer;
    checks.expect("R12 nothing outlives its time", d.until === until, () => `${given}: an offer until ${d.until}`);
  }
  inTurn(seen, item, agent, d, checks, now);
  scores(seen, item, queue, d, checks, now);
}

function fitsNow(item: SeenItem, agent: PlainAgent, queue: SeenQueue, checks: Checks, now: Instant): void {
  const ring = ringOf(item, now);
  const why = unfit(item, agent, queue, now);
  checks.looked("R9 hard needs", item.needs.length);
  if (ring > 0) checks.looked("R9 rings");
  if (why !== null)
    checks.fault(why.includes("hard") ? "R9 hard needs" : "R9 rings", `${item.id} to ${agent.id}, who ${why}`);
  if (item.ringsAt.some((at, i) => at < (item.ringsAt[i - 1] ?? item.t0)))
    checks.fault("R9 rings", `${item.id}: rings at ${item.ringsAt.join(", ")}`);
}

/** Declines are forgotten when nobody is left who could take it and has not declined, and never before. */
function allDeclined(seen: Seen, item: SeenItem, checks: Checks, now: Instant): void {
  const queue = seen.queues.get(item.queueId) as SeenQueue;
  const left = [...seen.agents.values()].find(
    (agent) =>
      agent.presence === "available" &&
      !item.barred.includes(agent.id) &&
      !hasDeclined(item, agent.id, now) &&
      unfit(item, agent, queue, now) === null,
  );
  const lasts = item.declines.some((one) => now - one.at < DECLINE_LASTS);
  checks.expect(
    "R17 all have declined",
    left === undefined && lasts,
    () => `${item.id}: ${left?.id ?? "nobody"} has not declined`,
  );
}

/** First what is due first (R5); past due each priority in its turn (R8). */
function inTurn(seen: Seen, item: SeenItem, agent: PlainAgent, d: Decision, checks: Checks, now: Instant): void {
  const waiting = [...seen.items.values()].filter((one) => one.state === "queued" && one.behind === null);
  checks.looked("R5 no inversion", waiting.length - 1);
  const queueOf = (one: SeenItem) => seen.queues.get(one.queueId) as SeenQueue;
  const takes = (one: SeenItem, by: PlainAgent) =>
    isServed(one, queueOf(one), now) && mayHave(one, by, queueOf(one), now);
  const servable = (one: SeenItem) => [...seen.agents.values()].some((by) => takes(one, by));
  const line = waiting.sort(inOrder);
  const head = line.find(servable);
  if (!head) {
    checks.fault("R5 no inversion", `${item.id} to ${agent.id}, though nobody could have anything`);
    return;
  }
  const late = !head.crisis && head.due <= now;
  if (!late) {
    if (head !== item) checks.fault("R5 no inversion", `${item.id} went before ${head.id}`);
    const jumped = line.find((one) => one !== item && isBefore(one, item) && takes(one, agent));
    if (jumped) checks.fault("R5 no inversion", `${item.id} went to ${agent.id} before ${jumped.id}`);
    return;
  }
  const queue = queueOf(head);
  const first = new Map<Priority, SeenItem>();
  for (const one of line)
    if (one.queueId === queue.id && !one.crisis && !first.has(one.priority) && servable(one))
      first.set(one.priority, one);
  if (first.get(item.priority) !== item)
    checks.fault(
      "R5 no inversion",
      `${item.id} (${item.priority}) went before ${first.get(item.priority)?.id} in its turn`,
    );
  if (d.figures?.mode !== "overload")
    checks.fault("R8 turns", `${item.id} in mode ${d.figures?.mode} though ${head.id} is past due`);
  const turn = turnOf([...first.values()], queue.passed, now);
  checks.expect(turn.by, turn.item === item, () => `${queue.id}: ${item.id} had the turn of ${turn.item.id}`);
  for (const priority of first.keys()) {
    const passed = (queue.passed.get(priority) ?? 0) + 1;
    queue.passed.set(priority, priority === item.priority ? 0 : passed);
    if (priority === item.priority) continue;
    const most = passedMost(priority);
    checks.expect("R8 turns", passed <= most, () => `${queue.id}: ${priority} was passed over ${passed} times`);
  }
}

/** The record is enough to make the choice again: who could have had it, how they compared, and why this one. */
function scores(seen: Seen, item: SeenItem, queue: SeenQueue, d: Decision, checks: Checks, now: Instant): void {
  const able = [...seen.agents.values()].filter((agent) => mayHave(item, agent, queue, now));
  const should = able.map((agent) => scoreOf(item, agent, queue, now)).sort(compareScores);
  const best = should[0]?.at(-1) === d.agentId;
  const figures = d.figures ?? {};
  const facts = [figures.ring, figures.admitted, figures.due, figures.scores];
  const own = [ringOf(item, now), able.length, item.due, should.slice(0, 3)];
  const [is, ought] = [JSON.stringify(facts), JSON.stringify(own)];
  checks.expect("R18 scores", best && is === ought, () => `${item.id} to ${d.agentId}: ${is}, should be ${ought}`);
}
