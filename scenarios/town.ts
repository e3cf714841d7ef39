import { Fresh } from "./fresh.ts";
import { Facts } from "./northwind/facts.ts";
import { typed } from "./northwind/manners.ts";
import { topics } from "./northwind/topics/index.ts";
import type { Topic } from "./northwind/topics/topic.ts";
import { tails, thanks } from "./northwind/words.ts";
import { type Citizen, People } from "./past/people.ts";
import { type Random, seeded } from "./random.ts";

export interface Person {
  handle: string;
  name: string;
  followers: number;
  language: string;
}
export type Speech = "post" | "reply" | "dm" | "edit" | "delete";
/** One thing a person of the town does on the playground. `matter` and `step` tell where in a story it stands. */
export interface Act {
  at: number;
  matter: number;
  step: number;
  who: Person;
  do: Speech;
  text: string;
  kind: string;
}
interface Step {
  do: Speech;
  says: readonly string[];
  /** A mean delay after the step before, or after our answer (then it is only played if we answered). */
  after: "previous" | "answer";
  meanMinutes: number;
  /** Share of the people who take this step at all. */
  share: number;
  glad?: boolean;
  bystander?: boolean;
}
interface Running {
  id: number;
  topic: Topic;
  facts: Facts;
  steps: readonly Step[];
  who: Person;
  citizen: Citizen;
  lastText: string;
  next: number;
  dueAt: number | null;
}

const MINUTE = 60_000;
/** What was said so many sayings ago may be said again. */
const REMEMBERED = 5_000;

/**
 * A town of people who speak on the playground, now. Pure: time and chance are handed in, the caller performs the acts and tells
 * when the company answered a matter. The same seed and the same answers give the same town.
 */
export class Town {
  readonly #random: Random;
  readonly #fresh: Fresh;
  readonly #people: People;
  readonly #known = new Map<Citizen, Person>();
  readonly #running = new Map<number, Running>();
  #last = 0;

  constructor(seed: string) {
    this.#random = seeded(seed);
    this.#fresh = new Fresh(this.#random, REMEMBERED);
    this.#people = new People(this.#random);
  }

  /** Somebody comes with a matter at an instant. `only` names a kind; `place` is where it happens. */
  begin(at: number, only?: string, place?: string): void {
    const topic = only
      ? this.#random.pick(topics.filter((t) => t.kind === only && t.language === "en"))
      : this.#weighted();
    if (!topic) throw new Error(`the town knows no matter "${only}"`);
    const citizen = this.#people.someone(topic.language, topic.followers);
    const facts = new Facts(this.#random, topic.language, at, { first: citizen.first, ...(place ? { place } : {}) });
    this.#running.set(++this.#last, {
      ...{ id: this.#last, topic, facts, steps: stepsOf(topic), citizen, who: this.#person(citizen) },
      ...{ lastText: "", next: 0, dueAt: at },
    });
  }

  /** How many stories are not told to the end. */
  running(): number {
    return this.#running.size;
  }

