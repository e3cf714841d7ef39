import { setCapacity } from "../../server/modules/workforce/index.ts";
import { errorCodes } from "../../server/platform/errors.ts";
import type { Answer, ApiClient } from "../support/api-client.ts";
import { type Operation, operationsOf } from "../support/openapi.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { DANAS, fillPool, type GoodRequest, goodRequests, type MakeGood } from "./good-requests.ts";

/** Not asked with a good request: they are streams or belong to networks, and have tests of their own. */
const APART = new Set(["GET /api/live", "GET /hooks/{hookId}", "POST /hooks/{hookId}"]);
/** Making and ending a session; asked apart. */
export const SESSIONS = new Set(["POST /api/session", "POST /api/session/demo", "DELETE /api/session"]);

export interface Asked extends Operation {
  good: MakeGood;
  /** Makes the request as who may make it. */
  by: ApiClient;
}
export interface ScepticsDesk {
  desk: Desk;
  marek: ApiClient;
  all: Operation[];
  asked: Asked[];
  commands: Asked[];
}

/** A desk with `waiting` conversations in the queue and a request for every address that it says it has. */
export async function openScepticsDesk(waiting: number): Promise<ScepticsDesk> {
  const desk = await openDesk();
  const [marek, dana] = [await desk.as("marek"), await desk.as("dana")];
  await desk.presence("dana", "offline");
  await desk.presence("marek", "offline");
  // One thing at a time is held out to Dana; the rest waits.
  await desk.db.withAccount(desk.company.accountId, (tx) =>
    setCapacity(tx, desk.company.agents.dana, 100, { public: 1 }),
  );
  const pool = await fillPool(desk, marek, waiting);
  const good = goodRequests(desk, marek, dana, pool);
  const all = await operationsOf(desk.nobody());
  const asked = all
    .filter((o) => !APART.has(o.name) && !SESSIONS.has(o.name))
    .map((o): Asked => {
      const make = good[o.name];
      if (!make) throw new Error(`no good request is known for ${o.name}: add one to good-requests.ts`);
      return { ...o, good: make, by: DANAS.has(o.name) ? dana : marek };
    });
  return { desk, marek, all, asked, commands: asked.filter((o) => o.command) };
}

export function make(by: ApiClient, { method }: Operation, { path, body }: GoodRequest, headers = {}): Promise<Answer> {
  return method === "GET" ? by.ask(path, { headers }) : by.send(method, path, body, headers);
}

/** What is wrong with an answer, or null: success, or a problem of the list with a trace id, and never our own fault. */
export function faultOf(answer: Answer): string | null {
  const { status, headers, body, text } = answer;
  if (status < 400) return null;
  const say = (what: string) => `${what}: ${status} ${text.slice(0, 200)}`;
  if (status >= 500) return say("our fault");
  if (!/^application\/problem\+json/.test(headers.get("content-type") ?? "")) return say("no problem details");
  if (!Object.hasOwn(errorCodes, body?.code)) return say("a code that is not in the list");
  if (errorCodes[body.code as keyof typeof errorCodes].status !== status) return say("another status than its code");
  if (!/^[0-9a-f-]{36}$/.test(body.traceId ?? "")) return say("no trace id");
  return null;
}
