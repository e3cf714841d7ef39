import { randomUUID } from "node:crypto";
import type { Json } from "../support/api-client.ts";

export const SIMULATOR_KEY = "simulator-key-of-the-nemesis";
const TOKEN = "token-of-northwind-0001";
const SECRET = "app-secret-of-northwind";
const HANDLE = "northwind";

/** One write that the network accepted, from whomever. */
export interface Accepted {
  n: number;
  via: "api" | "sim";
  caller: string;
  op: string;
  objectId: string;
  parentId: string | null;
  to: string | null;
  text: string | null;
  idempotencyKey: string | null;
}

/** The network as strangers and its operator use it: straight, past the lines that are cut. It may be dead: then calls are made again. */
export interface NetworkClient {
  readonly handle: string;
  readonly profileId: string;
  readonly network: string;
  readonly token: string;
  readonly appSecret: string;
  people(handles: readonly string[]): Promise<void>;
  post(who: string, text: string, parentId?: string | null): Promise<{ id: string }>;
  dm(who: string, text: string): Promise<{ id: string }>;
  edit(who: string, id: string, text: string): Promise<void>;
  remove(who: string, id: string): Promise<void>;
  fault(fault: object): Promise<void>;
  noFault(kind: string): Promise<void>;
  noFaults(): Promise<void>;
  subscribe(url: string): Promise<void>;
  accepted(since: number): Promise<Accepted[]>;
  behind(): Promise<number>;
}

export async function networkClient(port: number): Promise<NetworkClient> {
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const key = randomUUID();
    for (let tries = 0; ; tries++) {
      try {
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
          method,
          headers: {
            ...{ "x-playground-key": SIMULATOR_KEY, ...headers },
            ...(headers["x-playground-as"] && method === "POST" && { "idempotency-key": key }),
            ...(body !== undefined && { "content-type": "application/json" }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(3_000),
        });
        const text = await answer.text();
        // A network that was killed meanwhile came back without its faults.
        if (answer.status === 404 && method === "DELETE" && path.startsWith("/admin/faults/")) return null;
        if (!answer.ok) throw new Refused(answer.status, `${method} ${path}: ${answer.status} ${text}`);
        return text === "" ? null : (JSON.parse(text) as Json);
      } catch (error) {
        // Gone already is as good as gone: the first try may have been accepted before the network died.
        if (error instanceof Refused && error.status < 500) throw error;
        if (tries > 600) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
  const as = (who: string) => ({ "x-playground-as": who });
  const { profile } = await call("PUT", `/admin/companies/${HANDLE}`, {
    ...{ name: "Northwind Mobile", token: TOKEN, appSecret: SECRET },
  });
  const { network } = await call("GET", "/healthz");
  return {
    ...{ handle: HANDLE, profileId: profile.id, network, token: TOKEN, appSecret: SECRET },
    people: (handles) =>
      call("PUT", "/sim/v1/people", { people: handles.map((handle) => ({ handle, name: handle, followers: 5 })) }),
    post: (who, text, parentId = null) => call("POST", "/sim/v1/posts", { text, parentId }, as(who)),
    dm: (who, text) => call("POST", "/sim/v1/dms", { to: HANDLE, text }, as(who)),
    edit: (who, id, text) => call("PATCH", `/sim/v1/posts/${id}`, { text }, as(who)),
    remove: (who, id) => call("DELETE", `/sim/v1/posts/${id}`, undefined, as(who)),
    fault: (fault) => call("POST", "/admin/faults", fault),
    noFault: (kind) => call("DELETE", `/admin/faults/${kind}`),
    noFaults: () => call("DELETE", "/admin/faults"),
    subscribe: (url) => call("POST", "/api/v1/webhooks", { url }, { authorization: `Bearer ${TOKEN}` }),
    async accepted(since) {
      const all: Accepted[] = [];
      for (let from = since; ; ) {
        const page = await call("GET", `/admin/accepted?via=all&since=${from}&limit=1000`);
        all.push(...page.accepted);
        if (!page.more) return all;
        from = page.next;
      }
    },
    async behind() {
      const { webhooks } = await call("GET", "/admin/stats");
      return webhooks.reduce((sum: number, hook: Json) => sum + hook.behind, 0);
    },
  };
}

/** The network said no; a second try would hear the same. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
