import type { Message } from "../domain/message.ts";
import { TODO } from "./to-item.ts";

const MOST = 200_000;

/**
 * Where the messages of this run stand in their threads, as far as that is sure: an answer to one of them needs no second look. Only a
 * shortcut: what is not in it is found when all lines are stored, with the same result.
 */
export class ThreadMemory {
  readonly #of = new Map<string, { threadKey: string; root: string }>();

  /** Gives an answer the thread of what it answers, if that is known; returns what is still to do. */
  settle(message: Message, todo: number): number {
    let left = todo;
    if (todo === TODO.thread && message.parentExternalId !== null) {
      const parent = this.#of.get(`${message.channelId} ${message.parentExternalId}`);
      if (parent) {
        message.threadKey = parent.threadKey;
        message.rootExternalId ??= parent.root;
        left = 0;
      }
    }
    if ((left & (TODO.thread | TODO.parent)) === 0) this.#remember(message);
    return left;
  }

  #remember(m: Message): void {
    if (this.#of.size >= MOST) this.#of.clear();
    this.#of.set(`${m.channelId} ${m.externalId}`, { threadKey: m.threadKey, root: m.rootExternalId ?? m.externalId });
  }
}
