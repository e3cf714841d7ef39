import { type MediumClassName, mediumClasses } from "../medium-class.ts";
import type { Item } from "../model.ts";

/** All that capacity asks of an item. */
export type Sized = Pick<Item, "mediumClass" | "weight">;

/** A number has so many bits to spare. */
const MOST = 30;

/** Kinds of work by medium and weight, as they come: an agent has room for all items of a kind, or for none. */
export class Kinds {
  readonly all: Sized[] = [];
  readonly #numbers = new Map<number, number>();
  /** The number of an item's kind, a new one if need be. */
  of({ mediumClass, weight }: Sized): number {
    const key = weight * 8 + MEDIA.indexOf(mediumClass);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.all.length >= MOST)
      throw new RangeError(`Work of one account has more than ${MOST} weights: give a medium one weight.`);
    this.all.push({ mediumClass, weight });
    this.#numbers.set(key, this.all.length - 1);
    return this.all.length - 1;
  }
}

const MEDIA = Object.keys(mediumClasses) as MediumClassName[];
