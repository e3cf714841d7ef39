import { expect, test } from "vitest";
import { type Locks, oneTab } from "./one-tab.ts";

type Ask = { run: () => Promise<void>; resolve: () => void; reject: (why: Error) => void };

/** Web Locks of one name, as browsers keep them: one holder, the rest in a row; who steals throws the holder out. */
function locksOfABrowser(): Locks {
  let holder: Ask | null = null;
  const row: Ask[] = [];
  const next = (): void => {
    const ask = row.shift();
    if (!ask) return;
    holder = ask;
    void ask.run().then(() => {
      if (holder !== ask) return;
      holder = null;
      ask.resolve();
      next();
    });
  };
  const request = (_name: string, options: LockOptions, run: () => Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      const ask: Ask = { run, resolve, reject };
      if (options.steal) {
        holder?.reject(new DOMException("stolen", "AbortError"));
        holder = null;
        row.unshift(ask);
      } else row.push(ask);
      options.signal?.addEventListener("abort", () => {
        const place = row.indexOf(ask);
        if (place < 0) return;
        row.splice(place, 1);
        reject(new DOMException("aborted", "AbortError"));
      });
      if (!holder) next();
    });
  return { request: request as unknown as Locks["request"] };
}
const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

test("one of all tabs leads: the first, then the one that is looked at, then whoever is left", async () => {
  const locks = locksOfABrowser();
  const tabs = [1, 2, 3].map(() => oneTab("n", locks));
  const leading = async () => {
    await settled();
    return tabs.map((tab) => tab.leads());
  };
  expect(await leading()).toEqual([true, false, false]);
  tabs[2]?.take();
  expect(await leading()).toEqual([false, false, true]);
  tabs[2]?.take();
  expect(await leading()).toEqual([false, false, true]);
  tabs[1]?.take();
  tabs[0]?.take();
  expect(await leading()).toEqual([true, false, false]);
  tabs[0]?.stop();
  expect((await leading()).filter(Boolean)).toHaveLength(1);
  expect(tabs[0]?.leads()).toBe(false);
  tabs[0]?.take();
  expect(tabs[0]?.leads()).toBe(false);
  tabs[1]?.stop();
  tabs[2]?.stop();
  expect(await leading()).toEqual([false, false, false]);
});

test("however they take it from each other, exactly one leads", async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const locks = locksOfABrowser();
    const tabs = [1, 2, 3, 4].map(() => oneTab("n", locks));
    for (let step = 0; step < 12; step++) {
      tabs[(seed * 7 + step * step * 3) % 4]?.take();
      if ((seed + step) % 3 === 0) await settled();
    }
    await settled();
    expect(tabs.filter((tab) => tab.leads())).toHaveLength(1);
    for (const tab of tabs) tab.stop();
  }
});

test("a browser without locks: every tab speaks for itself", () => {
  expect(oneTab("n", undefined).leads()).toBe(true);
});
