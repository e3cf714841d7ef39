import { isDay, nextMorning } from "../calendar.ts";
import type { Fresh } from "../fresh.ts";
import { answerTo, type How } from "../northwind/answers.ts";
import type { Facts } from "../northwind/facts.ts";
import { letter, signed, typed } from "../northwind/manners.ts";
import type { Topic } from "../northwind/topics/topic.ts";
import { tails } from "../northwind/words.ts";
import type { Random } from "../random.ts";
import type { Citizen } from "./people.ts";
import { type Colleague, colleagueFor } from "./roster.ts";
import { iso, type Line, type MessageLine } from "./rows.ts";

export const MINUTE = 60_000;
const ALONE = new Set(["email", "chat", "phone", "wa", "sms"]);
const KINDS: Readonly<Record<string, MessageLine["kind"]>> = {
  ...{ email: "mail", chat: "chat", phone: "call", wa: "chat", sms: "chat", review: "review" },
};
/** Mean minutes until we answer. */
const WAITS: Readonly<Record<string, number>> = {
  ...{ chat: 1.5, phone: 0.4, wa: 9, x: 24, fb: 38, ig: 45, reddit: 120, forum: 90, review: 600, email: 170 },
};
const OUR_HANDLES: Readonly<Record<string, string>> = {
  ...{ email: "care@northwind.example", fb: "northwind.mobile", phone: "+44 20 7946 0000", review: "Northwind Mobile" },
};
export const ourHandle = (network: string): string => OUR_HANDLES[network] ?? "northwind";

/** Numbers messages as networks do: one row of numbers per network. */
export class Numbers {
  readonly #last = new Map<string, number>();
  next(network: string): string {
    const n = (this.#last.get(network) ?? 100_000) + 1;
    this.#last.set(network, n);
    return `${network}-${n}`;
  }
}
export interface World {
  readonly random: Random;
  readonly fresh: Fresh;
  readonly numbers: Numbers;
}

/** One matter being told: a clock of its own, and the lines it has left behind. */
export class Telling {
  readonly lines: Line[] = [];
  readonly facts: Facts;
  readonly topic: Topic;
  readonly who: Citizen;
  at: number;
  /** Waits are this many times the usual. */
  slowness = 1;
  #colleague: Colleague | null = null;
  readonly #world: World;
  /** Where the last word was said, by medium. */
  readonly #last = new Map<string, MessageLine>();
  #latest: MessageLine | null = null;

  constructor(world: World, topic: Topic, who: Citizen, facts: Facts, at: number) {
    this.#world = world;
    this.topic = topic;
    this.who = who;
    this.facts = facts;
    this.at = at;
  }

