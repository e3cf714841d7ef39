import { afterEach, describe, expect, it } from "vitest";
import type { HeardPost, MonitorQuery } from "../domain/matching/books.ts";
import { createLane, type Lane } from "./matching-lane.ts";

const open: Lane[] = [];
const made = (options: Parameters<typeof createLane>[0] = { thread: true }) => {
  const lane = createLane(options);
  open.push(lane);
  return lane;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((lane) => lane.close()));
});

const monitor = (id: string, query: string, more: Partial<MonitorQuery> = {}): MonitorQuery => ({
  ...{ id, version: 1, brandId: null, query, accents: "fold", languages: [] },
  ...more,
});
const post = (text: string, more: Partial<HeardPost> = {}): HeardPost => ({ text, brandId: "b1", ...more });
const ids = (hits: readonly (readonly { id: string }[])[]) => hits.map((all) => all.map((hit) => hit.id).sort());

describe.each([true, false])("the matching thread (a thread of its own: %s)", (thread) => {
  it("answers each account by its own monitors, with what matched", async () => {
    const lane = made({ thread });
    lane.know("us", 1, [monitor("m1", "lumo"), monitor("m2", "late NEAR/2 bus")]);
    lane.know("them", 1, [monitor("m3", "lumo")]);
    expect(await lane.hits("us", [post("Lumo!"), post("the bus is late"), post("x")])).toEqual([
      [{ id: "m1", spans: [[0, 4]] }],
      [
        {
          id: "m2",
          spans: [
            [4, 7],
            [11, 15],
          ],
        },
      ],
      [],
    ]);
    expect(ids(await lane.hits("them", [post("lumo")]))).toEqual([["m3"]]);
    expect(await lane.hits("nobody", [post("lumo")])).toEqual([[]]);
  });

  it("learns changes, and no more than changed", async () => {
    const lane = made({ thread });
    lane.know("us", 1, [monitor("m1", "lumo"), monitor("m2", "bus")]);
    expect(ids(await lane.hits("us", [post("lumo bus")]))).toEqual([["m1", "m2"]]);
    lane.know("us", 2, [monitor("m2", "tram", { version: 2 }), monitor("m3", "lumo"), monitor("m4", "(broken")]);
    expect(lane.stampOf("us")).toBe(2);
    expect(ids(await lane.hits("us", [post("lumo bus"), post("tram")]))).toEqual([["m3"], ["m2"]]);
    lane.know("us", 3, []);
    expect(await lane.hits("us", [post("lumo")])).toEqual([[]]);
  });

  it("keeps brands and languages apart", async () => {
    const lane = made({ thread });
    lane.know("us", 1, [
      monitor("all", "lumo"),
      monitor("b2", "lumo", { brandId: "b2" }),
      monitor("german", "lumo", { languages: ["de", "nl"] }),
    ]);
    const [english, german, other] = await lane.hits("us", [
      post("lumo", { lang: "en" }),
      post("lumo", { lang: "de-AT" }),
      post("lumo", { brandId: "b2" }),
    ]);
    expect(ids([english!, german!, other!])).toEqual([["all"], ["all", "german"], ["all", "b2"]]);
  });

  it("remembers what streams heard, and tries queries on it behind what is handed in", async () => {
    const lane = made({ thread });
    lane.know("us", 1, [monitor("m1", "lumo")]);
    const heard = [post("lumo is up", { at: 5 }), post("tram late", { at: 7 }), post("tram late", { brandId: "b2" })];
    expect(await lane.wanted("us", heard)).toEqual([["m1"], [], []]);
    const trial = { query: "late OR lumo", accents: "fold", languages: [], examples: 5 } as const;
    const answer = await lane.try("us", "b1", [post("late again")], trial);
    expect(answer).toMatchObject({
      tried: {
        hits: 3,
        terms: [
          { at: 0, posts: 2 },
          { at: 8, posts: 1 },
        ],
        examples: [{ post: 0, spans: [[0, 4]] }],
      },
      heard: { count: 2, from: 5, to: 7 },
      examples: [{ post: { text: "tram late" }, spans: [[5, 9]] }, { post: { text: "lumo is up" } }],
    });
  });
});

const breaking = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
const READING = `import { parentPort } from "node:worker_threads";
  const posts = (q) => JSON.parse(new TextDecoder().decode(q.posts));`;

describe("a thread that breaks", () => {
  it("loses nothing: what it knew is told again and what it was asked is asked again, in order", async () => {
    // Breaks at the third question for ever, unless it was told everything anew.
    const seen = `hubbub-lane-${process.pid}-${Math.floor(performance.now() * 1000)}`;
    const entry = breaking(`${READING}
      import { existsSync, writeFileSync } from "node:fs";
      import { tmpdir } from "node:os";
      import { join } from "node:path";
      const mark = join(tmpdir(), ${JSON.stringify(seen)});
      let known = []; let asked = 0;
      parentPort.on("message", (q) => {
        if (q.ask === "put") { known.push(...q.monitors.map((m) => m.id)); return; }
        if (++asked === 3 && !existsSync(mark)) { writeFileSync(mark, ""); throw new Error("broke"); }
        parentPort.postMessage({ n: q.n, ok: true, is: [known.map((id) => ({ id, spans: [[0, posts(q)[0].text.length]] }))] });
      });`);
    const lane = made({ thread: true, entry });
    lane.know("us", 1, [monitor("m1", "lumo"), monitor("m2", "bus")]);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => lane.hits("us", [post("x".repeat(n + 1))])));
    expect(answers.map((one) => [one[0]![0]!.spans[0]![1], ids(one)[0]])).toEqual(
      Array.from({ length: 20 }, (_, n) => [n + 1, ["m1", "m2"]]),
    );
    expect(lane.begun).toBe(2);
  });

  it("is given up for a question that breaks it each time, and serves the next", async () => {
    const entry = breaking(`${READING}
      parentPort.on("message", (q) => {
        if (q.ask === "put") return;
        if (posts(q)[0].text === "poison") process.exit(1);
        parentPort.postMessage({ n: q.n, ok: true, is: [[]] });
      });`);
    const lane = made({ thread: true, entry });
    lane.know("us", 1, [monitor("m1", "lumo")]);
    const asked = [lane.hits("us", [post("poison")]), lane.hits("us", [post("fine")])];
    await expect(asked[0]).rejects.toThrow(/failed 3 times/);
    await expect(asked[1]).resolves.toEqual([[]]);
  });

  it("is ended when it says nothing", async () => {
    const entry = breaking(`${READING} parentPort.on("message", () => {});`);
    const lane = made({ thread: true, entry, silenceMs: 20 });
    lane.know("us", 1, [monitor("m1", "lumo")]);
    await expect(lane.hits("us", [post("lumo")])).rejects.toThrow(/it said nothing/);
  });

  it("is not begun for an account without monitors", async () => {
    const lane = made({ thread: true });
    lane.know("us", 1, []);
    expect(await lane.hits("us", [post("lumo")])).toEqual([[]]);
    expect(lane.begun).toBe(0);
  });
});
