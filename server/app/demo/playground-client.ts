import { iso } from "#platform/clock";

export interface Accepted {
  n: number;
  caller: string;
  op: string;
  objectId: string;
  parentId: string | null;
  to: string | null;
}

/** Speaks for simulated people on the playground, and sets the company up there. */
export class PlaygroundClient {
  readonly #url: string;
  readonly #key: string;
  constructor(url: string, simulatorKey: string) {
    this.#url = url;
    this.#key = simulatorKey;
  }

  async #call<T>(method: string, path: string, body?: unknown, as?: string): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        "x-playground-key": this.#key,
        ...(as ? { "x-playground-as": as } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok)
      throw new Error(
        `the playground answered ${response.status} to ${method} ${path}: ${(await response.text()).slice(0, 300)}`,
      );
    return (await response.json()) as T;
  }

  company(
    handle: string,
    name: string,
    bio: string,
  ): Promise<{ profile: { id: string }; token: string; appSecret: string }> {
    return this.#call("PUT", `/admin/companies/${handle}`, { name, bio, colour: "violet", followers: 18_400 });
  }
  /** The id of this network; handles are scoped by it. */
  async network(): Promise<string> {
    return (await this.#call<{ network: string }>("GET", "/healthz")).network;
  }
  async postsSoFar(): Promise<number> {
    return (await this.#call<{ posts: number }>("GET", "/admin/stats")).posts;
  }
  async people(people: readonly { handle: string; name: string; followers: number }[]): Promise<void> {
    for (let i = 0; i < people.length; i += 400)
      await this.#call("PUT", "/sim/v1/people", { people: people.slice(i, i + 400) });
  }
  async post(as: string, text: string, parentId: string | null, at: number | null): Promise<string> {
    return (
      await this.#call<{ id: string }>(
        "POST",
        "/sim/v1/posts",
        { text, parentId, ...(at === null ? {} : { createdAt: iso(at) }) },
        as,
      )
    ).id;
  }
  async dm(as: string, to: string, text: string, at: number | null): Promise<string> {
    return (
      await this.#call<{ id: string }>(
        "POST",
        "/sim/v1/dms",
        { to, text, ...(at === null ? {} : { createdAt: iso(at) }) },
        as,
      )
    ).id;
  }
  async edit(as: string, id: string, text: string): Promise<void> {
    await this.#call("PATCH", `/sim/v1/posts/${id}`, { text }, as);
  }
  async delete(as: string, id: string): Promise<void> {
    await this.#call("DELETE", `/sim/v1/posts/${id}`, undefined, as);
  }
  /** What the company's own calls made since a line of the network's log. */
  async accepted(since: number): Promise<{ accepted: Accepted[]; next: number }> {
    return this.#call("GET", `/admin/accepted?via=api&since=${since}&limit=500`);
  }
  /** Registers the webhook with the company's own token. */
  async subscribe(token: string, url: string): Promise<void> {
    const response = await fetch(`${this.#url}/api/v1/webhooks`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ url }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok)
      throw new Error(
        `the playground refused the webhook: ${response.status} ${(await response.text()).slice(0, 300)}`,
      );
  }
}
