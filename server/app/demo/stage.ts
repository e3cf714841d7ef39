import type { Instant } from "#platform/clock";
import { company } from "../../../scenarios/northwind/company.ts";
import type { Act, Person, Town } from "../../../scenarios/town.ts";
import type { PlaygroundClient } from "./playground-client.ts";

/** Performs the town's acts on the playground, and tells the town which of its people were answered. */
export class Stage {
  readonly #client: PlaygroundClient;
  readonly #town: Town;
  /** Post or handle → matter. */
  readonly #posts = new Map<string, number>();
  readonly #people = new Map<string, number>();
  readonly #lastPost = new Map<number, { id: string; by: string }>();
  readonly #firstPost = new Map<number, string>();
  #seen = 0;

  constructor(client: PlaygroundClient, town: Town) {
    this.#client = client;
    this.#town = town;
  }

  /** Where the network's log of accepted calls stands now: answers before it are not looked at. */
  async begin(): Promise<void> {
    for (;;) {
      const page = await this.#client.accepted(this.#seen);
      this.#seen = page.next;
      if (page.accepted.length === 0) return;
    }
  }

  /** Plays acts in their order; `dated` gives each the instant it shows, null for now. */
  async playAll(acts: readonly Act[], dated: (act: Act) => Instant | null): Promise<void> {
    // Who speaks for the first time brings name and followers along.
    const strangers = new Map<string, Person>();
    for (const { who } of acts) if (!this.#people.has(who.handle)) strangers.set(who.handle, who);
    if (strangers.size > 0) await this.#client.people([...strangers.values()]);
    for (const act of acts) await this.#play(act, dated(act));
  }

  async #play(act: Act, at: Instant | null): Promise<void> {
    const { handle } = act.who;
    this.#people.set(handle, act.matter);
    switch (act.do) {
      case "dm":
        await this.#client.dm(handle, company.brand.handle, act.text, at);
        return;
      case "edit":
      case "delete": {
        const last = this.#lastPost.get(act.matter);
        if (!last || last.by !== handle) return;
        await (act.do === "edit" ? this.#client.edit(handle, last.id, act.text) : this.#client.delete(handle, last.id));
        return;
      }
      default: {
        const parent = act.do === "reply" ? (this.#firstPost.get(act.matter) ?? null) : null;
        const id = await this.#client.post(handle, act.text, parent, at);
        this.#posts.set(id, act.matter);
        this.#lastPost.set(act.matter, { id, by: handle });
        if (!this.#firstPost.has(act.matter)) this.#firstPost.set(act.matter, id);
      }
    }
  }

  /** Looks at what the company said since the last look. */
  async notice(now: Instant): Promise<void> {
    const page = await this.#client.accepted(this.#seen);
    this.#seen = page.next;
    for (const call of page.accepted) {
      const matter =
        call.op === "post.create"
          ? call.parentId
            ? this.#posts.get(call.parentId)
            : undefined
          : call.op === "dm.create" && call.to
            ? this.#people.get(call.to)
            : undefined;
      if (matter === undefined) continue;
      if (call.op === "post.create") this.#posts.set(call.objectId, matter);
      this.#town.answered(matter, now);
    }
  }
}
