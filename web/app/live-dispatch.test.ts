import type { QueryKey } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { createDispatcher, staleAfter } from "./live-dispatch.ts";

const event = (kind: string, id = "x1", conversationId?: string) => ({
  position: 1,
  kind,
  id,
  version: 1,
  ...(conversationId ? { conversationId } : {}),
});

test.each([
  [
    "a message touches its conversation, the work list, and the customer who is shown",
    event("message", "m1", "c1"),
    [["conversation", "c1"], ["work"], ["customer"]],
  ],
  ["a message outside of any conversation", event("message", "m1"), [["work"]]],
  ["an offer", event("offer", "o1", "c1"), [["offers"], ["work"], ["conversation", "c1"], ["presence"]]],
  ["a conversation names itself", event("conversation", "c1"), [["conversation", "c1"], ["work"], ["customer"]]],
  ["what is noted of a customer", event("customer", "k1"), [["customer", "k1"], ["conversation"]]],
  ["somebody's presence", event("presence", "a1"), [["presence"]]],
  ["a kind of a newer server", event("survey", "s1"), [["survey"]]],
  ["a kind named like something of Object", event("constructor", "s1"), [["constructor"]]],
])("%s", (_name, live, keys) => {
  expect(staleAfter(live)).toEqual(keys);
});

test("events that come together are one round, each key once", () => {
  const touched: QueryKey[] = [];
  const rounds: (() => void)[] = [];
  const dispatch = createDispatcher(
    (key) => touched.push(key),
    (run) => rounds.push(run),
  );
  for (let at = 0; at < 50; at += 1) dispatch(event("message", `m${at}`, "c1"));
  dispatch(event("presence", "a1"));
  expect(rounds).toHaveLength(1);
  expect(touched).toEqual([]);
  rounds.shift()?.();
  expect(touched).toEqual([["conversation", "c1"], ["work"], ["customer"], ["presence"]]);
  dispatch(event("presence", "a1"));
  expect(rounds).toHaveLength(1);
});
