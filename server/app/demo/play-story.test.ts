import { afterAll, beforeAll, expect, it } from "vitest";
import { readImportRow } from "#modules/channels";
import { type Playground, startPlayground } from "../../../playground/index.ts";
import { company } from "../../../scenarios/northwind/company.ts";
import type { MessageLine } from "../../../scenarios/past/rows.ts";
import { seeded } from "../../../scenarios/random.ts";
import { stories } from "../../../scenarios/stories/index.ts";
import { playStory } from "./play-story.ts";
import { PlaygroundClient } from "./playground-client.ts";

let playground: Playground;
let client: PlaygroundClient;
let token: string;
beforeAll(async () => {
  playground = await startPlayground({ port: 0 });
  client = new PlaygroundClient(playground.url, playground.simulatorKey);
  ({ token } = await client.company(company.brand.handle, company.name, ""));
});
afterAll(() => playground?.close());

interface Post {
  id: string;
  text: string;
  rootId: string;
  author: { handle: string };
}
async function mentions(): Promise<Post[]> {
  const posts: Post[] = [];
  for (let since = 0; ; ) {
    const answer = await fetch(`${playground.url}/api/v1/me/mentions?since=${since}&limit=200`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const page = (await answer.json()) as { posts: Post[]; next: number; more: boolean };
    posts.push(...page.posts);
    if (!page.more) return posts;
    since = page.next;
  }
}
async function answer(path: string, body: unknown): Promise<void> {
  const said = await fetch(`${playground.url}/api/v1/${path}`, {
    ...{ method: "POST", body: JSON.stringify(body) },
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });
  expect(said.status).toBe(201);
}
/** Plays in no time: waiting moves the clock. `between` runs at each wait. */
async function play(name: string, between: () => Promise<void> = async () => {}) {
  let now = Date.parse("2026-11-22T10:00:00Z");
  const story = stories.find((s) => s.name === name)!;
  const lines: MessageLine[] = [];
  const said: string[] = [];
  const played = await playStory({
    ...{ client, story, steps: story.steps(seeded("test")), speed: 60, now: () => now },
    wait: async (ms) => {
      now += Math.max(1, ms);
      await between();
    },
    bringIn: async (some) => void lines.push(...some),
    say: (step) => void said.push(step.do),
  });
  return { ...played, lines, said };
}

it("plays on the playground, brings in what has no network, and goes on when nobody answers", async () => {
  const { steps, unanswered, lines, said } = await play("wandering");
  expect([steps, unanswered]).toEqual([7, 1]);
  expect(said).toEqual(["post", "dm", "call", "call", "mail", "mail", "reply"]);
  const hives = (await mentions()).filter((p) => p.author.handle === "tomos_beekeeper");
  expect(hives).toHaveLength(2);
  expect(hives[1]!.rootId).toBe(hives[0]!.id);
  expect(lines.map((l) => [l.channel, l.by])).toEqual([
    ...[
      ["phone", "customer"],
      ["phone", "company"],
      ["email", "customer"],
      ["email", "company"],
    ],
  ]);
  for (const line of lines) expect(readImportRow(line, Date.parse("2026-11-23T00:00:00Z"))).toMatchObject({ ok: true });
  expect(lines[3]!.reply_to).toBe(lines[2]!.id);
});

it("waits for our answer and takes it as one", async () => {
  let answered = 0;
  const { unanswered } = await play("waiting-for-the-engineer", async () => {
    const theirs = (await mentions()).filter((p) => p.author.handle === "meg_of_mill_lane");
    if (answered === 0 && theirs.length >= 3) {
      answered++;
      await answer("posts", { parentId: theirs.at(-1)!.id, text: "Meg, please write to us in private." });
    }
  });
  expect(answered).toBe(1);
  // The later steps wait for further answers, which do not come.
  expect(unanswered).toBe(2);
});

it("brings four hundred customers in", async () => {
  const before = await client.postsSoFar();
  const { steps } = await play("outage-400");
  expect(await client.postsSoFar()).toBeGreaterThanOrEqual(before + 400);
  expect(steps).toBeGreaterThan(400);
}, 60_000);
