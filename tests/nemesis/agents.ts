import { type Random, seeded } from "../../scenarios/random.ts";
import type { Json } from "../support/api-client.ts";
import { messagesOf } from "../support/story.ts";
import type { Agent } from "./agent.ts";
import type { Entry, Ledger } from "./ledger.ts";
import type { World } from "./world.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Works until `over`: takes what waits, notes, answers in public and in private, takes back, passes on, ends. */
export async function work(
  agent: Agent,
  world: World,
  seed: number,
  ledger: Ledger,
  over: () => boolean,
): Promise<void> {
  const random = seeded(`agent ${agent.who} of ${seed}`);
  let count = 0;
  const nonce = () => `(${agent.who}-${seed}-${++count})`;
  async function command(kind: Entry["kind"], mark: string, conversationId: string, [method, path, body]: Call) {
    const answer = await agent.insist(method, path, body);
    const state = answer === null ? "unknown" : answer.status < 300 ? "acknowledged" : "refused";
    const id = answer?.body?.replyId ?? answer?.body?.id ?? null;
    ledger.push({
      kind,
      nonce: mark,
      state,
      status: answer?.status ?? 0,
      conversationId,
      id,
      at: world.clock.now(),
      detail: state === "refused" ? answer!.body?.detail : "",
    });
    return answer;
  }
  type Call = [method: string, path: string, body?: unknown];

  await command("presence", "", "", ["PUT", "/api/presence/me", { state: "available" }]);
  while (!over()) {
    const conversationId = await takeSomething();
    if (!conversationId) {
      await pause(150);
      continue;
    }
    await handle(conversationId);
  }

  async function takeSomething(): Promise<string | null> {
    const offers = (await agent.get("/api/offers"))?.offers ?? [];
    const offer = offers[random.int(Math.max(1, offers.length))];
    if (offer && random.chance(0.1)) {
      await agent.insist("POST", `/api/offers/${offer.offerId}/decline`, { reason: "busy" });
      return null;
    }
    const answer = offer
      ? await command("take", "", offer.row.conversationId, ["POST", `/api/offers/${offer.offerId}/accept`])
      : await command("take", "", "", ["POST", "/api/work/next"]);
    if (answer?.status === 200) return answer.body.conversationId;
    const mine = (await agent.get("/api/desk/work?view=mine&limit=20"))?.items ?? [];
    return mine.length > 0 ? mine[random.int(mine.length)].conversationId : null;
  }

  async function handle(id: string): Promise<void> {
    const path = `/api/desk/conversations/${id}`;
    const view = await agent.get(path);
    if (!view?.work) return;
    if (random.chance(0.4)) {
      const mark = nonce();
      await command("note", mark, id, ["POST", `${path}/notes`, { text: `Looked at ${mark}` }]);
    }
    const next = random.next();
    if (next < 0.1) return passOn(path, id, view, random);
    if (next < 0.18) {
      const body = { outcome: "no-answer-needed", expectedVersion: view.work.version };
      await command("resolve", "", id, ["POST", `${path}/resolve`, body]);
      return;
    }
    const audience = random.chance(0.3) ? "private" : "public";
    const door = view.composer[audience].door;
    const newest = messagesOf(view).findLast((m) => m.direction === "in");
    const answersMessageId = door?.answersMessageId ?? newest?.id;
    if (!answersMessageId) return;
    const mark = nonce();
    const sent = await command("reply", mark, id, [
      ...(["POST", `${path}/replies`] as const),
      {
        ...{ audience, text: `We have looked into it ${mark} and it works again.`, answersMessageId },
        ...(random.chance(0.6) && { resolveWith: "solved" }),
        expectedVersion: view.work.version,
      },
    ]);
    if (sent?.status === 201 && random.chance(0.2))
      await command("undo", mark, id, ["POST", `/api/desk/replies/${sent.body.replyId}/undo`]);
  }

  async function passOn(path: string, id: string, view: Json, chance: Random): Promise<void> {
    const { agents, queueId } = world.company;
    const to = chance.chance(0.5)
      ? { kind: "queue", queueId }
      : { kind: "agent", agentId: agent.who === "priya" ? agents.dana : agents.priya };
    const mark = nonce();
    const body = { to, note: `Passed on ${mark}`, expectedVersion: view.work.version };
    await command("assign", mark, id, ["POST", `${path}/assign`, body]);
  }
}
