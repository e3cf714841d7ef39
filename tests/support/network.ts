import { type Playground, type PlaygroundOptions, startPlayground } from "../../playground/index.ts";
import type { Json } from "./api-client.ts";

const KEY = "simulator-key-of-a-journey";
const TOKEN = "token-of-northwind-0001";
const SECRET = "app-secret-of-northwind";

export interface Post {
  id: string;
  rootId: string;
  text: string;
}
/** One write that the network accepted from the company. */
export interface Accepted {
  n: number;
  op: string;
  objectId: string;
  parentId: string | null;
  to: string | null;
  text: string;
  idempotencyKey: string;
}

/** The playground as strangers use it, and as the oracle of what the company sent. */
export interface Network {
  playground: Playground;
  profileId: string;
  handle: string;
  token: string;
  appSecret: string;
  admin(method: string, path: string, body?: unknown): Promise<Json>;
  people(people: readonly Json[]): Promise<void>;
  post(who: string, text: string, parentId?: string | null, more?: object): Promise<Post>;
  dm(who: string, text: string, more?: object): Promise<{ id: string }>;
  edit(who: string, postId: string, text: string): Promise<void>;
  remove(who: string, postId: string): Promise<void>;
  /** What the company's calls made, in order, since `after`. */
  accepted(after?: number): Promise<Accepted[]>;
  fault(fault: { kind: string; next?: number; rate?: number; ms?: number; on?: string }): Promise<void>;
  noFaults(): Promise<void>;
  /** Where events are pushed to. */
  subscribe(url: string): Promise<void>;
  /** Events not pushed yet. */
  behind(): Promise<number>;
  close(): Promise<void>;
}

export async function openNetwork(options: Partial<PlaygroundOptions> = {}): Promise<Network> {
  const playground = await startPlayground({
    port: 0,
    simulatorKey: KEY,
    webhookRetry: { firstMs: 20, maxMs: 100, timeoutMs: 5_000 },
    limits: { write: { max: 100_000, windowMs: 60_000 }, read: { max: 100_000, windowMs: 60_000 } },
    ...options,
  });
  const handle = "northwind";
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(playground.url + path, {
      method,
      headers: {
        "x-playground-key": KEY,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }
  const as = (who: string) => ({ "x-playground-as": who });
  const { profile } = await call("PUT", `/admin/companies/${handle}`, {
    ...{ name: "Northwind Mobile", token: TOKEN, appSecret: SECRET },
  });
  return {
    ...{ playground, profileId: profile.id, handle, token: TOKEN, appSecret: SECRET },
    admin: (method, path, body) => call(method, `/admin${path}`, body),
    people: (people) => call("PUT", "/sim/v1/people", { people }),
    post: (who, text, parentId = null, more = {}) =>
      call("POST", "/sim/v1/posts", { text, parentId, ...more }, as(who)),
    dm: (who, text, more = {}) => call("POST", "/sim/v1/dms", { to: handle, text, ...more }, as(who)),
    edit: (who, id, text) => call("PATCH", `/sim/v1/posts/${id}`, { text }, as(who)),
    remove: (who, id) => call("DELETE", `/sim/v1/posts/${id}`, undefined, as(who)),
    async accepted(after = 0) {
      const page = await call("GET", `/admin/accepted?via=api&caller=${handle}&since=${after}&limit=1000`);
      if (page.more) throw new Error("more than a page was accepted");
      return page.accepted;
    },
    fault: (fault) => call("POST", "/admin/faults", fault),
    noFaults: () => call("DELETE", "/admin/faults"),
    subscribe: (url) => call("POST", "/api/v1/webhooks", { url }, { authorization: `Bearer ${TOKEN}` }),
    async behind() {
      const { webhooks } = await call("GET", "/admin/stats");
      return webhooks.reduce((sum: number, hook: Json) => sum + hook.behind, 0);
    },
    close: () => playground.close(),
  };
}
