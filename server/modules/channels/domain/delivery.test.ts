import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PartOutcome, Reconciled } from "./adapter.ts";
import {
  abandoned,
  afterOutcome,
  afterReconcile,
  begin,
  NEVER,
  nextPart,
  type Progress,
  reconcileUnreachable,
  restored,
  retried,
  settled,
} from "./delivery.ts";
import { MAX_ATTEMPTS, MAX_LOOKS, retryDelay } from "./retry.ts";

const NOW = 1_000_000;
function build(parts = 1, over: Partial<Progress> = {}): Progress {
  const list = Array.from({ length: parts }, (_, index) => ({
    index,
    clientId: `d.${index + 1}`,
    text: `part ${index}`,
    state: "pending" as const,
    externalId: null,
    permalink: null,
    sentAt: null,
  }));
  return { state: "pending", nextAt: NOW, attempt: 0, reconciles: 0, error: null, parts: list, ...over };
}
const sent = (id: string): PartOutcome => ({ state: "sent", externalId: id, permalink: null });
const refusal = (more = {}): PartOutcome => ({
  state: "failed",
  error: { class: "transient", retryable: true, message: "busy", ...more },
});
const refusedParts = (n: number) => build(n).parts.map((p) => ({ ...p, state: "failed" as const }));
const flying = (parts = 1, over: Partial<Progress> = {}) => begin(build(parts, over), NOW + 9_000);

