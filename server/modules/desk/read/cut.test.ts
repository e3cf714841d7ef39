import { describe, expect, it } from "vitest";
import { timeOfUuid, uuidv7 } from "#platform/ids";
import { edgesOf, idAt, notesCut } from "./cut.ts";

const at = (n: number) => ({ messageId: uuidv7(n * 1_000), sentAt: n * 1_000 });
const [a, b, c] = [at(10), at(20), at(30)];

describe("pages of a conversation", () => {
  it("the only page has neither before nor behind", () =>
    expect(edgesOf(null, [b, a], false)).toEqual({
      earlier: null,
      later: null,
      from: 0,
      to: Number.POSITIVE_INFINITY,
    }));
  it("the newest of several has an earlier one and takes what is no message from its first message on", () =>
    expect(edgesOf(null, [c, b], true)).toEqual({
      ...{ earlier: b.messageId, later: null, from: 20_000, to: Number.POSITIVE_INFINITY },
    }));
  it("pages that follow one another backwards share their border: no note is on two of them, or on none", () => {
    const newer = edgesOf(null, [c, b], true);
    const older = edgesOf({ before: newer.earlier! }, [a], false);
    expect(older).toEqual({ earlier: null, later: a.messageId, from: 0, to: newer.from });
  });
  it("and forwards", () => {
    const first = edgesOf({ after: idAt(0) }, [b, a], true);
    expect(first).toMatchObject({ earlier: null, later: b.messageId, from: 0, to: 20_000 });
    expect(edgesOf({ after: first.later! }, [c], false)).toMatchObject({
      ...{ earlier: c.messageId, later: null, from: first.to, to: Number.POSITIVE_INFINITY },
    });
  });
  it("an empty page leads nowhere", () =>
    expect(edgesOf({ after: idAt(99_000) }, [], false)).toMatchObject({ earlier: null, later: null }));
  it("an instant is an id before all ids of it", () => {
    expect(timeOfUuid(idAt(20_000))).toBe(20_000);
    expect(idAt(20_000) < b.messageId && idAt(20_000) > a.messageId).toBe(true);
    expect(notesCut({ after: idAt(20_000) })).toEqual({ from: 20_000 });
    expect(notesCut({ before: b.messageId })).toEqual({ before: 20_000 });
  });
});
