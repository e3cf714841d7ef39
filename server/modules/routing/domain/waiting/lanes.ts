import { laneOf } from "../lane.ts";
import type { Item } from "../model.ts";
import { isBefore, type Place } from "./place.ts";

/** A lane of which memory holds only the first items. */
export interface LaneMark {
  readonly queueId: string;
  readonly lane: string;
  /** Memory holds everything up to and with this place. */
  upTo: Place | null;
  /** Filed in lines, where any of them can be served. */
  filed: number;
}
/** A lane whose items in memory are used up; there are more in the store. */
export interface Dry {
  readonly queueId: string;
  readonly lane: string;
  readonly upTo: Place;
}

/** Which lanes stand in memory with their heads only. A lane never named is all in memory. */
export class Lanes {
  readonly #marks = new Map<string, LaneMark>();
  readonly #dry = new Set<LaneMark>();

  /** `upTo` null: memory holds all of it. A lane is named before its items are filed. */
  known(queueId: string, lane: string, upTo: Place | null): void {
    const key = `${queueId}|${lane}`;
    const mark = this.#marks.get(key) ?? { queueId, lane, upTo, filed: 0 };
    mark.upTo = upTo;
    this.#marks.set(key, mark);
    this.#wet(mark);
  }
  markOf(item: Item): LaneMark | null {
    if (this.#marks.size === 0) return null;
    return this.#marks.get(`${item.queueId}|${laneOf(item)}`) ?? null;
  }
  /** Is the item behind what memory holds of its lane? */
  isBeyond(mark: LaneMark | null, item: Item): boolean {
    return mark?.upTo != null && isBefore(mark.upTo, item);
  }
  count(mark: LaneMark | null, by: 1 | -1): void {
    if (!mark) return;
    mark.filed += by;
    this.#wet(mark);
  }
  /** Nothing is filed any more. */
  forget(): void {
    for (const mark of this.#marks.values()) {
      mark.filed = 0;
      this.#wet(mark);
    }
  }
  dry(): Dry[] {
    if (this.#dry.size === 0) return [];
    return [...this.#dry].map(({ queueId, lane, upTo }) => ({ queueId, lane, upTo: upTo as Place }));
  }
  #wet(mark: LaneMark): void {
    if (mark.filed === 0 && mark.upTo !== null) this.#dry.add(mark);
    else this.#dry.delete(mark);
  }
}
