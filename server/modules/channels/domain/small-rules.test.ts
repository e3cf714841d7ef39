import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY } from "#platform/clock";
import { type EchoCandidate, matchEcho } from "./echo.ts";
import { classOfStatus, retryAfterMs } from "./errors.ts";
import { inputKey, messageKey } from "./input-key.ts";
import type { ReceiptStatus } from "./item.ts";
import { permitFault } from "./permit.ts";
import { createRateBudget } from "./rate-budget.ts";
import { mapTexts } from "./read-json.ts";
import { mergeReceipt } from "./receipts.ts";
import { messageTimes } from "./times.ts";

const NOW = Date.parse("2026-11-17T09:00:00.000Z");

describe("inputKey", () => {
  const gone = (externalId: string) => ({ type: "item.deleted" as const, externalId, at: 0, by: "author" as const });
  it("is the same for the same input and another for any other", () => {
    expect(inputKey("c", "us", gone("po_1"))).toBe(inputKey("c", "us", { ...gone("po_1"), at: 99 }));
    const all = [
      inputKey("c", "us", gone("po_1")),
      inputKey("c", "us", gone("po_2")),
      inputKey("d", "us", gone("po_1")),
      messageKey("c", "us", "po_1"),
      messageKey("c", "u", "spo_1"),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("messageTimes", () => {
  it.each([
    ["an honest sender", NOW - 5_000, false, { sentAt: NOW - 5_000, idAt: NOW - 5_000, claimedAt: null }],
    ["1970", 0, false, { sentAt: NOW - 7 * DAY, idAt: NOW - 7 * DAY, claimedAt: 0 }],
    ["2099", NOW + 9e11, false, { sentAt: NOW, idAt: NOW, claimedAt: NOW + 9e11 }],
    ["no date at all", Number.NaN, false, { sentAt: NOW, idAt: NOW, claimedAt: null }],
    ["history of last month", NOW - 30 * DAY, true, { sentAt: NOW - 30 * DAY, idAt: NOW - 30 * DAY, claimedAt: null }],
    [
      "history of ten years ago is filed at the first partition",
      NOW - 3_650 * DAY,
      true,
      { sentAt: NOW - 3_650 * DAY, idAt: NOW - 370 * DAY, claimedAt: null },
    ],
    ["history cannot lie in the future", NOW + DAY, true, { sentAt: NOW, idAt: NOW, claimedAt: NOW + DAY }],
  ])("%s", (_, claimed, history, expected) => {
    expect(messageTimes(claimed, NOW, history)).toEqual(expected);
  });
});

describe("mergeReceipt", () => {
  it("ends the same in every order and never falls back", () => {
    const all: ReceiptStatus[] = ["queued", "sent", "delivered", "read", "failed"];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (order) => {
        const end = (list: readonly ReceiptStatus[]) =>
          list.reduce<ReceiptStatus | null>((known, next) => mergeReceipt(known, next), null);
        expect(end(order)).toBe(end([...order].reverse()));
      }),
    );
    expect(mergeReceipt("sent", "failed")).toBe("failed");
    expect(mergeReceipt("delivered", "failed")).toBe("delivered");
    expect(mergeReceipt("failed", "delivered")).toBe("delivered");
  });
});

describe("matchEcho", () => {
  const candidate = (over: Partial<EchoCandidate> = {}): EchoCandidate => ({
    deliveryId: "d1",
    traceId: null,
    index: 0,
    threadKey: "post:1",
    text: "On its way.",
    clientId: "d1.1",
    settled: false,
    at: NOW,
    ...over,
  });
  it.each([
    ["same thread, same words", {}, true],
    ["spaces and line ends changed on the way", { text: "On  its\r\nway." }, true],
    ["the network chose the thread", { threadKey: null }, true],
    ["another thread", { threadKey: "post:2" }, false],
    ["other words", { text: "On its way!" }, false],
    ["three minutes apart", { at: NOW - 180_000 }, false],
  ])("%s", (_, over, found) => {
    expect(matchEcho({ threadKey: "post:1", text: "On its way.", at: NOW }, [candidate(over)]) !== null).toBe(found);
  });
  it("gives each part away once, the oldest first", () => {
    const two = [candidate({ deliveryId: "later", at: NOW + 1 }), candidate({ deliveryId: "earlier" })];
    const echo = { threadKey: "post:1", text: "On its way.", at: NOW };
    expect([matchEcho(echo, two), matchEcho(echo, two), matchEcho(echo, two)].map((m) => m?.deliveryId)).toEqual([
      "earlier",
      "later",
      undefined,
    ]);
  });
});

describe("retryAfterMs", () => {
  it.each([
    ["120", 120_000],
    ["0", 0],
    ["1.5", 1_500],
    [new Date(NOW + 30_000).toUTCString(), 30_000],
    [new Date(NOW - 30_000).toUTCString(), 0],
    ["99999999", 3_600_000],
    ["soon", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%s", (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });
});

describe("classOfStatus", () => {
  it.each([
    [401, "auth", false],
    [403, "permission", false],
    [404, "not-found", false],
    [422, "invalid", false],
    [429, "rate-limited", true],
    [503, "transient", true],
  ] as const)("%i", (status, errorClass, retryable) => {
    expect(classOfStatus(status)).toEqual({ class: errorClass, retryable });
  });
});

describe("the rate budget", () => {
  it("keeps a third for replies, counts down, and forgets with the window", () => {
    const budget = createRateBudget();
    expect(budget.wait("read", "listening", NOW)).toBe(0);
    budget.observe("read", { limit: 10, remaining: 4, resetAt: NOW + 60_000 });
    expect([1, 2, 3, 4, 5].map(() => budget.wait("read", "listening", NOW))).toEqual([
      0, 60_000, 60_000, 60_000, 60_000,
    ]);
    expect([1, 2, 3].map(() => budget.wait("read", "reply", NOW))).toEqual([0, 0, 60_000]);
    expect([1, 2].map(() => budget.wait("read", "crisis", NOW))).toEqual([0, 60_000]);
    expect(budget.wait("read", "listening", NOW + 60_000)).toBe(0);
    budget.observe("read", { limit: Number.NaN, remaining: 1, resetAt: 1 });
  });
});

describe("permitFault", () => {
  const permit = {
    policyVersion: 1,
    disclosure: { text: "", style: "initials", agentId: null, agentName: "A", brandName: "B" },
    approval: null,
    preflightVersion: 1,
    audience: "private",
  };
  const reply = { op: "reply" as const, toExternalId: "1", toHandle: "c", toAuthorId: "c" };
  const message = { op: "message" as const, toHandle: "c", toAuthorId: "c" };
  it.each([
    [permit, message, false],
    [{ ...permit, audience: "public" }, reply, false],
    [{ ...permit, audience: "public" }, message, true],
    [{ ...permit, audience: "everybody" }, reply, true],
    [{ ...permit, approval: {} }, message, true],
    [{ ...permit, policyVersion: undefined }, message, true],
    [null, message, true],
    ["permit", message, true],
  ])("%j for %j", (p, intent, faulty) => {
    expect(permitFault(p, intent) !== null).toBe(faulty);
  });
});

describe("mapTexts", () => {
  it("changes texts only under the names given, and never an id", () => {
    const body = new TextEncoder().encode(
      '{"id":"4111111111111111","post":{"text":"4111","list":[{"text":"a"}]},"n":4111}',
    );
    const done = mapTexts(body, new Set(["text"]), () => "x")!;
    expect(new TextDecoder().decode(done)).toBe(
      '{"id":"4111111111111111","post":{"text":"x","list":[{"text":"x"}]},"n":4111}',
    );
    expect(mapTexts(new TextEncoder().encode("{"), new Set(), (t) => t)).toBeNull();
  });
});
