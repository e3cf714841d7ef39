import { expect, test } from "vitest";
import { createDraftKeeper, type PutAnswer } from "./draft-keeper.ts";
import type { DraftText, LocalDraft, ServerDraft } from "./draft-merge.ts";

const text = (said: string): DraftText => ({ audience: "public", text: said, answersMessageId: null });
const server = (said: string, version: number): ServerDraft => ({ ...text(said), version, savedAt: "t" });

function world() {
  const stored = new Map<string, LocalDraft>();
  const puts: { text: string; expected: number; answer: (answer: PutAnswer) => void }[] = [];
  const dropped: string[] = [];
  let timers: (() => void)[] = [];
  const build = () =>
    createDraftKeeper({
      read: (id) => stored.get(id) ?? null,
      write: (id, draft) => void (draft ? stored.set(id, draft) : stored.delete(id)),
      put: (_id, draft, expected) => new Promise((answer) => puts.push({ text: draft.text, expected, answer })),
      drop: async (id) => void dropped.push(id),
      after(_ms, run) {
        timers.push(run);
        return () => {
          timers = timers.filter((one) => one !== run);
        };
      },
    });
  const pause = () => {
    const due = timers;
    timers = [];
    for (const run of due) run();
  };
  const settle = () => new Promise((done) => setImmediate(done));
  const crash = () => {
    timers = [];
  };
  return { stored, puts, dropped, build, pause, settle, crash, waiting: () => timers.length };
}

test("every letter is on this machine at once, and on the server after a pause", async () => {
  const w = world();
  const keeper = w.build();
  keeper.meet("c", null);
  keeper.change("c", text("H"));
  keeper.change("c", text("Hello"));
  expect([w.stored.get("c")?.text, w.puts.length, w.waiting()]).toEqual(["Hello", 0, 1]);
  w.pause();
  expect(w.puts).toMatchObject([{ text: "Hello", expected: 0 }]);
  w.puts[0]?.answer({ ok: true, version: 1, savedAt: "now" });
  await w.settle();
  expect(keeper.state("c")).toMatchObject({ draft: { base: 1, dirty: false }, kept: { kind: "saved", at: "now" } });
});

test("what is typed while a save is on its way is saved next, over its version", async () => {
  const w = world();
  const keeper = w.build();
  keeper.change("c", text("one"));
  w.pause();
  keeper.change("c", text("one two"));
  w.puts[0]?.answer({ ok: true, version: 1, savedAt: "t" });
  await w.settle();
  w.pause();
  expect(w.puts[1]).toMatchObject({ text: "one two", expected: 1 });
  expect(keeper.state("c").draft?.text).toBe("one two");
});

test("a reload finds the words, and saves what the server has not", () => {
  const w = world();
  w.build().change("c", text("typed before the crash"));
  w.crash();
  const again = w.build();
  again.meet("c", null);
  expect(again.state("c")).toMatchObject({ draft: { text: "typed before the crash" }, kept: { kind: "here" } });
  w.pause();
  expect(w.puts).toMatchObject([{ text: "typed before the crash", expected: 0 }]);
});

test("without a connection the words stay here and are tried again", async () => {
  const w = world();
  const keeper = w.build();
  keeper.change("c", text("offline"));
  w.pause();
  w.puts[0]?.answer("later");
  await w.settle();
  expect([keeper.state("c").kept.kind, w.waiting()]).toEqual(["here", 1]);
});

test("two texts of mine are both kept until I choose", async () => {
  const w = world();
  const keeper = w.build();
  keeper.change("c", text("mine"));
  w.pause();
  w.puts[0]?.answer({ ok: false, present: server("from another window", 4) });
  await w.settle();
  expect(keeper.state("c")).toMatchObject({
    draft: { text: "mine" },
    kept: { kind: "two", other: { text: "from another window" } },
  });
  keeper.change("c", text("mine, longer"));
  expect(w.waiting()).toBe(0);
  keeper.choose("c", "here");
  w.pause();
  expect(w.puts[1]).toMatchObject({ text: "mine, longer", expected: 4 });
});

test("a save that arrives late does not bring back what was sent", async () => {
  const w = world();
  const keeper = w.build();
  keeper.change("c", text("sent"));
  w.pause();
  keeper.forget("c");
  const quiet = keeper.quiet("c");
  w.puts[0]?.answer({ ok: true, version: 1, savedAt: "t" });
  await quiet;
  expect([keeper.state("c").draft, w.stored.has("c"), w.waiting()]).toEqual([null, false, 0]);
});

test("an emptied draft is dropped from the server, and one never saved asks nothing of it", async () => {
  const w = world();
  const keeper = w.build();
  keeper.meet("c", server("old", 2));
  keeper.change("c", text(""));
  w.pause();
  await w.settle();
  keeper.change("d", text("x"));
  keeper.change("d", text(""));
  w.pause();
  await w.settle();
  expect([w.dropped, w.puts.length]).toEqual([["c"], 0]);
});

test("reading the conversation anew does not disturb what is being typed", () => {
  const w = world();
  const keeper = w.build();
  keeper.meet("c", server("old", 2));
  keeper.change("c", text("old and new"));
  keeper.meet("c", server("old", 2));
  expect(keeper.state("c")).toMatchObject({ draft: { text: "old and new", dirty: true } });
});
