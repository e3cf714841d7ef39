import { expect, test } from "vitest";
import { createToastStore } from "./toast-store.ts";

function build() {
  let now = 0;
  const timers: { at: number; run: () => void; live: boolean }[] = [];
  const store = createToastStore({
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run, live: true };
      timers.push(timer);
      return () => {
        timer.live = false;
      };
    },
  });
  const pass = (ms: number) => {
    now += ms;
    for (const timer of timers.filter((one) => one.live && one.at <= now)) {
      timer.live = false;
      timer.run();
    }
  };
  const texts = () => store.toasts().map((toast) => toast.text);
  return { store, pass, texts };
}

test("a toast stays 8 s", () => {
  const { store, pass, texts } = build();
  store.add({ text: "Resolved" });
  pass(7_999);
  expect(texts()).toEqual(["Resolved"]);
  pass(1);
  expect(texts()).toEqual([]);
});

test("time stands still while one is hovered or focused", () => {
  const { store, pass, texts } = build();
  store.add({ text: "Resolved" });
  pass(5_000);
  store.hold();
  pass(60_000);
  store.add({ text: "Came meanwhile" });
  expect(texts()).toEqual(["Resolved", "Came meanwhile"]);
  store.release();
  pass(3_000);
  expect(texts()).toEqual(["Came meanwhile"]);
  pass(5_000);
  expect(texts()).toEqual([]);
});

test("one held at its end still gives a second to read", () => {
  const { store, pass, texts } = build();
  store.add({ text: "Resolved" });
  pass(7_990);
  store.hold();
  store.release();
  pass(999);
  expect(texts()).toEqual(["Resolved"]);
});

test("undo takes back the newest that can be, once", () => {
  const { store, texts } = build();
  const undone: string[] = [];
  store.add({ text: "first", undo: () => undone.push("first") });
  store.add({ text: "second", undo: () => undone.push("second") });
  store.add({ text: "told only" });
  expect(store.undoLast()).toBe(true);
  expect(undone).toEqual(["second"]);
  expect(texts()).toEqual(["first", "told only"]);
  store.undoLast();
  expect(store.undoLast()).toBe(false);
  expect(undone).toEqual(["second", "first"]);
});

test("never more than three, the oldest goes and its clock with it", () => {
  const { store, pass, texts } = build();
  for (const text of ["1", "2", "3", "4"]) store.add({ text });
  expect(texts()).toEqual(["2", "3", "4"]);
  pass(8_000);
  expect(texts()).toEqual([]);
});