  /** The customer speaks; public unless the medium is private or `dm`. Long media get a letter around the sentences. */
  customer(
    network: string,
    templates: readonly string[],
    opts: { dm?: boolean; glad?: boolean; by?: Citizen; stars?: number; over?: Record<string, string> } = {},
  ): MessageLine {
    const { random, fresh } = this.#world;
    const { dm = false, glad = false, by = this.who } = opts;
    const alone = dm || ALONE.has(network);
    const over = { ...spokenTo(network, alone), ...opts.over };
    const text = fresh.unlike((tries) => {
      const template = random.pick(templates);
      const opener = templates === this.topic.voice.open;
      const said = this.facts.say(alone ? template.replace(/^\{(us|at)\}\s*/, "") : template, over);
      const more = opener ? this.#more(network, over) : [];
      if (tries > 3 && !(glad && tries < 8)) more.push(this.facts.say(random.pick(this.#tails().theirs), over));
      if (network === "email") return letter([said, ...more], by.name, this.facts.language, random);
      const all = [said, ...more].join(" ");
      return network === "phone" ? all : typed(all, by.manner, this.facts.language, glad, random);
    }, this.facts);
    if (by === this.who) this.facts.hear(text);
    return this.#add(network, alone, by === this.who || alone ? "customer" : "bystander", by, text, {
      stars: opts.stars,
    });
  }

  /** We answer, after the wait that is usual here; nobody but the partner's people answers at night. */
  house(network: string, how: How, opts: { dm?: boolean; wait?: number } = {}): MessageLine {
    const { random, fresh } = this.#world;
    const alone = (opts.dm ?? false) || ALONE.has(network);
    const wait = opts.wait ?? WAITS[network] ?? 30;
    this.later(wait * this.slowness);
    const patient = network === "email" || network === "review" || network === "forum" || this.facts.language !== "en";
    if (patient && !isDay(this.at)) this.at = nextMorning(this.at) + Math.round(random.around(40) * MINUTE);
    if (!this.#colleague || !isDay(this.at) || random.chance(0.15))
      this.#colleague = colleagueFor(this.facts.language, this.at, random);
    const colleague = this.#colleague;
    const text = fresh.unlike((tries) => {
      const answer = answerTo(this.topic, this.facts, how, random);
      const tail = tries > 3 ? ` ${this.facts.say(random.pick(this.#tails().ours))}` : "";
      return signed(answer + tail, opts.dm ? "dm" : network, colleague, this.facts.language, this.who.first);
    }, this.facts);
    this.facts.set("comma_me", random.chance(0.5) ? `, ${colleague.name.split(" ")[0]}` : "");
    return this.#add(network, alone, "company", null, text, {});
  }

  /** The clock of this matter goes on by about so many minutes. */
  later(meanMinutes: number): void {
    this.at += Math.round(this.#world.random.around(meanMinutes) * MINUTE) + 4_000 + this.#world.random.int(9_000);
  }

  /** The work ends some minutes after the last word. */
  end(outcome: string): void {
    if (!this.#latest) return;
    this.lines.push({
      ...{
        type: "outcome",
        message: this.#latest.id,
        channel: this.#latest.channel,
        at: iso(this.at + MINUTE),
        outcome,
        about: this.topic.kind,
      },
      ...(this.#colleague ? { agent: this.#colleague.email } : {}),
    });
  }

  #tails() {
    return tails[this.facts.language] ?? tails.en!;
  }

  #more(network: string, over: Record<string, string>): string[] {
    const { random } = this.#world;
    const { more = [], ask = [] } = this.topic.voice;
    const roomy =
      network === "email"
        ? 2
        : network === "forum" || network === "review" || network === "reddit" || network === "phone"
          ? 1
          : 0;
    const sentences: string[] = [];
    const wanted = roomy + (roomy > 0 && random.chance(0.4) ? 1 : 0);
    for (let i = 0, left = [...more]; i < wanted && left.length > 0; i++) {
      const pick = random.pick(left);
      left = left.filter((t) => t !== pick);
      sentences.push(this.facts.say(pick, over));
    }
    if (ask.length > 0 && random.chance(roomy > 0 ? 0.7 : 0.12)) sentences.push(this.facts.say(random.pick(ask), over));
    return sentences;
  }

  #add(
    network: string,
    alone: boolean,
    as: "customer" | "bystander" | "company",
    by: Citizen | null,
    text: string,
    extra: { stars?: number | undefined },
  ): MessageLine {
    const medium = `${network} ${alone}`;
    const before = this.#last.get(medium);
    // Who passes by answers the first post; everybody else the last word of the line. A chat, a call and DMs know no reply.
    const replies = before && (!alone || network === "email");
    const line: MessageLine = {
      ...{ type: "message", id: this.#world.numbers.next(network), at: iso(this.at), channel: network, private: alone },
      ...{
        by: as === "company" ? "company" : "customer",
        from: by ? by.handleOn(network) : ourHandle(network),
        name: by?.name ?? "Northwind Mobile",
      },
      ...(as === "company"
        ? { to: this.who.handleOn(network), agent: this.#colleague!.email }
        : { followers: by!.followers }),
      ...(alone && as === "customer" ? { to: ourHandle(network) } : {}),
      ...(replies ? { reply_to: before.id } : {}),
      ...{ text, lang: this.facts.language, kind: KINDS[network] ?? (alone ? "dm" : before ? "comment" : "post") },
      ...(extra.stars ? { stars: extra.stars } : {}),
    };
    if (network === "phone" || network === "chat") line.thread = before?.thread ?? `${network}-session-${line.id}`;
    this.lines.push(line);
    if (as !== "bystander") this.#last.set(medium, line);
    this.#latest = line;
    return line;
  }

  /** Forgets the line of a medium: what is said there next begins a new session. */
  hangUp(network: string, dm = false): void {
    this.#last.delete(`${network} ${dm || ALONE.has(network)}`);
  }
}

/** How people name us where they speak. */
function spokenTo(network: string, alone: boolean): Record<string, string> {
  if (alone) return { us: "Northwind", at: "Northwind" };
  if (network === "review" || network === "forum" || network === "reddit") return { us: "Northwind", at: "Northwind" };
  if (network === "fb") return { at: "Northwind" };
  return {};
}
