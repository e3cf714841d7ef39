import type { Random } from "../../scenarios/random.ts";
import { MINUTE } from "../../server/platform/clock.ts";
import type { SimulatedNetwork } from "./crashing-network.ts";

const THINGS = [
  "router",
  "SIM card",
  "bill",
  "roaming pass",
  "contract",
  "phone",
  "parcel",
  "app",
  "voucher",
  "number",
];
const PLACES = ["Leeds", "Cardiff", "Ghent", "Porto", "Malmö", "Brno", "Cork", "Turin"];
const OPENINGS = [
  "@northwind my {thing} does not work since {hour} o'clock in {place}, order {number}. Can you help?",
  "@northwind when will the {thing} I ordered under {number} arrive in {place}?",
  "Charged twice for my {thing} again, {number} on the bill. @northwind this is not good enough!",
  "@northwind how do I move my {thing} to another address in {place}? Ref {number}",
  "No signal in {place} since {hour}. @northwind what is going on? Ticket {number}",
  "@northwind I want to cancel my {thing}, nobody answers the phone. {number}",
  "Does anybody know whether Northwind Mobile has trouble in {place}? My {thing} is dead since {hour}, {number}",
];
const CASUAL = [
  "Love the new shop of Northwind in {place}, number {number} in the queue and still smiling",
  "Lunch in {place} at {hour}, {number} steps today",
  "WIN A FREE {thing}!!! Click http://win.example/{number} now @northwind",
];
const MORE = [
  "Still waiting, {number} is the number.",
  "And now the {thing} is gone as well!",
  "I restarted it at {hour}, nothing changed.",
  "Which form do you mean? {number}",
];
const THANKS = ["Thank you, that helped!", "Thanks a lot, works again.", "Great, thanks for the quick answer {number}"];

interface Said {
  who: string;
  kind: "posts" | "dms";
  id: string;
  at: number;
}

/** People of the network: they speak, answer, edit, delete, write privately and thank, by seed. */
export class Crowd {
  readonly #network: SimulatedNetwork;
  readonly #random: Random;
  readonly #said: Said[] = [];
  #people = 0;
  #answersSeen = 0;

  constructor(network: SimulatedNetwork, random: Random) {
    this.#network = network;
    this.#random = random;
  }

  /** One act of somebody. Returns what it was. */
  async act(now: number): Promise<string> {
    const drawn = this.#random.next();
    const recent = this.#said.filter((s) => now - s.at < 3 * 24 * 60 * MINUTE).slice(-40);
    if (drawn < 0.5 || recent.length === 0) return this.#open(now, OPENINGS);
    if (drawn < 0.58) return this.#open(now, CASUAL);
    const before = this.#random.pick(recent);
    if (drawn < 0.74) return this.#again(before, now, MORE);
    if (drawn < 0.8) return this.#again(before, now, MORE, await this.#somebody());
    if (drawn < 0.88) return this.#dm(await this.#somebody(), now, OPENINGS);
    if (drawn < 0.95) return this.#edit(before);
    return this.#remove(before);
  }

  /** Whoever was answered since the last look: what they do about it, with how long they take. */
  answered(): { after: number; act: (now: number) => Promise<string> }[] {
    const { state } = this.#network.net;
    const fresh = state.accepted.slice(this.#answersSeen).filter((a) => a.via === "api");
    this.#answersSeen = state.accepted.length;
    return fresh.flatMap((answer) => {
      const said =
        this.#said.find((s) => s.id === answer.parentId) ??
        this.#said.findLast((s) => s.who === answer.to || state.byHandle.get(s.who)?.id === answer.to);
      const drawn = this.#random.next();
      if (!said || drawn > 0.75) return [];
      const texts = drawn < 0.45 ? THANKS : MORE;
      const after = Math.round(this.#random.around(40) * MINUTE);
      return [{ after, act: (now: number) => this.#again({ ...said, id: said.id }, now, texts) }];
    });
  }

  async #somebody(): Promise<string> {
    if (this.#people > 4 && this.#random.chance(0.7)) return `person_${1 + this.#random.int(this.#people)}`;
    const handle = `person_${++this.#people}`;
    await this.#network.person(handle, "PUT", "/people", {
      people: [{ handle, name: `Person ${this.#people}`, followers: this.#random.int(5_000) }],
    });
    return handle;
  }

  async #open(now: number, texts: readonly string[]): Promise<string> {
    const who = await this.#somebody();
    const post = await this.#network.person(who, "POST", "/posts", { text: this.#fill(texts) });
    this.#said.push({ who, kind: "posts", id: post.id, at: now });
    return `${who} posts ${post.id}`;
  }

  async #again(before: Said, now: number, texts: readonly string[], who = before.who): Promise<string> {
    if (before.kind === "dms") return this.#dm(before.who, now, texts);
    const post = await this.#network
      .person(who, "POST", "/posts", { text: this.#fill(texts), parentId: before.id })
      .catch(gone);
    if (!post) return "answers a deleted post: refused";
    this.#said.push({ who, kind: "posts", id: post.id, at: now });
    return `${who} answers ${before.id} with ${post.id}`;
  }

  async #dm(who: string, now: number, texts: readonly string[]): Promise<string> {
    const dm = await this.#network.person(who, "POST", "/dms", { to: "northwind", text: this.#fill(texts) });
    this.#said.push({ who, kind: "dms", id: dm.id, at: now });
    return `${who} writes ${dm.id}`;
  }

  async #edit(said: Said): Promise<string> {
    const text = this.#fill(OPENINGS);
    const done = await this.#network.person(said.who, "PATCH", `/${said.kind}/${said.id}`, { text }).catch(gone);
    return done ? `${said.who} edits ${said.id}` : "edits what is deleted: refused";
  }

  async #remove(said: Said): Promise<string> {
    await this.#network.person(said.who, "DELETE", `/${said.kind}/${said.id}`);
    return `${said.who} deletes ${said.id}`;
  }

  #fill(texts: readonly string[]): string {
    const words: Record<string, () => string> = {
      thing: () => this.#random.pick(THINGS),
      place: () => this.#random.pick(PLACES),
      hour: () => String(1 + this.#random.int(12)),
      number: () => `NW-${10_000 + this.#random.int(89_999)}`,
    };
    return this.#random.pick(texts).replace(/\{(\w+)\}/g, (_all, slot: string) => words[slot]!());
  }
}

function gone(error: Error): null {
  if (/: 410 /.test(error.message)) return null;
  throw error;
}
