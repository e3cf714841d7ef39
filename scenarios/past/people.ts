import { type Manner, mannerOf } from "../northwind/manners.ts";
import { firstNames, lastNames } from "../northwind/words.ts";
import type { Random } from "../random.ts";

/** Somebody of the town with a handle on every network they use. Phone numbers lie in ranges kept free for stories. */
export interface Citizen {
  readonly name: string;
  readonly first: string;
  readonly language: string;
  readonly manner: Manner;
  readonly followers: number;
  handleOn(network: string): string;
}
const RANGES = ["+44 7700 900", "+44 20 7946 0", "+44 161 496 0", "+44 131 496 0", "+44 29 2018 0", "+44 113 496 0"];
const HOSTS = ["postbox", "letterhouse", "inkmail", "fastpost", "homemail"];

/** Everybody who ever spoke, made when they first do. The same chance makes the same people. */
export class People {
  readonly #random: Random;
  readonly #byLanguage = new Map<string, Citizen[]>();
  readonly #taken = new Set<string>();
  #phones = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Somebody who speaks a language: one of three has been here before. */
  someone(language: string, followers: readonly [number, number] = [0, 200]): Citizen {
    const known = this.#byLanguage.get(language) ?? [];
    this.#byLanguage.set(language, known);
    const big = followers[1] >= 10_000;
    if (!big && known.length > 30 && this.#random.chance(0.34)) return this.#random.pick(known.slice(-900));
    const citizen = this.#make(language, followers);
    known.push(citizen);
    return citizen;
  }

  #make(language: string, [low, high]: readonly [number, number]): Citizen {
    const r = this.#random;
    const first = r.pick(firstNames);
    const last = r.pick(lastNames);
    const handles = new Map<string, string>();
    const manner = mannerOf(r);
    // Few have many: the square of chance leans to the lower end.
    const followers = low + Math.floor((high - low) * r.next() * r.next());
    const number = 1950 + r.int(56);
    const make = (network: string): string => {
      const f = plain(first);
      const l = plain(last);
      switch (network) {
        case "email":
          return this.#free([`${f}.${l}`, `${f[0]}.${l}`, `${f}${l}${number % 100}`], `@${r.pick(HOSTS)}.example`);
        case "phone":
        case "wa":
        case "sms": {
          const n = this.#phones++;
          return `${RANGES[Math.floor(n / 1000) % RANGES.length]}${String((n * 377) % 1000).padStart(3, "0")}`;
        }
        case "fb":
          return this.#free([`${f}.${l}`, `${f}.${l}.${number % 100}`], "");
        case "review":
        case "forum":
          return this.#free(
            [
              `${f}${number % 100}`,
              `${l}_${f[0]}`,
              `${f}-of-${r.pick(["the-hills", "the-bay", "old-town", "nowhere"])}`,
            ],
            "",
          );
        default:
          return this.#free(
            [`${f}_${l}`, `${f}${l}`, `${f[0]}${l}${number % 100}`, `${l}${f}`, `the_${f}_${l}`, `${f}${number}`],
            "",
          );
      }
    };
    const citizen: Citizen = {
      ...{ name: `${first} ${last}`, first, language, manner, followers },
      handleOn(network) {
        // A phone is one thing, whether one speaks or types.
        const key = network === "wa" || network === "sms" ? "phone" : network;
        const handle = handles.get(key) ?? make(key);
        handles.set(key, handle);
        return handle;
      },
    };
    return citizen;
  }

  #free(wishes: readonly string[], end: string): string {
    // Room for a number within the twenty letters of the strictest network.
    const wish = this.#random.pick(wishes).slice(0, 17);
    for (let n = 1; ; n++) {
      const handle = `${wish}${n === 1 ? "" : n}${end}`;
      if (this.#taken.has(handle)) continue;
      this.#taken.add(handle);
      return handle;
    }
  }
}

export function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
}