describe("a delivery", () => {
  it("is sent when its last part is", () => {
    let d = afterOutcome(flying(2), 0, sent("a"), NOW, 0);
    expect(d).toMatchObject({ state: "pending", nextAt: NOW });
    expect(nextPart(d)?.index).toBe(1);
    d = afterOutcome(begin(d, NOW + 9_000), 1, sent("b"), NOW, 0);
    expect(d).toMatchObject({ state: "sent", nextAt: NEVER, parts: [{ externalId: "a" }, { externalId: "b" }] });
  });

  it("goes on behind the part that is on the network when a later one fails", () => {
    const first = afterOutcome(flying(3), 0, sent("a"), NOW, 0);
    const failed = afterOutcome(begin(first, NOW), 1, refusal({ retryable: false, class: "invalid" }), NOW, 0);
    expect(failed.parts.map((p) => p.state)).toEqual(["sent", "failed", "pending"]);
    expect(nextPart(retried(failed, NOW))?.index).toBe(1);
  });

  it.each([
    ["a busy network: again, later", refusal(), { state: "pending", nextAt: NOW + 1_000 }],
    ["Retry-After: not before", refusal({ retryAfterMs: 30_000 }), { state: "pending", nextAt: NOW + 30_000 }],
    ["a refusal that stays one", refusal({ retryable: false, class: "policy" }), { state: "failed", nextAt: NEVER }],
    ["nobody knows", { state: "unknown", why: "timeout" } as PartOutcome, { state: "unknown", nextAt: NOW + 1_000 }],
  ])("%s", (_, outcome, expected) => {
    expect(afterOutcome(flying(), 0, outcome, NOW, 0)).toMatchObject(expected);
  });

  it("gives up on a network that is busy too often, but never for its rate limit", () => {
    const tired = { attempt: MAX_ATTEMPTS - 1 };
    expect(afterOutcome(flying(1, tired), 0, refusal(), NOW, 0).state).toBe("failed");
    expect(afterOutcome(flying(1, { attempt: 500 }), 0, refusal({ class: "rate-limited" }), NOW, 0).state).toBe(
      "pending",
    );
  });

  it("left in flight by a dead sender is unknown, and only a sure not-found sends it again", () => {
    const lost = abandoned(flying(), NOW);
    expect(lost).toMatchObject({ state: "unknown", parts: [{ state: "unknown" }] });
    expect(afterReconcile(lost, 0, { found: true, externalId: "x", permalink: null }, NOW)).toMatchObject({
      state: "sent",
      parts: [{ externalId: "x" }],
    });
    expect(afterReconcile(lost, 0, { found: false, sure: true }, NOW)).toMatchObject({
      state: "pending",
      parts: [{ state: "pending" }],
    });
    expect(afterReconcile(lost, 0, { found: false, sure: false }, NOW)).toMatchObject({
      state: "unknown",
      parts: [{ state: "unknown" }],
    });
  });

  it.each([
    ["given up by a person", settled(abandoned(flying(2), NOW), "give-up", NOW)],
    [
      "refused while it was looked for",
      { ...flying(2), state: "failed" as const, nextAt: NEVER, parts: refusedParts(2) },
    ],
  ])("a late answer names what is on the network and sends nothing more: %s", (_, ended) => {
    const late = afterOutcome(ended, 0, sent("a"), NOW, 0);
    expect(late).toMatchObject({ state: "failed", nextAt: NEVER, parts: [{ state: "sent", externalId: "a" }, {}] });
    expect(late.error).toEqual(ended.error);
    // A person may still decide that the rest follows.
    expect(begin(retried(late, NOW), NOW).parts[1]!.state).toBe("in-flight");
  });
  it("given up and on the network after all is sent", () => {
    const late = afterOutcome(settled(abandoned(flying(1), NOW), "give-up", NOW), 0, sent("a"), NOW, 0);
    expect(late).toMatchObject({ state: "sent", error: null });
  });

  it("asks a person when the network cannot say", () => {
    let d = abandoned(flying(), NOW);
    for (let i = 0; i < MAX_LOOKS; i++) d = afterReconcile(d, 0, { found: false, sure: false }, NOW);
    expect(d).toMatchObject({ state: "unknown", nextAt: NEVER, error: { forHuman: true } });
    expect(settled(d, "it-was-sent", NOW).state).toBe("sent");
    expect(settled(d, "it-was-not-sent-send-again", NOW)).toMatchObject({ state: "pending", nextAt: NOW });
    expect(settled(d, "give-up", NOW)).toMatchObject({ state: "failed", parts: [{ state: "failed" }] });
  });

  it("asks again within ten seconds when the network could not be asked, and never gives up", () => {
    let d = abandoned(flying(), NOW);
    for (let i = 1; i <= 20; i++) {
      d = reconcileUnreachable(d, NOW * i);
      expect(d).toMatchObject({ state: "unknown", reconciles: 0 });
      expect(d.nextAt - NOW * i).toBeLessThan(10_000);
    }
  });

  it("never has a second call for a part whose outcome is not known", () => {
    const outcome = fc.oneof(
      fc.constant<PartOutcome>({ state: "unknown", why: "5xx" }),
      fc.constant<PartOutcome>({ state: "unknown", why: "timeout" }),
      fc.constant(refusal()),
      fc.constant(sent("x")),
    );
    const looked = fc.oneof(
      fc.constant<Reconciled>({ found: false, sure: false }),
      fc.constant<Reconciled>({ found: true, externalId: "y", permalink: null }),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ outcome, looked, dies: fc.boolean() }), { maxLength: 30 }), (steps) => {
        let d = build(2);
        let unknownCalls = 0;
        for (const step of steps) {
          if (d.state === "pending") {
            const part = nextPart(d)!;
            // The rule itself: whoever is called was never left unknown before.
            expect(part.state).toBe("pending");
            d = begin(d, NOW);
            d = step.dies ? abandoned(d, NOW) : afterOutcome(d, part.index, step.outcome, NOW, 0);
            if (d.state === "unknown") unknownCalls++;
          } else if (d.state === "unknown") {
            const part = d.parts.find((p) => p.state === "unknown")!;
            expect(() => begin(d, NOW)).toThrow();
            d = afterReconcile(d, part.index, step.looked, NOW);
          } else break;
        }
        expect(unknownCalls).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe("retryDelay", () => {
  it("doubles to five minutes, is spread by chance and never before Retry-After", () => {
    expect([1, 2, 3, 4, 30].map((n) => retryDelay(n, 0))).toEqual([1_000, 2_000, 4_000, 8_000, 300_000]);
    expect(retryDelay(1, 1)).toBe(1_250);
    fc.assert(
      fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(4_000_000), (n, chance, after) => {
        expect(retryDelay(n, chance, after)).toBeGreaterThanOrEqual(after);
      }),
    );
  });
});

describe("read from a backup", () => {
  const AT = "2026-11-17T09:00:00.000Z";
  const found = (id: string): Reconciled => ({ found: true, externalId: id, permalink: null });
  it("everything that is not known as sent may have been sent since, whatever state it was in", () => {
    const some = afterOutcome(flying(3), 0, sent("a"), NOW, 0);
    for (const d of [
      build(2),
      flying(2),
      build(2, { state: "held", nextAt: NEVER }),
      some,
      abandoned(flying(2), NOW),
    ]) {
      const doubted = restored(d, AT, NOW + 5);
      expect(doubted).toMatchObject({ state: "unknown", nextAt: NOW + 5, reconciles: 0 });
      expect(doubted.parts.map((p) => p.state)).toEqual(d.parts.map((p) => (p.state === "sent" ? "sent" : "unknown")));
      expect(() => begin(doubted, NOW)).toThrow();
    }
  });

  it("each part is looked for before anything behind it is sent", () => {
    let d = afterReconcile(restored(build(3), AT, NOW), 0, found("a"), NOW);
    expect(d).toMatchObject({ state: "unknown", nextAt: NOW });
    expect(() => begin(d, NOW)).toThrow();
    d = afterReconcile(d, 1, { found: false, sure: true }, NOW);
    expect(d).toMatchObject({ state: "pending", nextAt: NOW });
    d = afterOutcome(begin(d, NOW + 9_000), 1, sent("b"), NOW, 0);
    expect([d.state, d.parts.map((p) => p.state)]).toEqual(["unknown", ["sent", "sent", "unknown"]]);
    d = afterReconcile(d, 2, found("c"), NOW);
    expect(d).toMatchObject({ state: "sent", nextAt: NEVER, error: null });
  });

  it("what a person has to settle stays with the person", () => {
    let d = restored(build(1), AT, NOW);
    for (let i = 0; i < MAX_LOOKS; i++) d = afterReconcile(d, 0, { found: false, sure: false }, NOW);
    expect(d.error?.forHuman).toBe(true);
    expect(restored(d, AT, NOW + 9)).toEqual(d);
  });
});
