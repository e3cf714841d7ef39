import type { Facts } from "./northwind/facts.ts";
import type { Random } from "./random.ts";

const TRIES = 14;

/** Says things so that nothing that was said lately is said again. */
export class Fresh {
  readonly #said = new Set<string>();
  readonly #random: Random;
  readonly #remember: number;

  constructor(random: Random, remember = 100_000) {
    this.#random = random;
    this.#remember = remember;
  }

  /**
   * One of the templates, filled from the matter. What a rejected try had drawn is forgotten again, so a matter knows only
   * what was said. `finish` turns the sentence into what is seen (typing, greeting, name).
   */
  say(
    facts: Facts,
    templates: readonly string[],
    over: Readonly<Record<string, string>> = {},
    finish = (text: string) => text,
  ): string {
    return this.unlike(() => finish(facts.say(this.#random.pick(templates), over)), facts);
  }

  /** Any maker of texts, tried again while it repeats what was said; it is told how often it has been asked. */
  unlike(make: (tries: number) => string, facts?: Facts): string {
    for (let tries = 1; ; tries++) {
      const before = facts?.mark();
      const text = make(tries);
      if (tries < TRIES && this.#said.has(text)) {
        if (before) facts!.back(before);
        continue;
      }
      this.#said.add(text);
      if (this.#said.size > this.#remember) for (const old of this.#said) return this.#forget(old, text);
      return text;
    }
  }
  #forget(old: string, text: string): string {
    this.#said.delete(old);
    return text;
  }
}
