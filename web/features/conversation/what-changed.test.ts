import { expect, test } from "vitest";
import type { ConversationView } from "#contracts/desk";
import { shownLabels } from "./shown-labels.ts";
import { whatChanged } from "./what-changed.ts";

const at = "2026-11-19T12:00:00.000Z";
const me = "me";
const view = (change: object = {}) =>
  ({ work: { owner: { id: me, name: "Priya" } }, timeline: [], ...change }) as unknown as ConversationView;
const agent = (id: string) => ({ id, name: id });

test("what I did myself is no news; what others did is", () => {
  const after = view({
    timeline: [
      { type: "reply", id: "1", at, agent: agent(me), text: "mine" },
      { type: "reply", id: "2", at, agent: agent("Dana"), text: "theirs" },
      { type: "note", id: "3", at, agent: agent("Marek") },
      { type: "message", id: "4", at, direction: "in", text: "hello?", author: { name: "", handle: "ines" } },
      { type: "message", id: "5", at, direction: "out", text: "mine", author: { name: "Priya", handle: "" } },
      { type: "line", id: "6", at },
    ],
  });
  expect(whatChanged(view(), after, me)).toEqual([
    { kind: "answered", name: "Dana", text: "theirs", at },
    { kind: "noted", name: "Marek", at },
    { kind: "wrote", name: "ines", text: "hello?", at },
  ]);
  expect(whatChanged(after, after, me)).toEqual([]);
});

test("owner and end of the work are told", () => {
  expect(whatChanged(view(), view({ work: { owner: agent("Dana") } }), me)).toEqual([{ kind: "owner", name: "Dana" }]);
  expect(whatChanged(view(), view({ work: null }), me)).toEqual([{ kind: "done" }]);
  expect(whatChanged(view({ work: null }), view(), me)).toEqual([{ kind: "opened" }]);
});

test("labels that go without saying are not shown; the rest can be corrected to another value", () => {
  const label = (value: string, words: object[] = []) => ({ value, score: 0.8, words });
  const message = {
    text: "nobody answers",
    actionable: true,
    why: [{ code: "x", text: "It asks." }],
    labels: {
      noise: label("signal"),
      gratitude: label("false"),
      intent: label("complaint"),
      sentiment: label("negative", [
        { text: "nobody", start: 0, end: 6, weight: 1 },
        { text: "far out", start: 40, end: 90, weight: 1 },
      ]),
    },
  };
  const shown = shownLabels(message as never);
  expect(shown.map((one) => `${one.task} ${one.value}`)).toEqual([
    "actionable yes",
    "sentiment negative",
    "intent complaint",
  ]);
  expect(shown[0]).toMatchObject({ others: ["no"], score: null, why: [{ text: "It asks." }] });
  expect(shown[1]?.words).toHaveLength(1);
  expect(shown[1]?.others).toEqual(["neutral", "positive"]);
  expect(shownLabels({ ...message, labels: { gratitude: label("true") }, actionable: null } as never)).toMatchObject([
    { value: "yes", others: ["no"] },
  ]);
});
