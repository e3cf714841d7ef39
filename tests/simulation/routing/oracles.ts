import type { Decision, Item, World } from "../../../server/modules/routing/domain/model.ts";
import type { Checks } from "./checks.ts";
import { capOf, countOf, loadOf, MEDIA, noRoom, type PlainAgent } from "./plain.ts";
import type { Seen, SeenItem } from "./seen.ts";

/** What is known of an act from outside: it may change what no decision tells. */
export interface Act {
  /** Whose place a person may move: the priority was set by hand. */
  readonly moves: Set<string>;
  /** Agents who were asked in over their capacity, with the right to it. */
  readonly exceeds: Set<string>;
  /** Items whose customer waited when it began. */
  readonly ran: Set<string>;
  /** Agents whose parked work woke in bulk. */
  readonly wakes: Set<string>;
}
export const newAct = (): Act => ({ moves: new Set(), exceeds: new Set(), wakes: new Set(), ran: new Set() });

const isOver = (agent: PlainAgent): boolean => {
  const { shared, calls, firm } = loadOf(agent);
  if (shared > agent.budget || calls > 1 || (calls > 0 && firm > 0)) return true;
  return [...agent.carries].some(({ medium }) => countOf(agent, medium) > capOf(agent, medium));
};

/** After each single decision: one owner (R1), room (R2, R3), holds (R15), reasons (R18), and what ends (R7). */
export class EveryPrefix {
  readonly seen: Seen;
  readonly checks: Checks;
  /** Who carried an item before the decisions that are told of it now: to go on with it takes no more room. */
  #carried: { id: string; by: readonly string[] } | null = null;
  constructor(seen: Seen, checks: Checks) {
    this.seen = seen;
    this.checks = checks;
  }
  hear(d: Decision, act: Act): void {
    const { seen, checks } = this;
    const item = seen.items.get(d.itemId);
    this.#reasons(d);
    if (d.act !== "over-capacity" && item && (item.state === "done" || item.state === "withdrawn"))
      checks.fault("R7 done is final", `${d.act} of ${d.itemId}, which is ${item.state}`);
    if (d.act === "ended") checks.looked("R7 done is final");
    const agent = seen.agents.get(d.agentId ?? "");
    if (item && d.act !== "interrupted" && this.#carried?.id !== item.id)
      this.#carried = { id: item.id, by: item.carriers };
    if (item && agent && (d.act === "offered" || d.act === "assigned" || d.act === "joined"))
      this.#given(item, agent, d, act);
    if (item && d.act === "held") this.#held(item, d);
    seen.hear(d);
    if (agent && (d.act === "offered" || d.act === "assigned" || d.act === "joined")) {
      if (seen.over.has(agent.id) || act.exceeds.has(agent.id)) return;
      checks.expect(
        "R2 capacity",
        !isOver(agent),
        () => `${agent.id} carries ${show(agent)} after ${d.act} of ${d.itemId}`,
      );
    }
  }
  /** Another act begins. */
  next(): void {
    this.#carried = null;
  }
  #reasons(d: Decision): void {
    const said = d.reasons.length > 0 && d.reasons.every(({ code, text }) => code !== "" && text !== "");
    this.checks.expect("R18 reasons", said || d.act === "queued", () => `${d.act} of ${d.itemId} has no reason`);
  }
  #given(item: SeenItem, agent: PlainAgent, d: Decision, act: Act): void {
    const { checks } = this;
    const { state, ownerId, offer } = item;
    const by = `${d.act} ${d.how ?? ""} of ${item.id} to ${agent.id}`;
    const joins = d.act === "joined";
    const one = joins
      ? state === "active" && ownerId !== agent.id && !item.guests.includes(agent.id)
      : d.how === "offer"
        ? state === "offered" && offer?.agentId === agent.id
        : d.how === "assigned" || d.how === "handed-over"
          ? state !== "offered" && state !== "wrapup"
          : state === "queued" || (d.how === "taken" && (ownerId === agent.id || ownerId === null) && offer === null);
    checks.expect("R1 one owner", one, () => `${by}, which is ${state} with ${ownerId ?? offer?.agentId ?? "nobody"}`);
    checks.expect("R13 conflict", !item.barred.includes(agent.id), () => `${by}, whom it is about`);
    // Whoever has it held out or is a guest of it carries it already.
    if (this.#carried?.by.includes(agent.id)) return;
    if (d.overCapacity) act.exceeds.add(agent.id);
    const why = noRoom(agent, item);
    if (MEDIA[item.medium].exclusive || loadOf(agent).calls > 0) checks.looked("R3 exclusive work");
    if (why === null || act.exceeds.has(agent.id)) return;
    checks.fault(why === "R3" ? "R3 exclusive work" : "R2 capacity", `${by}, who carries ${show(agent)}`);
  }
  #held(item: SeenItem, d: Decision): void {
    const { sticky } = MEDIA[item.medium];
    const long = (d.until as number) - d.at;
    this.checks.expect("R15 sticky hold", long > 0 && long <= sticky, () => `${item.id} is held for ${long} ms`);
  }
}
const show = (agent: PlainAgent) =>
  `${JSON.stringify(loadOf(agent))} of ${agent.budget}: ${[...agent.carries].map((item) => `${item.id} ${item.medium}`).join(", ")}`;

/** After each act, before anything is handed out: places (R6), what the tables would hold (R12), and wake-ups (R14). */
export function afterAct(seen: Seen, world: World, checks: Checks, act: Act): void {
  for (const id of world.touched) {
    const [was, item] = [seen.items.get(id), world.items.get(id)];
    if (!was || !item) continue;
    samePlace(was, item, checks, act);
  }
  for (const id of act.wakes) {
    const agent = seen.agents.get(id);
    if (!agent) continue;
    const fits = seen.over.has(id) || act.exceeds.has(id) || !isOver(agent);
    checks.expect("R14 wake-up", fits, () => `${id} carries ${show(agent)} after a wake-up`);
  }
}

/** Neither t0 nor the due time of somebody who waits goes back, but by an answer or the word of a person. */
function samePlace(was: SeenItem, item: Item, checks: Checks, act: Act): void {
  if (was.state === "born" || item.clock !== "running" || !act.ran.has(item.id)) return;
  const kept = item.t0 <= was.t0 && (item.due <= was.due || act.moves.has(item.id));
  checks.expect("R6 place is kept", kept, () => `${item.id}: t0 ${was.t0} → ${item.t0}, due ${was.due} → ${item.due}`);
}