  /** The instant of the next act, or null. */
  nextAt(): number | null {
    let first: number | null = null;
    for (const r of this.#running.values())
      if (r.dueAt !== null && (first === null || r.dueAt < first)) first = r.dueAt;
    return first;
  }

  /** All acts due up to an instant, in order of time. */
  due(now: number): Act[] {
    const acts: Act[] = [];
    for (;;) {
      const ready = [...this.#running.values()]
        .filter((r) => r.dueAt !== null && r.dueAt <= now)
        .sort((a, b) => a.dueAt! - b.dueAt! || a.id - b.id)[0];
      if (!ready) return acts;
      acts.push(this.#play(ready));
    }
  }

  /** The company answered: what people do upon an answer comes due. */
  answered(matter: number, at: number): void {
    const r = this.#running.get(matter);
    if (!r) return;
    const step = r.steps[r.next];
    if (r.dueAt === null && step?.after === "answer") r.dueAt = at + this.#delay(step);
  }

  #play(r: Running): Act {
    const step = r.steps[r.next]!;
    const by = step.bystander ? this.#people.someone(r.topic.language) : r.citizen;
    const text =
      step.do === "edit"
        ? `${r.lastText} ${this.#fresh.say(r.facts, ["(edited: [it is {plan}, if that helps|forgot to say, {place}|the {device}, by the way])"])}`
        : this.#fresh.unlike((tries) => {
            const over: Record<string, string> = step.do === "dm" ? { us: "Northwind", at: "Northwind" } : {};
            const said = r.facts.say(this.#random.pick(step.says), over);
            const { theirs } = tails[r.topic.language] ?? tails.en!;
            const more = tries > 3 ? ` ${r.facts.say(this.#random.pick(theirs), over)}` : "";
            return typed(said + more, by.manner, r.topic.language, step.glad ?? false, this.#random);
          }, r.facts);
    const act: Act = {
      at: r.dueAt!,
      matter: r.id,
      step: r.next,
      who: this.#person(by),
      do: step.do,
      text,
      kind: r.topic.kind,
    };
    if (!step.bystander) r.lastText = text;
    this.#advance(r, act.at);
    return act;
  }

  /** Moves to the next step that this person takes; the story ends when none is left. */
  #advance(r: Running, at: number): void {
    r.dueAt = null;
    for (r.next++; r.next < r.steps.length; r.next++) {
      const step = r.steps[r.next]!;
      if (!this.#random.chance(step.share)) continue;
      if (step.after === "previous") r.dueAt = at + this.#delay(step);
      return;
    }
    this.#running.delete(r.id);
  }

  #delay(step: Step): number {
    return Math.round(this.#random.around(step.meanMinutes) * MINUTE);
  }

  #weighted(): Topic {
    let left = this.#random.next() * topics.reduce((sum, t) => sum + t.weight, 0);
    for (const t of topics) {
      left -= t.weight;
      if (left <= 0) return t;
    }
    return topics[0]!;
  }

  /** The playground takes handles of 2 to 20 letters, digits and underscores. */
  #person(citizen: Citizen): Person {
    const known = this.#known.get(citizen);
    if (known) return known;
    const { name, followers, language } = citizen;
    const person = { handle: citizen.handleOn("playground"), name, followers, language };
    this.#known.set(citizen, person);
    return person;
  }
}

/** What somebody does about a matter, one after the other. */
function stepsOf({ course, voice, language }: Topic): readonly Step[] {
  const step = (
    does: Speech,
    says: readonly string[] | undefined,
    after: Step["after"],
    meanMinutes: number,
    share: number,
    more: Partial<Step> = {},
  ): Step[] => (says && says.length > 0 ? [{ do: does, says, after, meanMinutes, share, ...more }] : []);
  const ta = thanks[language] ?? thanks.en!;
  const passing = (share: number) => step("reply", voice.bystander, "previous", 12, share, { bystander: true });
  if (course === "direct")
    return [
      ...step("dm", voice.open, "previous", 0, 1),
      ...step("dm", voice.private, "answer", 12, 0.6),
      ...step("dm", voice.notYet, "answer", 60, 0.15),
      ...step("dm", ta, "answer", 20, 0.4, { glad: true }),
    ];
  const first = step("post", voice.open, "previous", 0, 1, { glad: course === "praise" });
  if (course === "praise") return first;
  if (course === "talk") return [...first, ...passing(0.25)];
  if (course === "viral")
    return [
      ...first,
      ...passing(0.95),
      ...passing(0.9),
      ...passing(0.8),
      ...step("reply", voice.notYet, "answer", 30, 0.5),
    ];
  return [
    ...first,
    ...step("edit", voice.open, "previous", 3, 0.04),
    ...passing(0.22),
    ...step("dm", voice.private, "answer", 18, 0.4),
    ...step("reply", voice.notYet, "answer", 190, 0.22),
    ...step("reply", ta, "answer", 25, 0.35, { glad: true }),
  ];
}
