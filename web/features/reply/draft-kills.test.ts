import { describe, expect, test } from "vitest";
import { createDraftKeeper, type PutAnswer } from "./draft-keeper.ts";
import type { DraftText, LocalDraft, ServerDraft } from "./draft-merge.ts";
import { createDraftShelf, type Shelf } from "./draft-shelf.ts";

const C = "c";
/** A call to the server takes as long, and a keystroke comes as often. */
const CALL = 40;
const KEY = 90;

function random(seed: number) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A machine, a line and a server, on a clock of their own; each may be killed. */
function world(chance: () => number) {
  let now = 0;
  let server: ServerDraft | null = null;
  let line: "good" | "cut" | "answers-lost" = "good";
  let pages = 0;
  const jobs: { at: number; page: number; run: () => void }[] = [];
  const dead = new Set<number>();
  let disk = new Map<string, string>();
  /** What the disk held after each write: a browser that is killed may go back to it. */
  const history: { at: number; disk: Map<string, string> }[] = [];
  const shelf: Shelf = {
    getItem: (name) => disk.get(name) ?? null,
    setItem(name, value) {
      disk.set(name, value);
      history.push({ at: now, disk: new Map(disk) });
    },
    removeItem(name) {
      disk.delete(name);
      history.push({ at: now, disk: new Map(disk) });
    },
    key: (n) => [...disk.keys()][n] ?? null,
    get length() {
      return disk.size;
    },
  };

  function later(page: number, ms: number, run: () => void): () => void {
    const job = { at: now + ms, page, run };
    jobs.push(job);
    return () => {
      const at = jobs.indexOf(job);
      if (at >= 0) jobs.splice(at, 1);
    };
  }
  function serverTakes(draft: DraftText, expected: number): PutAnswer {
    if ((server?.version ?? 0) !== expected) return { ok: false, present: server };
    server = { ...draft, version: expected + 1, savedAt: String(now) };
    return { ok: true, version: expected + 1, savedAt: String(now) };
  }
  function open() {
    const page = ++pages;
    const drafts = createDraftShelf(shelf, `page-${page}`);
    const keeper = createDraftKeeper({
      read: (id) => drafts.read(id),
      write: (id, draft: LocalDraft | null) => {
        if (!dead.has(page)) drafts.write(id, draft);
      },
      put: (_id, draft, expected) =>
        new Promise((answer) => {
          later(page, CALL * (0.5 + chance()), () => {
            if (line === "cut") return answer("later");
            const said = serverTakes(draft, expected);
            answer(line === "answers-lost" ? "later" : said);
          });
        }),
      async drop() {
        if (line !== "cut") server = null;
      },
      after: (ms, run) => later(page, ms, run),
    });
    keeper.meet(C, server);
    return { page, keeper };
  }
  /** Lets so much time go by. */
  async function pass(ms: number): Promise<void> {
    const end = now + ms;
    for (;;) {
      const next = jobs.filter((job) => job.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      jobs.splice(jobs.indexOf(next), 1);
      now = Math.max(now, next.at);
      if (!dead.has(next.page)) next.run();
      // Answers are promises.
      for (let turn = 0; turn < 6; turn++) await Promise.resolve();
    }
    now = end;
  }
  return {
    open,
    pass,
    kill: (page: number) => void dead.add(page),
    /** The disk as it was so long ago: browsers write it when they like. */
    loseDisk(ms: number) {
      disk = new Map(history.findLast((one) => one.at <= now - ms)?.disk ?? []);
    },
    wipeDisk: () => void disk.clear(),
    setLine: (to: typeof line) => {
      line = to;
    },
    now: () => now,
    server: () => server,
    /** All words of mine that could be read again by anybody. */
    found: () => [server?.text ?? "", ...[...disk.values()].map((raw) => (JSON.parse(raw) as { text: string }).text)],
  };
}

const text = (said: string): DraftText => ({ audience: "public", text: said, answersMessageId: null });

describe("killed at a random keystroke, 100 times", () => {
  test.each(Array.from({ length: 100 }, (_, seed) => seed))("seed %i", async (seed) => {
    const chance = random(seed * 7919 + 1);
    const w = world(chance);
    let { page, keeper } = w.open();
    let typed = "";
    /** What had been typed at which moment. */
    const log: { at: number; text: string }[] = [{ at: 0, text: "" }];
    for (let life = 0; life < 3; life++) {
      const keys = 5 + Math.floor(chance() * 60);
      for (let n = 0; n < keys; n++) {
        typed += String.fromCharCode(97 + Math.floor(chance() * 26));
        keeper.change(C, text(typed));
        log.push({ at: w.now(), text: typed });
        await w.pass(KEY * (0.3 + chance()));
      }
      const how = Math.floor(chance() * 4);
      if (how === 0) {
        // The page alone, or the browser with its disk in order: nothing is gone.
        w.kill(page);
      } else if (how === 1) {
        // The browser, and its disk with it: the server has all but the last second.
        w.kill(page);
        if (chance() < 0.5) w.wipeDisk();
        else w.loseDisk(5_000 * chance());
        const sure = log.findLast((one) => one.at <= w.now() - 1_000)?.text ?? "";
        expect(w.server()?.text ?? "", "on the server").toSatisfy((said: string) => said.length >= sure.length);
      } else {
        // The server, or the line to it, while somebody goes on typing; then the page as well.
        w.setLine(how === 2 ? "cut" : "answers-lost");
        for (let n = 0; n < 20; n++) {
          typed += "x";
          keeper.change(C, text(typed));
          log.push({ at: w.now(), text: typed });
          await w.pass(KEY);
        }
        w.kill(page);
        w.setLine("good");
      }
      ({ page, keeper } = w.open());
      const state = keeper.state(C);
      const here = state.draft?.text ?? "";
      expect(state.kept.kind, "one and the same text is never asked about").not.toBe("two");
      if (how !== 1) expect(here).toBe(typed);
      const least = log.findLast((one) => one.at <= w.now() - 1_000)?.text ?? "";
      expect(typed.startsWith(here) && here.length >= least.length, `"${here}" of "${typed}"`).toBe(true);
      typed = keeper.state(C).draft?.text ?? "";
      await w.pass(7_000);
      expect(w.server()?.text ?? "").toBe(typed);
      // From here on: what a killed life had lost is not asked for again.
      log.splice(0, log.length, { at: w.now(), text: typed });
    }
  });
});

describe("two windows write at once, and are killed: neither overwrites the other", () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed))("seed %i", async (seed) => {
    const chance = random(seed * 104_729 + 3);
    const w = world(chance);
    const tabs = [w.open(), w.open()];
    const said = ["A:", "B:"];
    const old = ["", ""];
    const keys = 10 + Math.floor(chance() * 60);
    for (let n = 0; n < keys; n++) {
      const one = chance() < 0.5 ? 0 : 1;
      said[one] += String.fromCharCode(97 + Math.floor(chance() * 26));
      tabs[one]!.keeper.change(C, text(said[one]!));
      old[one] = said[one]!;
      if (chance() < 0.1) w.setLine(chance() < 0.5 ? "cut" : "good");
      await w.pass(KEY * chance());
    }
    w.setLine("good");
    const first = chance() < 0.5 ? 0 : 1;
    w.kill(tabs[first]!.page);
    await w.pass(2_000 * chance());
    w.kill(tabs[1 - first]!.page);
    for (const words of old) if (words !== "") expect(w.found(), `all that was written: ${words}`).toContain(words);
    // Who comes back is shown one of them, or both, and choosing the one does not take the other from the disk unasked.
    const again = w.open();
    const state = again.keeper.state(C);
    const shown = [state.draft?.text ?? "", state.kept.kind === "two" ? state.kept.other.text : ""];
    expect(old.some((words) => words !== "" && shown.includes(words))).toBe(true);
  });
});
