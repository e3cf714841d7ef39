import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildMessage } from "../inbound/build-message.ts";
import type { Item } from "./item.ts";
import { compareRevisions, type Held, holdNothing, mergeDeletion, mergeItem } from "./merge.ts";

const AT = Date.parse("2026-11-17T09:00:00.000Z");
const channel = { id: "00000000-0000-7000-8000-000000000001", network: "playground" };

function buildItem(revision: number, text = `text ${revision}`): Item {
  return {
    externalId: "po_1",
    revision: String(revision),
    kind: "post",
    visibility: "public",
    thread: { key: "post:po_1" },
    author: { id: "pr_1", scope: "nw", handle: "carla", name: "Carla", isSelf: false },
    addressedTo: [],
    text,
    entities: [],
    attachments: [],
    createdAt: AT,
    ...(revision > 1 && { editedAt: AT + revision * 1_000 }),
    why: ["mention"],
  };
}

type Step = { item: Item } | { deletedAt: number };
function play(steps: readonly Step[]) {
  const held: Held = holdNothing();
  const kept = new Map<string, string>();
  for (const step of steps) {
    if ("item" in step) {
      const { item } = step;
      const input = { item, messageId: "m", source: "webhook", receivedAt: AT + 60_000, rawId: null, redactions: 0 };
      mergeItem(held, item, 0, () => buildMessage(channel, input, null));
    } else if (held.message) mergeDeletion(held, step.deletedAt, "author");
    else held.deleted = { at: step.deletedAt, by: "author" };
    // What the store does: a tombstone's former texts go, others are kept once.
    if (held.message?.state === "tombstone") kept.clear();
    else for (const r of held.revisions) kept.set(r.revision, r.text);
  }
  const { version: _, ...message } = held.message ?? { version: 0 };
  return { message, revisions: [...kept].sort() };
}

describe("the state of a message", () => {
  const create: Step = { item: buildItem(1) };
  const edits: Step[] = [{ item: buildItem(2) }, { item: buildItem(3) }];
  const all: Step[] = [create, ...edits, { deletedAt: AT + 9_000 }];

  it("does not depend on the order or repetition of what was heard: create, edit, edit", () => {
    const expected = play([create, ...edits]);
    expect(expected).toMatchObject({
      message: { text: "text 3", revision: "3" },
      revisions: [
        ["1", "text 1"],
        ["2", "text 2"],
      ],
    });
    fc.assert(
      fc.property(fc.shuffledSubarray([create, ...edits, create, ...edits], { minLength: 6 }), (steps) => {
        const done = play(steps);
        expect(done.message).toEqual({ ...expected.message, ...{ sentAt: AT } });
        expect(done.revisions).toEqual(expected.revisions);
      }),
    );
  });

  it("is a tombstone without any text once a deletion is among them", () => {
    const expected = play(all);
    expect(expected).toMatchObject({ message: { text: "", state: "tombstone", revision: "3" }, revisions: [] });
    fc.assert(
      fc.property(fc.shuffledSubarray([...all, ...all], { minLength: 8 }), (steps) => {
        const { message, revisions } = play(steps);
        // The time of the last edit is of no use without its text.
        expect({ ...message, editedAt: null }).toEqual({ ...expected.message, editedAt: null });
        expect(revisions).toEqual([]);
      }),
    );
  });

  it("takes the readable form of what was unsupported before, under the same revision", () => {
    const placeholder = { ...buildItem(1, ""), unsupported: "poll" };
    const done = play([{ item: placeholder }, { item: buildItem(1, "Which colour?") }]);
    expect(done.message).toMatchObject({ text: "Which colour?", unsupported: null });
    expect(play([{ item: buildItem(1, "Which colour?") }, { item: placeholder }]).message).toMatchObject({
      text: "Which colour?",
      unsupported: null,
    });
  });
});

describe("compareRevisions", () => {
  const dated = (revision: string, editedAt: number | null = null) => ({ revision, editedAt });
  it.each([
    ["numbers by size, not by letters", dated("9"), dated("10"), -1],
    ["hashes by the time of the edit", dated("zz", 1), dated("aa", 2), -1],
    ["an unedited one is the oldest", dated("zz"), dated("aa", 2), -1],
    ["at the same time, by letters, so that all agree", dated("b", 1), dated("a", 1), 1],
    ["no revision yet is before all", dated(""), dated("1"), -1],
    ["the same is the same", dated("7", 1), dated("7", 2), 0],
  ])("%s", (_, a, b, sign) => {
    expect(Math.sign(compareRevisions(a, b))).toBe(sign);
    expect(Math.sign(compareRevisions(b, a))).toBe(sign === 0 ? 0 : -sign);
  });
});
