import { describe, expect, it } from "vitest";
import type { Capabilities } from "#shared/capabilities";
import { type Answerable, doors } from "./doors.ts";
import { proposeOutcome } from "./propose-outcome.ts";

const caps =
  (privateReply: string, publicReply = "always") =>
  () =>
    ({
      canReplyPublic: { kind: publicReply },
      canReplyPrivate: { kind: "since-last-inbound" },
      canPrivateReplyToPublic: { kind: privateReply },
    }) as unknown as Capabilities;
let n = 0;
const m = (visibility: "public" | "private", change: Partial<Answerable> = {}): Answerable => ({
  id: `m${++n}`,
  channelId: "c",
  visibility,
  role: "customer",
  direction: "in",
  state: "live",
  at: n,
  ...change,
});

describe("what a reply answers", () => {
  it("is the customer's newest public post, not a bystander's", () => {
    const post = m("public");
    const found = doors(
      [post, m("public", { role: "bystander" }), m("public", { direction: "out", role: "us" })],
      caps("once-per-item"),
    );
    expect(found.public).toEqual({ target: post, privateReplyToPublic: false });
    expect(found.private).toEqual({ target: post, privateReplyToPublic: true });
    expect(found.first).toBe("public");
  });
  it("stays private after the customer moved there, and comes back when they speak in public", () => {
    const [post, dm] = [m("public"), m("private")];
    expect(doors([post, dm], caps("never"))).toMatchObject({ first: "private", private: { target: dm } });
    expect(doors([post, dm, m("public")], caps("never")).first).toBe("public");
  });
  it("is the private line before a call that was written down: nobody can write back to that", () => {
    const [dm, call] = [m("private"), m("private", { channelId: "phone" })];
    const phone = { ...caps("never")(), canReplyPrivate: { kind: "never" } } as Capabilities;
    const of = (id: string) => (id === "phone" ? phone : caps("never")());
    expect(doors([dm, call], of).private).toMatchObject({ target: dm });
    expect(doors([call], of).private).toMatchObject({ target: call });
  });
  it("says why an audience cannot be used", () => {
    expect(doors([m("private")], caps("never")).public).toHaveProperty("reason");
    expect(doors([m("public")], caps("never")).private).toHaveProperty("reason");
    expect(doors([m("public")], caps("never", "never")).public).toHaveProperty("reason");
    expect(doors([m("public", { state: "tombstone" })], caps("always")).public).toHaveProperty("reason");
    expect(doors([], caps("always")).public).toHaveProperty("reason");
  });
});

describe("the proposed outcome", () => {
  const c = (x: Partial<{ thanksOnly: boolean; noise: boolean }> = {}) => ({
    by: "customer" as const,
    thanksOnly: false,
    noise: false,
    ...x,
  });
  const us = { by: "us" as const, thanksOnly: false, noise: false };
  it.each([
    [[], null],
    [[c()], "no-answer-needed"],
    [[c({ noise: true })], "spam"],
    [[c(), us], "answered"],
    [[c(), us, c({ thanksOnly: true })], "solved"],
    [[c({ thanksOnly: true })], "no-answer-needed"],
    [[c(), us, c()], "answered"],
  ] as const)("%#", (said, outcome) => {
    expect(proposeOutcome(said)?.outcome ?? null).toBe(outcome);
  });
});
