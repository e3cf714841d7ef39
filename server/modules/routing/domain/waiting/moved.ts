/** What moved since it was last filed, in the order of telling. The same told twice at once is kept once; later again, it is filed again. */
export class Moved<T> {
  readonly #ids: string[] = [];
  readonly #of: T[] = [];
  get size(): number {
    return this.#ids.length;
  }
  note(id: string, of: T): void {
    const last = this.#ids.length - 1;
    if (last >= 0 && this.#ids[last] === id) this.#of[last] = of;
    else {
      this.#ids.push(id);
      this.#of.push(of);
    }
  }
  /** Hands on all there are, those told of meanwhile too. */
  drain(file: (id: string, of: T) => void): void {
    for (let n = 0; n < this.#ids.length; n++) file(this.#ids[n] as string, this.#of[n] as T);
    this.clear();
  }
  clear(): void {
    this.#ids.length = 0;
    this.#of.length = 0;
  }
}
