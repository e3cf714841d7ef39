import { type Matter, matters, type Speech, type Step } from "./northwind/matters.ts";
import { firstNames, lastNames, slots } from "./northwind/words.ts";
import type { Random } from "./random.ts";
import { seeded } from "./random.ts";

export interface Person {
  handle: string;
  name: string;
  followers: number;
  language: string;
}
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
interface Running {
  id: number;
  matter: Matter;
  who: Person;
  bystanders: Person[];
  next: number;
  dueAt: number | null;
  answers: number;
}

const MINUTE = 60_000;

/**
 * A town of people who speak on the playground. Pure: time and chance are handed in, the caller performs the acts and tells
 * when the company answered a matter. The same seed and the same answers give the same town.
 */
export class Town {
  readonly #random: Random;
  readonly #people: Person[] = [];
  readonly #running = new Map<number, Running>();
  readonly #said = new Set<string>();
  #last = 0;

  constructor(seed: string, size = 140) {
    this.#random = seeded(seed);
    const taken = new Set<string>();
    for (let i = 0; i < size; i++) {
      const first = this.#random.pick(firstNames);
      const last = this.#random.pick(lastNames);
      let handle = `${first}_${last}`.toLowerCase().slice(0, 18);
      for (let n = 2; taken.has(handle); n++) handle = `${first}${last}`.toLowerCase().slice(0, 17) + n;
      taken.add(handle);
      this.#people.push({ handle, name: `${first} ${last}`, followers: 0, language: "en" });
    }
  }

  people(): readonly Person[] {
    return this.#people;
  }

  /** Somebody comes with a matter at an instant. `only` names a kind. */
  begin(at: number, only?: string): void {
    const matter = only ? matters.find((m) => m.kind === only) : this.#weighted();
    if (!matter) throw new Error(`the town knows no matter "${only}"`);
    const who = this.#someone(matter);
    this.#running.set(++this.#last, { id: this.#last, matter, who, bystanders: [], next: 0, dueAt: at, answers: 0 });
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
    r.answers++;
    const step = r.matter.steps[r.next];
    if (r.dueAt === null && step?.after === "answer") r.dueAt = at + this.#delay(step);
  }

  #play(r: Running): Act {
    const step = r.matter.steps[r.next]!;
    const who = step.by === "bystander" ? this.#bystander(r) : r.who;
    const act: Act = {
      at: r.dueAt!,
      matter: r.id,
      step: r.next,
      who,
      do: step.do,
      text: this.#fill(this.#random.pick(step.says)),
      kind: r.matter.kind,
    };
    this.#advance(r, act.at);
    return act;
  }

  /** Moves to the next step that this person takes; the story ends when none is left. */
  #advance(r: Running, at: number): void {
    r.dueAt = null;
    for (r.next++; r.next < r.matter.steps.length; r.next++) {
      const step = r.matter.steps[r.next]!;
      if (!this.#random.chance(step.share ?? 1)) continue;
      if (step.after === "previous") r.dueAt = at + this.#delay(step);
      return;
    }
    this.#running.delete(r.id);
  }

  #delay(step: Step): number {
    return Math.round(this.#random.around(step.meanMinutes) * MINUTE);
  }

  #weighted(): Matter {
    let left = this.#random.next() * matters.reduce((sum, m) => sum + m.weight, 0);
    for (const m of matters) {
      left -= m.weight;
      if (left <= 0) return m;
    }
    return matters[0]!;
  }

  #someone(matter: Matter): Person {
    const person = this.#random.pick(this.#people);
    const [low, high] = matter.followers ?? [0, 200];
    if (person.followers === 0 || high >= 10_000) person.followers = low + this.#random.int(high - low + 1);
    person.language = matter.language ?? "en";
    return person;
  }

  #bystander(r: Running): Person {
    const other = this.#random.pick(this.#people.filter((p) => p !== r.who));
    r.bystanders.push(other);
    return other;
  }

  /** Fills slots; a sentence that was said before is filled anew, so that no two in view are alike. */
  #fill(template: string): string {
    let text = template;
    for (let tries = 0; tries < 12; tries++) {
      text = template.replace(/\{(\w+)\}/g, (_all, slot: string) => this.#random.pick(slots[slot] ?? [slot]));
      text = text.charAt(0).toUpperCase() + text.slice(1);
      if (!this.#said.has(text)) break;
    }
    this.#said.add(text);
    return text;
  }
}

/** How busy a town is at an hour of the local day and a weekday, 1 in the middle: nights are quiet, evenings full. */
export function busyness(hour: number, weekday: number): number {
  const byHour = [
    0.15, 0.08, 0.05, 0.05, 0.08, 0.2, 0.5, 0.9, 1.3, 1.5, 1.5, 1.4, 1.4, 1.3, 1.3, 1.3, 1.4, 1.6, 1.8, 1.8, 1.6, 1.3,
    0.8, 0.4,
  ];
  return (byHour[hour] ?? 1) * (weekday === 0 || weekday === 6 ? 0.7 : 1.1);
}
